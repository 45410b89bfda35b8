package io.etalon.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.annotation.Answer;
import io.etalon.formats.ReleaseLine.Asset;
import io.etalon.formats.ReleaseLine.Consensus;
import io.etalon.formats.ReleaseLine.Size;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReleaseJsonlTest {
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @Test
    void writesTheGoldenLine() throws Exception {
        var line = new ReleaseLine(
                new Asset("a/é.png", DIGEST, "image/png", new Size(640, 480)),
                AnswerJson.read(
                                Examples.coins(),
                                Examples.utf8("{\"answers\":{\"fitness\":\"b\"},\"shapes\":[{\"id\":\"s1\",\"label\":"
                                        + "\"medal\",\"type\":\"box\",\"x\":0.1,\"y\":0,\"width\":1e2,\"height\":3}]}"))
                        .orThrow(),
                new Consensus("dawid-skene", Map.of("fitness", 0.98765432), Map.of("s1", 2.0 / 3)));
        assertThat(ReleaseJsonl.write(line)).asString().isEqualTo(Examples.golden("release.jsonl"));
    }

    @Test
    void readsBackWhatItWrites() throws Exception {
        var seed = Examples.SEED;
        var random = new Random(seed);
        var lines = new ArrayList<ReleaseLine>();
        var file = new ByteArrayOutputStream();
        for (var i = 0; i < 500; i++) {
            var size = random.nextBoolean() ? new Size(1 + random.nextInt(9000), 1 + random.nextInt(9000)) : null;
            var line = new ReleaseLine(
                    new Asset(Examples.text(random), DIGEST, "image/png", size),
                    Examples.answer(random),
                    new Consensus("majority", Map.of("fitness", random.nextInt(1_000_001) / 1e6), Map.of()));
            lines.add(line);
            file.write(ReleaseJsonl.write(line));
        }
        var back = new ArrayList<ReleaseLine>();
        assertThat(ReleaseJsonl.read(Examples.coins(), new ByteArrayInputStream(file.toByteArray()), back::add))
                .isEqualTo(500);
        assertThat(back).as("seed %d", seed).isEqualTo(lines);
    }

    @Test
    void saysWhichLineIsFaultyAndWhere() {
        var good = new String(
                ReleaseJsonl.write(new ReleaseLine(
                        new Asset("a", DIGEST, "text/plain", null),
                        Answer.EMPTY,
                        new Consensus("majority", Map.of(), Map.of()))),
                StandardCharsets.UTF_8);
        for (var bad : List.of(
                "{}",
                "",
                good.strip().replace(DIGEST, DIGEST.toUpperCase(Locale.ROOT)),
                good.strip().replace("\"confidence\":{}", "\"confidence\":{\"q\":1.5}"),
                good.strip().replace("\"asset\"", "\"assets\""),
                good.strip().replace("\"type\"", "\"width\":1.5,\"height\":2,\"type\""))) {
            assertThatThrownBy(() -> ReleaseJsonl.read(
                            Examples.coins(), new ByteArrayInputStream(Examples.utf8(good + bad + "\n")), line -> {}))
                    .as(bad)
                    .isInstanceOfSatisfying(
                            FormatException.class, e -> assertThat(e.where()).isEqualTo("line 2"));
        }
    }
}
