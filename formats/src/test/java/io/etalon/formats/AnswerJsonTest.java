package io.etalon.formats;

import static io.etalon.formats.Examples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Fault;
import io.etalon.annotation.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerJsonTest {
    private static final String SOUND = """
            {"shapes":[{"attributes":{"wear":"worn"},"id":"s1","label":"coin","type":"box","x":1.5,"y":2,
            "width":10,"height":12}],"answers":{"fitness":"a","tags":["b","a"],"note":"a","age":3.5,"ok":true}}""";

    private static List<String> pointers(String json) {
        return switch (AnswerJson.read(Examples.coins(), utf8(json))) {
            case Parsed.Sound<Answer> sound -> List.of();
            case Parsed.Faulty<Answer>(var faults) ->
                faults.stream().map(Fault::pointer).toList();
        };
    }

    private static String lastMessage(byte[] json) {
        var faulty = (Parsed.Faulty<Answer>) AnswerJson.read(Examples.coins(), json);
        return faulty.faults().getLast().message();
    }

    @Test
    void readsTheContractsFormAndWritesItCanonically() {
        var answer = AnswerJson.read(Examples.coins(), utf8(SOUND)).orThrow();
        assertThat(answer)
                .isEqualTo(new Answer(
                        Map.of(
                                "fitness", new AnswerValue.Choice("a"),
                                "tags", new AnswerValue.Choices(new TreeSet<>(List.of("a", "b"))),
                                "note", new AnswerValue.Text("a"),
                                "age", new AnswerValue.Number(3.5),
                                "ok", new AnswerValue.Flag(true)),
                        List.of(new Shape(
                                "s1",
                                "coin",
                                new Box(1.5, 2, 10, 12),
                                Map.of("wear", new AnswerValue.Choice("worn"))))));
        assertThat(AnswerJson.write(answer))
                .asString()
                .isEqualTo(
                        "{\"answers\":{\"age\":3.5,\"fitness\":\"a\",\"note\":\"a\",\"ok\":true,\"tags\":[\"a\",\"b\"]},"
                                + "\"shapes\":[{\"attributes\":{\"wear\":\"worn\"},\"height\":12,\"id\":\"s1\",\"label\":\"coin\","
                                + "\"type\":\"box\",\"width\":10,\"x\":1.5,\"y\":2}]}");
    }

    @Test
    void readsBackEveryAnswerItWrites() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var answer = Examples.answer(random);
            var bytes = AnswerJson.write(answer);
            var back = AnswerJson.read(Examples.coins(), bytes).orThrow();
            assertThat(back).as("seed %d, round %d", seed, i).isEqualTo(answer);
            assertThat(AnswerJson.write(back)).as("seed %d, round %d", seed, i).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"answer\":{}}|/answer",
                "{\"answers\":[]}|/answers",
                "{\"answers\":{\"ghost\":1}}|/answers/ghost",
                "{\"answers\":{\"age\":\"3\"}}|/answers/age",
                "{\"answers\":{\"age\":NaN}}|/answers/age",
                "{\"answers\":{\"age\":-Infinity}}|/answers/age",
                "{\"answers\":{\"age\":1e999}}|/answers/age",
                "{\"answers\":{\"ok\":null}}|/answers/ok",
                "{\"answers\":{\"note\":{\"a\":1}}}|/answers/note",
                "{\"answers\":{\"tags\":\"a\"}}|/answers/tags",
                "{\"answers\":{\"tags\":[1]}}|/answers/tags/0",
                "{\"answers\":{\"tags\":[\"a\",\"a\"]}}|/answers/tags/1",
                "{\"answers\":{\"ok\":true,\"ok\":true}}|/answers/ok",
                "{\"answers\":{},\"answers\":{}}|/answers",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":NaN,\"y\":1,\"width\":1,\"height\":1}]}|/shapes/0/x",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":0,\"height\":1}]}|/shapes/0/width",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"blob\",\"x\":1,\"y\":1,\"width\":1,\"height\":1}]}|/shapes/0/type",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"ghost\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":1,\"height\":1}]}|/shapes/0/label",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":1,\"height\":1,\"z\":1}]}|/shapes/0/z",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":1}]}|/shapes/0/height",
                "{\"shapes\":[{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":1,\"height\":1,\"attributes\":{\"wear\":\"a\"}}]}|/shapes/0/attributes/wear",
                "{\"shapes\":[7]}|/shapes/0"
            })
    void namesThePlaceOfAFault(String json, String pointer) {
        assertThat(pointers(json)).containsExactly(pointer);
    }

    @Test
    void reportsAllFaultsInOneGo() {
        assertThat(pointers("{\"x\":1,\"answers\":{\"age\":\"3\",\"ok\":1},\"shapes\":[{}]}"))
                .containsExactly(
                        "/x",
                        "/shapes/0/id",
                        "/shapes/0/label",
                        "/shapes/0/type",
                        "/shapes/0/x",
                        "/shapes/0/y",
                        "/shapes/0/width",
                        "/shapes/0/height",
                        "/answers/age",
                        "/answers/ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{\"answers\":", "[", "{}{}", "{} x", "{'a':1}", "{\"a\":01}", "nul", "\"\\ud8\""})
    void refusesBrokenSyntax(String json) {
        assertThat(AnswerJson.read(Examples.coins(), utf8(json))).isInstanceOf(Parsed.Faulty.class);
    }

    @Test
    void refusesADocumentCutShortAnywhere() {
        var whole = utf8(SOUND);
        for (var length = 0; length < whole.length; length++) {
            assertThat(AnswerJson.read(Examples.coins(), Arrays.copyOf(whole, length)))
                    .as("the first %d bytes", length)
                    .isInstanceOf(Parsed.Faulty.class);
        }
    }

    @Test
    void survivesRandomDamage() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++) {
            var bytes = utf8(SOUND);
            for (var hits = 1 + random.nextInt(3); hits > 0; hits--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (AnswerJson.read(Examples.coins(), bytes) instanceof Parsed.Sound<Answer>(var answer)) {
                assertThat(AnswerJson.read(Examples.coins(), AnswerJson.write(answer)))
                        .as("seed %d, round %d", seed, i)
                        .isEqualTo(new Parsed.Sound<>(answer));
            }
        }
    }

    @Test
    void refusesDeepNestingOfAMegabyte() {
        assertThat(lastMessage(utf8("{\"answers\":" + "[".repeat(1 << 20)))).contains("deeper than 64");
        assertThat(lastMessage(utf8("{\"x\":" + "{\"a\":".repeat(1 << 18))).length())
                .isLessThan(200);
    }

    @Test
    void refusesTextsAndNumbersWithoutEnd() {
        assertThat(lastMessage(utf8("{\"answers\":{\"note\":\"" + "x".repeat(JsonReader.MAX_STRING + 1) + "\"}}")))
                .contains("too long");
        assertThat(lastMessage(utf8("{\"answers\":{\"age\":" + "1".repeat(1 << 20) + "}}")))
                .contains("too long");
        assertThat(lastMessage(utf8("{\"" + "x".repeat(1 << 20) + "\":1}"))).contains("too long");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        var bytes = utf8("{\"answers\":{\"note\":\"?\"}}");
        bytes[21] = (byte) 0xff;
        assertThat(AnswerJson.read(Examples.coins(), bytes)).isInstanceOf(Parsed.Faulty.class);
        var surrogates = new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', ':', '1', '}'};
        assertThat(AnswerJson.read(Examples.coins(), surrogates)).isInstanceOf(Parsed.Faulty.class);
    }

    @Test
    void stopsAtTheLimitOfShapes() {
        var shape = "{\"id\":\"s\",\"label\":\"medal\",\"type\":\"box\",\"x\":1,\"y\":1,\"width\":1,\"height\":1}";
        var shapes = (shape + ",").repeat(AnswerCheck.MAX_SHAPES) + shape;
        assertThat(pointers("{\"shapes\":[" + shapes + "," + shape + "]}")).containsExactly("/shapes");
    }
}
