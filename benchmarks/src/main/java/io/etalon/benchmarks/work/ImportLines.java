package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Tasks as JSONL, about 300 bytes each and no two alike, and the same as COPY reads them: a number before each. They lie in
 * files, since the heap is too small for them.
 */
record ImportLines(Path jsonl, Path copy, int count) implements AutoCloseable {
    private static final long SEED = 20_260_101;
    private static final int TEXT = 240;

    /** @param salt lines of another one are other lines */
    static ImportLines write(Path folder, int count, int salt) throws IOException {
        var random = new Random(SEED + salt);
        var lines = new ImportLines(folder.resolve(salt + ".jsonl"), folder.resolve(salt + ".copy"), count);
        try (var jsonl = new BufferedOutputStream(Files.newOutputStream(lines.jsonl), 1 << 16);
                var copy = new BufferedOutputStream(Files.newOutputStream(lines.copy), 1 << 16)) {
            for (var i = 0; i < count; i++) {
                // Letters and digits alone: nothing that COPY would want escaped.
                var text = new StringBuilder(TEXT + 80)
                        .append("{\"text\":\"")
                        .append(salt)
                        .append(' ');
                while (text.length() < TEXT) {
                    text.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36))
                            .append(' ');
                }
                text.append(i).append("\",\"priority\":").append(i % 3);
                var line = text.append(",\"source\":\"bench\",\"id\":")
                        .append(i)
                        .append("}\n")
                        .toString()
                        .getBytes(US_ASCII);
                jsonl.write(line);
                copy.write((i + "\t").getBytes(US_ASCII));
                copy.write(line);
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(jsonl);
        Files.deleteIfExists(copy);
    }
}
