package io.etalon.formats.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8CheckTest {
    private static final long SEED = Long.getLong("etalon.seed", 20_250_613L);

    /** Offset of the first fault as the JDK's decoder sees it, or -1. */
    private static long faultOfTheJdk(byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        var result = StandardCharsets.UTF_8.newDecoder().decode(in, CharBuffer.allocate(bytes.length + 1), true);
        return result.isError() ? in.position() : -1;
    }

    @Test
    void agreesWithTheJdkHoweverTheChunksAreCut() {
        var random = new Random(SEED);
        var faulty = 0;
        for (var round = 0; round < 50_000; round++) {
            var text = new StringBuilder();
            for (var i = random.nextInt(12); i > 0; i--) {
                var c = random.nextInt(1 << (7 + random.nextInt(15))) % 0x110000;
                text.appendCodePoint(c >= 0xd800 && c < 0xe000 ? 'x' : c);
            }
            var bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var check = new Utf8Check();
            for (var at = 0; at < bytes.length; ) {
                var length = Math.min(bytes.length - at, 1 + random.nextInt(3));
                check.feed(bytes, at, length);
                at += length;
            }
            check.finish();
            var expected = faultOfTheJdk(bytes);
            assertThat(check.faultOffset())
                    .as("seed %d, bytes %s", SEED, HexFormat.of().formatHex(bytes))
                    .isEqualTo(expected);
            if (expected < 0) {
                var decoded = new String(bytes, StandardCharsets.UTF_8);
                assertThat(check.codePoints()).isEqualTo(decoded.codePointCount(0, decoded.length()));
            } else {
                faulty++;
            }
        }
        assertThat(faulty).isGreaterThan(1_000);
    }

    @ParameterizedTest
    @CsvSource({
        "c0af,0", // overlong slash
        "e080af,0", // overlong in three bytes
        "f08080af,0", // overlong in four bytes
        "eda080,0", // a surrogate
        "f4908080,0", // above U+10FFFF
        "ff,0",
        "80,0",
        "41e282,1", // cut short
        "41e28241,1",
        "f09f9880,-1",
        "efbfbf,-1"
    })
    void knowsTheClassicalFaults(String hex, long offset) {
        var bytes = HexFormat.of().parseHex(hex);
        for (var chunk = 1; chunk <= bytes.length; chunk++) {
            var check = new Utf8Check();
            for (var at = 0; at < bytes.length; at += chunk) {
                check.feed(bytes, at, Math.min(chunk, bytes.length - at));
            }
            check.finish();
            assertThat(check.faultOffset()).isEqualTo(offset);
            assertThat(check.isSound()).isEqualTo(offset < 0);
        }
    }

    @Test
    void countsOffsetsOverTheWholeStream() {
        var check = new Utf8Check();
        var chunk = new byte[1000];
        for (var i = 0; i < 1000; i++) {
            check.feed(chunk, 0, chunk.length);
        }
        check.feed(new byte[] {'a', (byte) 0xff}, 1, 1);
        assertThat(check.faultOffset()).isEqualTo(1_000_000);
        assertThat(check.codePoints()).isEqualTo(1_000_000);
    }
}
