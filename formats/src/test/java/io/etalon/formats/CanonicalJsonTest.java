package io.etalon.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalJsonTest {
    /** RFC 8785, appendix B: IEEE 754 bits and the text. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0",
        "8000000000000000,0",
        "0000000000000001,5e-324",
        "8000000000000001,-5e-324",
        "7fefffffffffffff,1.7976931348623157e+308",
        "ffefffffffffffff,-1.7976931348623157e+308",
        "4340000000000000,9007199254740992",
        "c340000000000000,-9007199254740992",
        "4430000000000000,295147905179352830000",
        "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23",
        "44b52d02c7e14af7,1.0000000000000001e+23",
        "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef4f,999999999999999900000",
        "444b1ae4d6e2ef50,1e+21",
        "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001",
        "41b3de4355555553,333333333.3333332",
        "41b3de4355555554,333333333.33333325",
        "41b3de4355555555,333333333.3333333",
        "41b3de4355555556,333333333.3333334",
        "41b3de4355555557,333333333.33333343",
        "becbf647612f3696,-0.0000033333333333333333",
        "43143ff3c1cb0959,1424953923781206.2"
    })
    void writesNumbersAsTheSpecificationDoes(String bits, String text) {
        assertThat(CanonicalJson.number(Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16))))
                .isEqualTo(text);
    }

    @Test
    void writesNumbersThatReadBackToTheLastBit() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++) {
            var value = Examples.number(random) + 0.0;
            var text = CanonicalJson.number(value);
            assertThat(Double.parseDouble(text)).as("seed %d, %s", seed, text).isEqualTo(value);
        }
    }

    @Test
    void writesNumbersOfUsualSizeAsTheRuleDoes() {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 200_000; i++) {
            var value = Math.scalb(1 + random.nextDouble(), random.nextInt(-14, 26));
            var rounded = Math.rint(value * 1_000) / 1_000;
            for (var number : new double[] {value, rounded, -rounded, Math.nextUp(rounded), Math.nextDown(rounded)}) {
                if (number != 0) {
                    assertThat(CanonicalJson.number(number))
                            .as("seed %d, %s", seed, number)
                            .isEqualTo(CanonicalJson.numberByDigits(number));
                }
            }
        }
        for (var edge :
                new double[] {1e-3, Math.nextDown(1e-3), 1e7, Math.nextDown(1e7), Math.nextUp(1e7), 0.002, 1.5, 9.9}) {
            assertThat(CanonicalJson.number(edge)).isEqualTo(CanonicalJson.numberByDigits(edge));
        }
    }

    @Test
    void sortsMembersByUtf16UnitsAndEscapesOnlyWhatItMust() {
        // RFC 8785, section 3.2.3: the order of the example's keys.
        var members = Map.of(
                "\u20ac", new Json.Num(1),
                "\r", new Json.Num(2),
                "\ufb33", new Json.Num(3),
                "1", new Json.Num(4),
                "\ud83d\ude00", new Json.Num(5),
                "\u0080", new Json.Num(6),
                "\u00f6", new Json.Num(7));
        assertThat(CanonicalJson.text(Json.object(members)))
                .isEqualTo("{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}");
        assertThat(CanonicalJson.text(new Json.Str("\u20ac$\u000f\nA'B\"\\\\\"/\u007f")))
                .isEqualTo("\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\"");
        assertThat(CanonicalJson.text(new Json.Arr(List.of(Json.object(Map.of()), new Json.Arr(List.of())))))
                .isEqualTo("[{},[]]");
    }

    @Test
    void refusesWhatUtf8CannotCarry() {
        for (var text : List.of("\ud800", "\udc00", "a\ud800b", "\udc00\ud800")) {
            assertThatThrownBy(() -> CanonicalJson.bytes(new Json.Str(text)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
