package io.etalon.ledger;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code manifest.txt} and {@code annotations.jsonl} side by side, one asset at a time. Streams; closes neither
 * stream. Not thread-safe.
 */
public final class ManifestWriter {
    /** First line of a manifest. */
    public static final String HEADER = "etalon-manifest/v1";

    private final OutputStream manifest;
    private final OutputStream annotations;
    private @Nullable Hash last;

    /** Writes the manifest's first line. */
    public ManifestWriter(OutputStream manifest, OutputStream annotations) throws IOException {
        this.manifest = manifest;
        this.annotations = annotations;
        writeLine(HEADER);
    }

    /**
     * Adds an asset and its annotation: one JSON object without LF, whose {@code asset.sha256} is the asset's hash.
     *
     * @throws FormatException if the assets do not come in strictly ascending order of their hashes, or if the line is
     *     not what the verifier will accept
     */
    public void add(Hash asset, byte[] line) throws IOException {
        if (last != null && last.compareTo(asset) >= 0) {
            throw new FormatException("assets come in ascending order: " + asset + " after " + last);
        }
        requireAnnotation(asset, line);
        writeLine(line(asset, Hash.sha256(line)));
        annotations.write(line);
        annotations.write('\n');
        last = asset;
    }

    private static void requireAnnotation(Hash asset, byte[] line) throws IOException {
        var withEnd = Arrays.copyOf(line, line.length + 1);
        withEnd[line.length] = '\n';
        try (var lines = Lines.of(withEnd)) {
            lines.next();
            var found = AnnotationScan.assetOf(lines);
            lines.finish();
            if (!found.equals(asset) || lines.next()) {
                throw new FormatException(
                        "the annotation of asset " + asset + " is one line that names it, found " + found);
            }
        }
    }

    static String line(Hash asset, Hash annotation) {
        return asset.hex() + " " + annotation.hex();
    }

    private void writeLine(String text) throws IOException {
        manifest.write((text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
