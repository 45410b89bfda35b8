package io.etalon.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.JsonValue.JsonArray;
import io.etalon.ledger.JsonValue.JsonBoolean;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonNull;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String canonical(String json) {
        return new String(CanonicalJson.write(CanonicalJson.read(utf8(json))), StandardCharsets.UTF_8);
    }

    /** The string and literals of RFC 8785, section 3.2.2 (without its fractional numbers). */
    @Test
    void spellsTheExampleOfTheRfc() {
        var json = """
                { "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false] }""";
        assertThat(canonical(json))
                .isEqualTo("{\"literals\":[null,true,false],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    /** The sorting example of RFC 8785, section 3.2.3: by UTF-16 code units, so a surrogate pair stands before U+FB33. */
    @Test
    void sortsMembersByCodeUnits() {
        var json = """
                {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                 "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
                 "\\u00f6": "Latin Small Letter O With Diaeresis"}""";
        assertThat(canonical(json)).matches("(?s)\\{\"\\\\r\".*\"1\".*\"\u0080\".*\"ö\".*\"€\".*\"😀\".*\"\ufb33\".*");
    }

    @Test
    void refusesWhatCouldBeReadTwoWays() {
        assertThatThrownBy(() -> CanonicalJson.read(utf8("{\"a\":1,\"\\u0061\":2}")))
                .hasMessage("the member «a» at character 7 is a duplicate");
        assertThatThrownBy(() -> CanonicalJson.read(utf8("[1.5]")))
                .hasMessageContaining("no fractions")
                .hasMessageContaining("character 1");
        assertThatThrownBy(() -> CanonicalJson.read(utf8("[1e3]"))).hasMessageContaining("no fractions");
        assertThatThrownBy(() -> CanonicalJson.read(utf8("9007199254740993"))).hasMessageContaining("2^53");
        assertThatThrownBy(() -> CanonicalJson.read(utf8("\"\\ud800\""))).hasMessageContaining("lone surrogate");
        assertThatThrownBy(() -> CanonicalJson.read(utf8("[".repeat(66) + "]".repeat(66))))
                .hasMessageContaining("64 deep");
        for (var bad : List.of(
                "",
                "-",
                "01",
                "-0",
                "+1",
                "tru",
                "nul",
                "[1,]",
                "{\"a\":}",
                "{a:1}",
                "[1 2]",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u00g0\"",
                "1 1",
                "NaN",
                "{\"a\":1,}",
                "\ufeff1",
                "99999999999999999999",
                "[1",
                "{\"a\"",
                "\"\\")) {
            assertThatThrownBy(() -> CanonicalJson.read(utf8(bad))).as(bad).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void readCanonicalNamesTheFirstByteThatDiffers() {
        assertThat(CanonicalJson.readCanonical(utf8("{\"a\":1}")))
                .isEqualTo(JsonObject.builder().put("a", 1).build());
        assertThatThrownBy(() -> CanonicalJson.readCanonical(utf8("{\"a\": 1}")))
                .hasMessageEndingWith("from byte 5");
        assertThatThrownBy(() -> CanonicalJson.readCanonical(utf8("{\"b\":1,\"a\":1}")))
                .hasMessageEndingWith("from byte 2");
        assertThatThrownBy(() -> CanonicalJson.readCanonical(utf8("1\n"))).hasMessageEndingWith("from byte 1");
    }

    @Test
    void readsBackWhatItWrote() {
        var seed = 8785L;
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++) {
            var value = value(random, 4);
            assertThat(CanonicalJson.readCanonical(CanonicalJson.write(value))).isEqualTo(value);
        }
    }

    private static JsonValue value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> new JsonNull();
            case 1 -> new JsonBoolean(random.nextBoolean());
            case 2 -> new JsonInteger(random.nextLong(-JsonValue.MAX_INTEGER, JsonValue.MAX_INTEGER + 1));
            case 3 -> new JsonString(string(random));
            case 4 -> {
                var values = new ArrayList<JsonValue>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    values.add(value(random, depth - 1));
                }
                yield new JsonArray(values);
            }
            default -> {
                var members = new HashMap<String, JsonValue>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    members.put(string(random), value(random, depth - 1));
                }
                yield new JsonObject(members);
            }
        };
    }

    private static String string(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(6); i > 0; i--) {
            var c = random.nextInt(4) == 0 ? random.nextInt(0x11_0000) : random.nextInt(0x80);
            text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? '?' : c);
        }
        return text.toString();
    }
}
