package io.etalon.ledger;

import static io.etalon.ledger.Releases.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleTest {
    /** Every 32-bit field of more than 4 and every count of more than 1 overflows: Zip64 with small files. */
    private static final ZipLayout TINY = new ZipLayout(5, 2);

    @TempDir
    private Path dir;

    private Path write(ZipLayout layout, String... nameAndText) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = new BundleWriter(out, layout)) {
            for (var i = 0; i < nameAndText.length; i += 2) {
                writer.add(nameAndText[i], BundleContent.of(utf8(nameAndText[i + 1])));
            }
        }
        return Files.write(dir.resolve("b.zip"), out.toByteArray());
    }

    private static List<String> read(Path zip, ZipLayout layout) throws IOException {
        var seen = new ArrayList<String>();
        try (var reader = BundleReader.open(zip, layout)) {
            reader.walk((entry, content) ->
                    seen.add(entry.path() + "=" + new String(content.readAllBytes(), StandardCharsets.UTF_8)));
        }
        return seen;
    }

    /** Golden: an implementer elsewhere must arrive at these bytes. */
    @Test
    void writesExactlyTheseBytes() throws IOException {
        var zip = Files.readAllBytes(write(ZipLayout.STANDARD, "a/b.txt", "hi\n"));
        assertThat(HexFormat.of().formatHex(zip))
                .isEqualTo("504b0304" + "1400" + "0000" + "0000" + "0000" + "2100" + crc("hi\n")
                        + "03000000" + "03000000" + "0700" + "0000" + hex("a/b.txt") + hex("hi\n")
                        + "504b0102" + "1403" + "1400" + "0000" + "0000" + "0000" + "2100" + crc("hi\n")
                        + "03000000" + "03000000" + "0700" + "0000" + "0000" + "0000" + "0000" + "0000a481" + "00000000"
                        + hex("a/b.txt")
                        + "504b0506" + "0000" + "0000" + "0100" + "0100" + "35000000" + "28000000" + "0000");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(utf8(text));
    }

    private static String crc(String text) {
        var crc = new CRC32();
        crc.update(utf8(text));
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt((int) crc.getValue())
                        .array());
    }

    @Test
    void isReadByItselfAndByTheJdkAndByUnzip() throws Exception {
        for (var layout : List.of(ZipLayout.STANDARD, TINY)) {
            var zip = write(layout, "a.txt", "x", "dir/b.txt", "hello world", "empty", "", "c", "more than five");
            var expected = List.of("a.txt=x", "dir/b.txt=hello world", "empty=", "c=more than five");
            assertThat(read(zip, layout)).isEqualTo(expected);
            var jdk = new ArrayList<String>();
            try (var file = new ZipFile(zip.toFile())) {
                for (var entry : file.stream().toList()) {
                    jdk.add(entry.getName() + "="
                            + new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            assertThat(jdk).isEqualTo(expected);
            unzip(zip, layout);
        }
        var streamed = new ArrayList<String>();
        try (var in = new ZipInputStream(Files.newInputStream(write(ZipLayout.STANDARD, "a", "1", "b", "2")))) {
            for (var e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                streamed.add(e.getName() + new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(streamed).containsExactly("a1", "b2");
    }

    private void unzip(Path zip, ZipLayout layout) throws Exception {
        var path = List.of("/usr/bin/unzip", "/bin/unzip").stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
        if (path.isEmpty()) {
            System.out.println("no unzip on this machine: its reading of " + layout + " was not tested");
            return;
        }
        var log = dir.resolve("unzip.log").toFile();
        var process = new ProcessBuilder(path.get().toString(), "-t", zip.toString())
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log.toPath())).isZero();
        assertThat(log).content().contains("No errors detected");
    }

    @Test
    void refusesEveryFlippedByteOfAZip64Archive() throws IOException {
        var zip = Files.readAllBytes(write(TINY, "a.txt", "x", "dir/b.txt", "hello world"));
        for (var i = 0; i < zip.length; i++) {
            for (var bit = 0; bit < 8; bit++) {
                var bad = zip.clone();
                bad[i] ^= (byte) (1 << bit);
                var file = Files.write(dir.resolve("bad.zip"), bad);
                assertThatThrownBy(() -> read(file, TINY)).as("byte " + i).isInstanceOf(BundleException.class);
            }
        }
    }

    @Test
    void refusesZip64FieldsWhereTheValueFits() throws IOException {
        var zip = write(TINY, "a", "hello world");
        assertThatThrownBy(() -> read(zip, ZipLayout.STANDARD))
                .hasMessage("local header of «a», field version needed at byte 4: expected 14, found 2d");
    }

    @Test
    void spellsLargeSizesOffsetsAndCounts() {
        var five = 5L << 30;
        var local = ZipLayout.STANDARD.local("big", five, 1);
        assertThat(local.length()).isEqualTo(30 + 3 + 20);
        assertThat(HexFormat.of().formatHex(local.bytes()))
                .contains("ffffffffffffffff0300" + "1400")
                .endsWith("01001000" + "0000004001000000" + "0000004001000000");
        assertThat(ZipLayout.STANDARD.local("fits", 0xFFFF_FFFEL, 1).length()).isEqualTo(34);
        assertThat(ZipLayout.STANDARD.local("not", 0xFFFF_FFFFL, 1).length()).isEqualTo(33 + 20);
        var far = ZipLayout.STANDARD.central(new BundleEntry("far", 7, 1, five, five + 33));
        assertThat(HexFormat.of().formatHex(far.bytes())).endsWith(hex("far") + "01000800" + "0000004001000000");
        var both = ZipLayout.STANDARD.central(new BundleEntry("far", five, 1, five, five + 53));
        assertThat(HexFormat.of().formatHex(both.bytes())).endsWith("01001800" + "0000004001000000".repeat(3));
        assertThat(ZipLayout.STANDARD.end(65_534, 10, 20).length()).isEqualTo(22);
        var many =
                HexFormat.of().formatHex(ZipLayout.STANDARD.end(65_535, 10, 20).bytes());
        assertThat(many)
                .startsWith("504b0606" + "2c00000000000000" + "2d03" + "2d00" + "00000000" + "00000000"
                        + "ffff000000000000".repeat(2) + "1400000000000000" + "0a00000000000000"
                        + "504b0607" + "00000000" + "1e00000000000000" + "01000000")
                .endsWith("504b0506" + "0000" + "0000" + "ffff" + "ffff" + "14000000" + "0a000000" + "0000");
    }

    @Test
    void writesAndReads70000Files() throws IOException {
        var zip = dir.resolve("many.zip");
        try (var writer = new BundleWriter(new BufferedOutputStream(Files.newOutputStream(zip)))) {
            for (var i = 0; i < 70_000; i++) {
                writer.add("f/" + i, BundleContent.of(new byte[] {(byte) i}));
            }
        }
        try (var reader = BundleReader.open(zip);
                var jdk = new ZipFile(zip.toFile())) {
            assertThat(reader.walk((entry, content) -> {})).hasSize(70_000);
            assertThat(jdk.size()).isEqualTo(70_000);
        }
    }

    /** A file beyond 4 GiB, with its holes left sparse on disk. */
    @Test
    void writesAndReadsAFileBeyond4GiB() throws IOException {
        var size = (4L << 30) + 17;
        var zip = dir.resolve("big.zip");
        try (var channel = FileChannel.open(zip, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                var writer = new BundleWriter(new Sparse(channel))) {
            // The digest is not the writer's concern, and takes most of the time.
            writer.add("big.bin", () -> new Zeroes(size), new Measured(size, crcOfZeroes(size), Merkle.emptyRoot()));
            writer.add("after.txt", BundleContent.of(utf8("after")));
        }
        try (var reader = BundleReader.open(zip);
                var jdk = new ZipFile(zip.toFile())) {
            var entries = reader.walk((entry, content) -> {});
            assertThat(entries.getFirst().size()).isEqualTo(size);
            assertThat(jdk.getEntry("big.bin").getSize()).isEqualTo(size);
            assertThat(jdk.getInputStream(jdk.getEntry("after.txt"))).hasBinaryContent(utf8("after"));
        }
    }

    private static long crcOfZeroes(long size) {
        var crc = new CRC32();
        var block = new byte[1 << 16];
        for (var left = size; left > 0; left -= block.length) {
            crc.update(block, 0, (int) Math.min(left, block.length));
        }
        return crc.getValue();
    }

    private static final class Zeroes extends InputStream {
        private long left;

        Zeroes(long size) {
            left = size;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            var n = (int) Math.min(left, length);
            Arrays.fill(target, offset, offset + n, (byte) 0);
            left -= n;
            return n;
        }
    }

    private static final class Sparse extends OutputStream {
        private final FileChannel channel;

        Sparse(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            var zero = length == 1 << 16;
            for (var i = offset; zero && i < offset + length; i++) {
                zero = bytes[i] == 0;
            }
            if (zero) {
                channel.position(channel.position() + length);
            } else {
                channel.write(ByteBuffer.wrap(bytes, offset, length));
            }
        }
    }

    @Test
    void refusesUnportablePathsAndDuplicates() {
        for (var bad : List.of(
                "", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "ä", "a b", "a\nb", "C:x", "x".repeat(256))) {
            assertThatThrownBy(() -> write(ZipLayout.STANDARD, bad, "")).as(bad).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> write(ZipLayout.STANDARD, "a", "", "A", "")).hasMessageContaining("already");
    }

    @Test
    void refusesAContentThatChangesBetweenItsReadings() {
        var calls = new int[1];
        BundleContent changing = () -> new ByteArrayInputStream(new byte[] {(byte) calls[0]++});
        assertThatThrownBy(() -> {
                    try (var writer = new BundleWriter(new ByteArrayOutputStream())) {
                        writer.add("a", changing);
                    }
                })
                .hasMessageContaining("changed while it was written");
    }
}
