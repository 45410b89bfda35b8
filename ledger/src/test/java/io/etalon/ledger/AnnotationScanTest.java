package io.etalon.ledger;

import static io.etalon.ledger.Releases.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnnotationScanTest {
    private static final Hash ASSET = Hash.sha256(new byte[0]);
    private static final String MEMBER = "\"asset\":{\"sha256\":\"" + ASSET + "\"}";

    private static Hash scan(byte[] line) throws IOException {
        var file = new ByteArrayOutputStream();
        file.writeBytes(line);
        file.write('\n');
        try (var lines = new Lines(new ByteArrayInputStream(file.toByteArray()))) {
            lines.next();
            var asset = AnnotationScan.assetOf(lines);
            assertThat(lines.finish()).isEqualTo(Hash.sha256(line));
            assertThat(lines.next()).isFalse();
            return asset;
        }
    }

    @Test
    void findsTheAssetAmongAnythingThatIsJson() throws IOException {
        for (var good : List.of(
                "{M}",
                " { M } ",
                "{\"a\":[1,-0.5e+10,0,{}],M,\"z\":null}",
                "{M,\"b\":\"\\ud83d\\ude00é😀\\\"\"}",
                "{\"\\u0061sset\":{\"x\":[[]],\"sha\\u003256\":\"" + ASSET + "\"}}",
                "{\"b\":{\"asset\":1,\"asset\":2},M}",
                "{\"t\":[true,false,null,\"\"],M}",
                "{\"long\":\"" + "x".repeat(200_000) + "\",M}")) {
            assertThat(scan(utf8(good.replace("M", MEMBER)))).as(good).isEqualTo(ASSET);
        }
    }

    @Test
    void refusesWhatIsNotJsonOrNamesTheAssetTwice() {
        for (var bad : List.of(
                "",
                "{}",
                "[]",
                "{M",
                "{M}}",
                "{M,}",
                "{M,M}",
                "{\"asset\":1}",
                "{\"asset\":{}}",
                "{M,\"a\":01}",
                "{M,\"a\":1.}",
                "{M,\"a\":.5}",
                "{M,\"a\":1e}",
                "{M,\"a\":+1}",
                "{M,\"a\":NaN}",
                "{M,\"a\":\"\t\"}",
                "{M,\"a\":\"\\q\"}",
                "{M,\"a\":\"\\u12g4\"}",
                "{M,'a':1}",
                "{M,a:1}",
                "{M \"a\":1}",
                "{M,\"a\":[1,]}",
                "{M,\"a\":tru}",
                "{M} x",
                "{M,\"a\":" + "[".repeat(300) + "]".repeat(300) + "}",
                "{\"asset\":{\"sha256\":\"" + "A".repeat(64) + "\"}}",
                "{\"asset\":{\"sha256\":\"" + ASSET + "\",\"sha256\":\"" + ASSET + "\"}}",
                "{\"asset\":{\"sha256\":5}}",
                "{\"asset\":{\"sha256\":\"" + ASSET + "0\"}}")) {
            assertThatThrownBy(() -> scan(utf8(bad.replace("M", MEMBER))))
                    .as(bad)
                    .isInstanceOf(FormatException.class);
        }
    }

    @Test
    void refusesInvalidUtf8() {
        for (var bad : List.of(
                "\u00c0\u0080", "\u00ff", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00e2\u0082", "\u0080")) {
            var line = ("{" + MEMBER + ",\"a\":\"" + bad + "\"}").getBytes(StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> scan(line)).hasMessageContaining("UTF-8");
        }
    }

    /** Differential: where a strict reader and this scan see one line, they agree whether it is JSON. */
    @Test
    void agreesWithAnotherReaderOnDamagedLines() {
        var seed = 99L;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        var jackson = new JsonMapper();
        var line =
                utf8("{\"boxes\":[[1.5,-2e3,0]],\"t\":true,\"s\":\"a\\n\\u00e9\"," + MEMBER + ",\"o\":{\"k\":null}}");
        var accepted = 0;
        for (var i = 0; i < 20_000; i++) {
            var bad = line.clone();
            bad[random.nextInt(bad.length)] = (byte) (' ' + random.nextInt(95));
            var ours = accepts(bad);
            var theirs = false;
            try {
                var tree = jackson.readerFor(JsonNode.class)
                        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .<JsonNode>readValue(bad);
                theirs = Hash.isHex(tree.path("asset").path("sha256").asString(""));
            } catch (RuntimeException e) {
                theirs = false;
            }
            assertThat(ours).as(new String(bad, StandardCharsets.UTF_8)).isEqualTo(theirs);
            accepted += ours ? 1 : 0;
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }

    private static boolean accepts(byte[] line) {
        try {
            scan(line);
            return true;
        } catch (FormatException e) {
            return false;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
