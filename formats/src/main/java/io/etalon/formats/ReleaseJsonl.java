package io.etalon.formats;

import io.etalon.annotation.Answer;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Pointer;
import io.etalon.formats.ReleaseLine.Asset;
import io.etalon.formats.ReleaseLine.Consensus;
import io.etalon.formats.ReleaseLine.Size;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The native form of a release: one canonical JSON object (RFC 8785) a line, an asset each. {@code asset} names it,
 * {@code annotation} is the answer in the API's form, {@code consensus} says how it came about: {@code confidence} by
 * question id and {@code support} by shape id (two members, since a shape may be called like a question).
 */
public final class ReleaseJsonl {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int DECIMALS = 6;
    private static final int MAX_LINE = 64 << 20;

    private ReleaseJsonl() {}

    /** The line of one asset as bytes, with the line feed that ends it. */
    public static byte[] write(ReleaseLine line) {
        return (CanonicalJson.text(json(line)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads lines one by one; memory does not grow with the file.
     *
     * @param in the file; stays open
     * @return how many lines the sink was given
     * @throws FormatException with the line when one cannot be read
     */
    public static long read(Ontology ontology, InputStream in, Consumer<ReleaseLine> sink) throws IOException {
        var buffered = new BufferedInputStream(in);
        var lines = 0L;
        for (var bytes = nextLine(buffered, 1); bytes != null; bytes = nextLine(buffered, lines + 1)) {
            lines++;
            switch (JsonReader.read(bytes, json -> new LineReader(ontology, json).line())) {
                case Parsed.Sound<ReleaseLine>(var line) -> sink.accept(line);
                case Parsed.Faulty<ReleaseLine>(var faults) ->
                    throw FormatException.atLine(lines, faults.getFirst().toString());
            }
        }
        return lines;
    }

    private static byte @Nullable [] nextLine(InputStream in, long number) throws IOException {
        var line = new ByteArrayOutputStream();
        var c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() == MAX_LINE) {
                throw FormatException.atLine(number, "the line is longer than " + MAX_LINE + " bytes");
            }
            line.write(c);
        }
        return line.toByteArray();
    }

    private static Json json(ReleaseLine line) {
        var asset = new TreeMap<String, Json>();
        asset.put("name", new Json.Str(line.asset().name()));
        asset.put("sha256", new Json.Str(line.asset().sha256()));
        asset.put("type", new Json.Str(line.asset().type()));
        var size = line.asset().size();
        if (size != null) {
            asset.put("width", new Json.Num(size.width()));
            asset.put("height", new Json.Num(size.height()));
        }
        return Json.object(Map.of(
                "asset", new Json.Obj(asset),
                "annotation", AnswerJson.json(line.annotation()),
                "consensus",
                        Json.object(Map.of(
                                "method", new Json.Str(line.consensus().method()),
                                "confidence", shares(line.consensus().confidence()),
                                "support", shares(line.consensus().support())))));
    }

    private static Json shares(Map<String, Double> shares) {
        var members = new TreeMap<String, Json>();
        shares.forEach((id, share) -> members.put(id, new Json.Num(rounded(share))));
        return new Json.Obj(members);
    }

    private static double rounded(double share) {
        return BigDecimal.valueOf(share)
                .setScale(DECIMALS, RoundingMode.HALF_EVEN)
                .doubleValue();
    }

    private record LineReader(Ontology ontology, JsonReader json) {
        @Nullable
        ReleaseLine line() {
            var parts = new Object() {
                @Nullable
                Asset asset;

                @Nullable
                Answer annotation;

                @Nullable
                Consensus consensus;
            };
            json.object(Pointer.ROOT, (name, at) -> {
                switch (name) {
                    case "asset" -> parts.asset = asset(at);
                    case "annotation" -> parts.annotation = AnswerJson.read(ontology, json, at);
                    case "consensus" -> parts.consensus = consensus(at);
                    default -> json.unknown(at, "asset, annotation and consensus");
                }
            });
            if (parts.asset != null && parts.annotation != null && parts.consensus != null) {
                return new ReleaseLine(parts.asset, parts.annotation, parts.consensus);
            }
            if (json.sound()) {
                json.fault(Pointer.ROOT, "a member is missing; a line has asset, annotation and consensus");
            }
            return null;
        }

        private @Nullable Asset asset(Pointer at) {
            var texts = new HashMap<String, String>();
            var sides = new HashMap<String, Double>();
            json.object(at, (name, memberAt) -> {
                switch (name) {
                    case "name", "sha256", "type" -> {
                        var text = json.string(memberAt);
                        texts.put(name, text == null ? "" : text);
                    }
                    case "width", "height" -> {
                        var side = json.number(memberAt);
                        sides.put(name, side == null ? Double.NaN : side);
                    }
                    default -> json.unknown(memberAt, "name, sha256, type, width and height");
                }
            });
            if (texts.size() < 3) {
                json.fault(at, "a member is missing; an asset has name, sha256 and type");
            } else if (!SHA256.matcher(texts.getOrDefault("sha256", "")).matches()) {
                json.fault(at.member("sha256"), "the digest is not 64 lower-case hexadecimal digits");
            }
            var size = sides.isEmpty() ? null : size(sides, at);
            return json.sound()
                    ? new Asset(
                            texts.getOrDefault("name", ""),
                            texts.getOrDefault("sha256", ""),
                            texts.getOrDefault("type", ""),
                            size)
                    : null;
        }

        private @Nullable Size size(Map<String, Double> sides, Pointer at) {
            double width = sides.getOrDefault("width", 0.0);
            double height = sides.getOrDefault("height", 0.0);
            if (width < 1 || height < 1 || width != (int) width || height != (int) height) {
                json.fault(at, "width and height are not both whole numbers of pixels from 1 on");
                return null;
            }
            return new Size((int) width, (int) height);
        }

        private @Nullable Consensus consensus(Pointer at) {
            var method = new String[] {""};
            var confidence = new TreeMap<String, Double>();
            var support = new TreeMap<String, Double>();
            json.object(at, (name, memberAt) -> {
                switch (name) {
                    case "method" -> {
                        var text = json.string(memberAt);
                        method[0] = text == null ? "" : text;
                    }
                    case "confidence" -> shares(memberAt, confidence);
                    case "support" -> shares(memberAt, support);
                    default -> json.unknown(memberAt, "method, confidence and support");
                }
            });
            return json.sound() ? new Consensus(method[0], confidence, support) : null;
        }

        private void shares(Pointer at, Map<String, Double> shares) {
            json.object(at, (id, memberAt) -> {
                var share = json.number(memberAt);
                if (share != null && (share < 0 || share > 1)) {
                    json.fault(memberAt, "the share is not between 0 and 1");
                } else if (share != null) {
                    shares.put(id, share);
                }
            });
        }
    }
}
