package io.etalon.formats.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.formats.media.ImageHeader.Reading;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {
    private static final long SEED = Long.getLong("etalon.seed", 20_250_613L);

    private static byte[] encoded(String format, int width, int height) throws IOException {
        var out = new ByteArrayOutputStream();
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }

    private static ImageHeader found(byte[] bytes) {
        return ((Reading.Found) ImageHeader.read(bytes, bytes.length)).header();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] pngChunk(String type, byte[] data) {
        var crc = new CRC32();
        crc.update(latin1(type));
        crc.update(data);
        return ByteBuffer.allocate(data.length + 12)
                .putInt(data.length)
                .put(latin1(type))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    private static byte[] png(int width, int height, byte[]... chunks) {
        var ihdr = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        return joined(
                latin1("\u0089PNG\r\n\u001a\n"),
                pngChunk("IHDR", ihdr.array()),
                joined(chunks),
                pngChunk("IDAT", new byte[9]));
    }

    private static byte[] exif(ByteOrder order, int orientation) {
        return ByteBuffer.allocate(26)
                .order(order)
                .put(latin1(order == ByteOrder.BIG_ENDIAN ? "MM" : "II"))
                .putShort((short) 42)
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    private static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
        var segment = ByteBuffer.allocate(10 + exif.length)
                .putShort((short) 0xffe1)
                .putShort((short) (8 + exif.length))
                .put(latin1("Exif\0\0"))
                .put(exif);
        return joined(Arrays.copyOf(jpeg, 2), segment.array(), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    @ParameterizedTest
    @CsvSource({"png,PNG", "jpg,JPEG", "gif,GIF", "bmp,BMP"})
    void readsWhatTheJdkWrites(String format, AssetType type) throws Exception {
        var random = new Random(SEED);
        for (var i = 0; i < 20; i++) {
            var width = 1 + random.nextInt(400);
            var height = 1 + random.nextInt(400);
            assertThat(found(encoded(format, width, height)))
                    .as("seed %d", SEED)
                    .isEqualTo(new ImageHeader(type, width, height, 1));
        }
    }

    @Test
    void readsTheThreeKindsOfWebp() {
        var lossy =
                latin1("RIFF\u0024\0\0\0WEBPVP8 \u0018\0\0\0\u00f0\u0001\0\u009d\u0001\u002a\u0080\u0002\u00e0\u0041");
        assertThat(found(lossy)).isEqualTo(new ImageHeader(AssetType.WEBP, 640, 480, 1));
        // 14 bits of width - 1, then 14 of height - 1.
        var bits = (640 - 1) | (480 - 1) << 14;
        var lossless = ByteBuffer.allocate(25).order(ByteOrder.LITTLE_ENDIAN);
        lossless.put(latin1("RIFF\u0024\0\0\0WEBPVP8L\u0018\0\0\0\u002f")).putInt(bits);
        assertThat(found(lossless.array())).isEqualTo(new ImageHeader(AssetType.WEBP, 640, 480, 1));
        assertThat(found(extendedWebp(0))).isEqualTo(new ImageHeader(AssetType.WEBP, 16_777_216, 16_777_216, 1));
    }

    private static byte[] extendedWebp(int exifLength) {
        var head = latin1(
                "WEBPVP8X\n\0\0\0" + (exifLength > 0 ? "\u0008" : "\0") + "\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff");
        var exif = exifLength == 0 ? new byte[0] : joined(latin1("EXIF\u001a\0\0\0"), exif(ByteOrder.LITTLE_ENDIAN, 6));
        var size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(head.length + exif.length);
        return joined(latin1("RIFF"), size.array(), head, exif);
    }

    @Test
    void asksForMoreOfAWebpWhoseExifStandsAtItsEnd() {
        var webp = extendedWebp(26);
        assertThat(found(webp).orientation()).isEqualTo(6);
        assertThat(ImageHeader.read(webp, 40)).isEqualTo(new Reading.NeedsMore());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsTheSizeAsExifSays(int orientation) throws Exception {
        var jpeg = encoded("jpg", 30, 20);
        for (var order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            var header = found(jpegWithExif(jpeg, exif(order, orientation)));
            assertThat(header).isEqualTo(new ImageHeader(AssetType.JPEG, 30, 20, orientation));
            assertThat(header.displayWidth()).isEqualTo(orientation >= 5 ? 20 : 30);
            assertThat(header.displayHeight()).isEqualTo(orientation >= 5 ? 30 : 20);
            assertThat(found(png(30, 20, pngChunk("eXIf", exif(order, orientation))))
                            .orientation())
                    .isEqualTo(orientation);
        }
    }

    @Test
    void takesABrokenExifBlockForNone() throws Exception {
        var jpeg = encoded("jpg", 30, 20);
        var far = exif(ByteOrder.BIG_ENDIAN, 6);
        ByteBuffer.wrap(far).putInt(4, 0x7fffffff);
        for (var block :
                new byte[][] {exif(ByteOrder.BIG_ENDIAN, 9), exif(ByteOrder.BIG_ENDIAN, 0), far, new byte[3]}) {
            assertThat(found(jpegWithExif(jpeg, block)).orientation()).isEqualTo(1);
        }
    }

    @Test
    void tellsAPixelFloodWithoutDecodingIt() {
        var header = found(png(30_000, 30_000));
        assertThat(header.pixels()).isEqualTo(900_000_000L);
        assertThat(found(png(Integer.MAX_VALUE, Integer.MAX_VALUE)).pixels()).isEqualTo(4611686014132420609L);
    }

    @Test
    void refusesHeadersThatLie() throws Exception {
        assertRefused(png(0, 5));
        assertRefused(png(-1, 5));
        var damaged = png(5, 5);
        damaged[20] ^= 1;
        assertRefused(damaged);
        assertRefused(latin1("\u00ff\u00d8\u00ff\u00da\0\u0004xx"));
        assertRefused(latin1("\u00ff\u00d8\u00ff\u00e0\0\u0001xx"));
        assertRefused(latin1("GIF89a\0\0\u0001\0"));
        assertRefused(latin1("%PDF-1.7"));
        var bmp = encoded("bmp", 3, 3);
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, -3);
        assertRefused(bmp);
    }

    private static void assertRefused(byte[] bytes) {
        assertThat(ImageHeader.read(bytes, bytes.length)).isInstanceOf(Reading.Refused.class);
    }

    @Test
    void readsABmpThatIsStoredTopDown() throws Exception {
        var bmp = encoded("bmp", 3, 4);
        ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -4);
        assertThat(found(bmp)).isEqualTo(new ImageHeader(AssetType.BMP, 3, 4, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void neverFailsOnATruncatedOrDamagedFile(String format) throws Exception {
        var whole = encoded(format, 33, 21);
        var intact = new ImageHeader(found(whole).type(), 33, 21, 1);
        for (var length = 0; length <= Math.min(whole.length, 1000); length++) {
            switch (ImageHeader.read(whole, length)) {
                case Reading.Found(var header) -> assertThat(header).isEqualTo(intact);
                case Reading.NeedsMore n -> assertThat(length).isLessThan(whole.length);
                case Reading.Refused r -> assertThat(length).isLessThan(18);
            }
        }
        var random = new Random(SEED);
        for (var i = 0; i < 20_000; i++) {
            var bytes = whole.clone();
            for (var hits = random.nextInt(6); hits >= 0; hits--) {
                bytes[random.nextInt(Math.min(bytes.length, 200))] = (byte) random.nextInt(256);
            }
            assertThat(ImageHeader.read(bytes, bytes.length))
                    .as("seed %d, round %d", SEED, i)
                    .isNotNull();
        }
    }

    @Test
    void asksForMoreBehindALongExifBlock() throws Exception {
        var jpeg = encoded("jpg", 30, 20);
        var long1 = jpegWithExif(jpeg, Arrays.copyOf(exif(ByteOrder.BIG_ENDIAN, 8), 60_000));
        var long2 = jpegWithExif(long1, new byte[60_000]);
        assertThat(ImageHeader.read(long2, ImageHeader.PREFIX)).isEqualTo(new Reading.NeedsMore());
        assertThat(found(long2)).isEqualTo(new ImageHeader(AssetType.JPEG, 30, 20, 8));
    }
}
