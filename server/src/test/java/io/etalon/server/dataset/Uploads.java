package io.etalon.server.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Files to upload, made on the spot. */
final class Uploads {
    private Uploads() {}

    static byte[] png(int width, int height, int seed) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new Random(seed);
        for (var i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt());
        }
        return encoded(image, "png");
    }

    static byte[] encoded(BufferedImage image, String format) {
        try {
            var out = new ByteArrayOutputStream();
            ImageIO.write(image, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole PNG header that claims a size, and noise in place of pixels. */
    static byte[] header(int width, int height) {
        return header(width, height, 200);
    }

    static byte[] header(int width, int height, int size) {
        var ihdr = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(UTF_8))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var crc = new CRC32();
        crc.update(ihdr);
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        ByteBuffer.wrap(bytes)
                .put(HexFormat.of().parseHex("89504e470d0a1a0a"))
                .putInt(13)
                .put(ihdr)
                .putInt((int) crc.getValue())
                .putInt(size)
                .put("IDAT".getBytes(UTF_8));
        return bytes;
    }

    /** An image of so many bytes that does not compress. */
    static byte[] noise(int size) {
        return header(100, 100, size);
    }

    /** A JPEG with an EXIF block that says: turned by 90 degrees (orientation 6). */
    static byte[] turnedJpeg(int width, int height) {
        var plain = encoded(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg");
        var exif = HexFormat.of()
                .parseHex("ffe10022" + "457869660000" + "4d4d002a00000008" + "0001" + "0112000300000001" + "00060000"
                        + "00000000");
        return ByteBuffer.allocate(plain.length + exif.length)
                .put(plain, 0, 2)
                .put(exif)
                .put(plain, 2, plain.length - 2)
                .array();
    }

    static final class Zip {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ZipOutputStream zip = new ZipOutputStream(out);

        Zip add(String name, byte[] content) throws IOException {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            return this;
        }

        byte[] bytes() throws IOException {
            zip.close();
            return out.toByteArray();
        }
    }

    static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }

    static int indexOf(byte[] content, byte[] part) {
        for (var i = 0; i + part.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
