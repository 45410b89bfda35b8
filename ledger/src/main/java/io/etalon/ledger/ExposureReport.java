package io.etalon.ledger;

import io.etalon.ledger.JsonValue.JsonArray;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a group of people did and saw at a client, with the proof that nothing was left out: {@code exposure.json} names the
 * people by their pseudonyms, {@code entries.jsonl} holds every entry of the log by one of them, {@code assets.txt} every asset
 * that those entries name, and {@code log/…} the whole log under its signed head. The verifier replays the log to the signed
 * root and makes the two lists again; single proofs of inclusion would show that what is listed is true, and not that it
 * is all.
 */
public final class ExposureReport {
    /** The value of {@code format}. */
    public static final String FORMAT = "etalon-exposure/v1";

    static final String FACTS = "exposure.json";
    static final String ENTRIES = "entries.jsonl";
    static final String ASSETS = "assets.txt";
    private static final String SUMS = "SHA256SUMS";

    /**
     * A report of which everything holds.
     *
     * @param facts what it says of itself
     * @param entries entries by the people
     * @param assets different assets that those name
     */
    public record Verified(
            JsonObject facts, long entries, long assets, Checkpoint head, VerifierKey key, boolean trusted) {}

    private final MessageDigest entries = Hash.newDigest();
    private final Set<String> assets = new TreeSet<>();
    private final LogReplay replay = new LogReplay(this::seen);
    private long count;
    private Optional<Filter> filter = Optional.empty();
    private @Nullable JsonObject facts;
    private @Nullable Hash listed;
    private @Nullable Hash listedAssets;

    private ExposureReport() {}

    /**
     * Which entries a report is about.
     *
     * @param people pseudonyms
     * @param workforce the workforce, for which the log must name nobody else; null when the people were chosen one by one
     */
    public record Filter(Set<String> people, @Nullable String workforce) {
        public Filter {
            people = Set.copyOf(people);
        }

        /** Whether one of the people did it. */
        public boolean takes(JsonObject entry) {
            return entry.get("actor").orElse(null) instanceof JsonString(var actor) && people.contains(actor);
        }

        /** Whether the entry tells that somebody came to the workforce; that person. */
        public Optional<String> joins(JsonObject entry) {
            return workforce != null
                            && new JsonString(workforce)
                                    .equals(entry.get("workforce").orElse(null))
                            && new JsonString("GRANT").equals(entry.get("op").orElse(null))
                            && entry.get("person").orElse(null) instanceof JsonString(var person)
                    ? Optional.of(person)
                    : Optional.empty();
        }
    }

    /** The line of an entry in {@code entries.jsonl}, with its end. */
    public static byte[] line(long index, byte[] entry) {
        return ("{\"index\":" + index + ",\"entry\":" + new String(entry, StandardCharsets.UTF_8) + "}\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The asset that an entry names. */
    public static Optional<String> asset(JsonObject entry) {
        return entry.get("asset").orElse(null) instanceof JsonString(var asset) ? Optional.of(asset) : Optional.empty();
    }

    /** Whether a file is one, as far as its first file tells. */
    public static boolean looksLike(Path zip) throws IOException {
        try (var reader = BundleReader.open(zip)) {
            var first = reader.peek(1);
            return !first.isEmpty() && first.getFirst().path().equals(FACTS);
        }
    }

    /**
     * Reads a whole report once.
     *
     * @param trusted the log's key, got by another way
     * @throws FormatException naming the first thing that does not hold; an archive that is not canonical is a
     *     {@link BundleException}
     */
    public static Verified verify(Path zip, Optional<VerifierKey> trusted) throws IOException {
        var report = new ExposureReport();
        try (var reader = BundleReader.open(zip)) {
            var unused = reader.walk(report::take);
        }
        return report.verified(trusted);
    }

    private void take(BundleEntry file, InputStream in) throws IOException {
        switch (file.path()) {
            case FACTS -> read(in.readAllBytes());
            case ENTRIES -> listed = digest(in);
            case ASSETS -> listedAssets = digest(in);
            case SUMS -> {
                // For people with sha256sum; everything it names is made again here.
            }
            default -> {
                if (!file.path().startsWith(LogReplay.FOLDER)) {
                    throw new FormatException("«" + file.path() + "» belongs to no part of a report");
                }
                replay.take(file.path(), in.readAllBytes());
            }
        }
    }

    private static Hash digest(InputStream in) throws IOException {
        return Measured.of(() -> in).sha256();
    }

    private void read(byte[] json) {
        if (!(CanonicalJson.readCanonical(json) instanceof JsonObject object)
                || !new JsonString(FORMAT).equals(object.get("format").orElse(null))
                || !(object.get("people").orElse(null) instanceof JsonArray(var values))) {
            throw new FormatException(FACTS + " is canonical JSON with the members format and people");
        }
        var people = new TreeSet<String>();
        for (var value : values) {
            if (value instanceof JsonString(var name)) {
                people.add(name);
            }
        }
        facts = object;
        filter = Optional.of(new Filter(
                people, object.get("workforce").orElse(null) instanceof JsonString(var workforce) ? workforce : null));
    }

    private void seen(byte[] entry, long index) {
        var wanted = filter.orElseThrow(() -> new FormatException(FACTS + " stands before the log"));
        if (!(CanonicalJson.read(entry) instanceof JsonObject object)) {
            throw new FormatException("entry " + index + " is no object");
        }
        wanted.joins(object).ifPresent(person -> {
            if (!wanted.people().contains(person)) {
                throw new FormatException(
                        "entry " + index + " names " + person + " of the workforce, whom the report leaves out");
            }
        });
        if (wanted.takes(object)) {
            entries.update(line(index, entry));
            count++;
            asset(object).ifPresent(assets::add);
        }
    }

    private Verified verified(Optional<VerifierKey> trusted) {
        var head = replay.head(trusted);
        var said = facts;
        if (said == null) {
            throw new FormatException("there is no " + FACTS);
        }
        if (!Objects.equals(listed, Hash.finish(entries))) {
            throw new FormatException(ENTRIES + " does not list exactly the " + count + " entries of these people");
        }
        if (!Objects.equals(listedAssets, Hash.sha256(assetList(assets)))) {
            throw new FormatException(
                    ASSETS + " does not list exactly the " + assets.size() + " assets of these entries");
        }
        requireCount(said, "entries", count);
        requireCount(said, "assets", assets.size());
        return new Verified(said, count, assets.size(), head.checkpoint(), head.key(), head.trusted());
    }

    private static void requireCount(JsonObject facts, String name, long value) {
        if (!new JsonInteger(value).equals(facts.get(name).orElse(null))) {
            throw new FormatException(FACTS + " counts other " + name + " than " + value);
        }
    }

    private static byte[] assetList(Set<String> assets) {
        return assets.stream()
                .map(one -> one + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Writes a report: first the lists, then the log. Streams; does not close the stream. */
    public static final class Writer {
        private final SummedBundle bundle;

        public Writer(OutputStream out) {
            this.bundle = new SummedBundle(out);
        }

        /**
         * Writes the lists.
         *
         * @param facts must hold {@code people} as the verifier will read them, and {@code entries} and {@code assets}
         * @param entries every entry by one of the people, as {@link ExposureReport#line} writes it
         * @param assets every asset that those name
         */
        public void lists(JsonValue.Builder facts, BundleContent entries, Set<String> assets) throws IOException {
            var json = CanonicalJson.write(facts.put("format", FORMAT).build());
            bundle.add(FACTS, BundleContent.of(json));
            bundle.add(ENTRIES, entries);
            bundle.add(ASSETS, BundleContent.of(assetList(new TreeSet<>(assets))));
            var unused = bundle.close(SUMS);
        }

        /** Adds an entry bundle of the log, in their order. */
        public void log(String path, byte[] entryBundle) throws IOException {
            bundle.add(LogReplay.FOLDER + path, BundleContent.of(entryBundle));
        }

        /** Ends the report with the log's head and key. */
        public void finish(SignedNote checkpoint, VerifierKey key) throws IOException {
            bundle.add(LogReplay.CHECKPOINT, BundleContent.of(checkpoint.bytes()));
            bundle.finish(LogReplay.KEY, ReleaseBundle.keyFile(key));
        }
    }

    /** For the writer: the people as JSON. */
    public static JsonArray people(Set<String> people) {
        return new JsonArray(new TreeSet<>(people)
                .stream().map(JsonString::new).map(JsonValue.class::cast).toList());
    }
}
