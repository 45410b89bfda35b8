package io.etalon.formats;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON as in RFC 8785 (JSON Canonicalization Scheme): equal values have equal bytes. Members are sorted, no
 * white space, numbers as ECMAScript writes them, UTF-8. Hashes of annotations are taken over these bytes.
 */
public final class CanonicalJson {
    private CanonicalJson() {}

    /**
     * The canonical bytes.
     *
     * @throws IllegalArgumentException when a text has half of a surrogate pair, which UTF-8 cannot carry
     */
    public static byte[] bytes(Json value) {
        return text(value).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical text, without a line break. */
    public static String text(Json value) {
        var out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Json value, StringBuilder out) {
        switch (value) {
            case Json.Obj(var members) -> {
                var separator = "{";
                for (var member : members.entrySet()) {
                    out.append(separator);
                    string(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                    separator = ",";
                }
                out.append(members.isEmpty() ? "{}" : "}");
            }
            case Json.Arr(var elements) -> {
                var separator = "[";
                for (var element : elements) {
                    out.append(separator);
                    write(element, out);
                    separator = ",";
                }
                out.append(elements.isEmpty() ? "[]" : "]");
            }
            case Json.Str(var text) -> string(text, out);
            case Json.Num(var number) -> out.append(number(number));
            case Json.Bool(var flag) -> out.append(flag);
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var escape = escape(c);
            if (escape != null) {
                out.append(escape);
            } else if (!Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                throw new IllegalArgumentException("a text has half of a surrogate pair at " + i);
            }
        }
        out.append('"');
    }

    private static @Nullable String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            default -> c < 0x20 ? "\\u" + HexFormat.of().toHexDigits(c) : null;
        };
    }

    /**
     * A number as ECMAScript's Number::toString writes it (ECMA-262 section 6.1.6.1.20).
     *
     * @param value a finite number
     */
    public static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        var size = Math.abs(value);
        // There both languages write plain decimals, and no double is so coarse that one digit could name it by chance.
        return size >= 1e-3 && size < 1e7 ? Double.toString(value) : numberByDigits(value);
    }

    /** The rule itself, for every number but zero. */
    static String numberByDigits(double value) {
        var shortest = shortest(Math.abs(value));
        var digits = shortest.unscaledValue().toString();
        // The value is 0.digits x 10^point, that is ECMAScript's n.
        var point = digits.length() - shortest.scale();
        var out = new StringBuilder(value < 0 ? "-" : "");
        if (digits.length() <= point && point <= 21) {
            out.append(digits).repeat('0', point - digits.length());
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        } else if (-6 < point && point <= 0) {
            out.append("0.").repeat('0', -point).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append('e').append(point > 0 ? "+" : "-").append(Math.abs(point - 1));
        }
        return out.toString();
    }

    /**
     * The shortest decimal that reads back as the value. {@link Double#toString} gives it (JDK 19 and later) but for
     * numbers that one digit can name: there it prefers the closer one of two digits, such as 4.9E-324 for 5e-324.
     */
    private static BigDecimal shortest(double value) {
        var decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (decimal.precision() != 2) {
            return decimal;
        }
        var exact = new BigDecimal(value);
        var unit = BigDecimal.ONE.scaleByPowerOfTen(1 - decimal.scale());
        var below = decimal.divideToIntegralValue(unit).multiply(unit);
        var above = below.add(unit);
        var best = decimal;
        for (var candidate : new BigDecimal[] {below, above}) {
            if (candidate.doubleValue() == value
                    && (best == decimal
                            || candidate
                                            .subtract(exact)
                                            .abs()
                                            .compareTo(best.subtract(exact).abs())
                                    < 0)) {
                best = candidate;
            }
        }
        return best.stripTrailingZeros();
    }
}
