package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.etalon.server.base.Ids;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * How a key is written: {@code etk_}, 30 random characters of base 62 (178 bits), and a checksum of six, so that a
 * scanner tells a leaked key from noise without asking. The checksum is GitHub's: the CRC-32 of the 30 characters in
 * base 62 with digits {@code 0-9A-Za-z}.
 */
final class ApiKeyFormat {
    static final String PREFIX = "etk_";
    static final int RANDOM = 30;
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final Pattern FORM = Pattern.compile("etk_[0-9A-Za-z]{36}");
    private static final int LARGEST_FAIR_BYTE = 256 / 62 * 62;

    private ApiKeyFormat() {}

    static String make(Ids ids) {
        var random = new StringBuilder(RANDOM);
        while (random.length() < RANDOM) {
            for (var b : ids.bytes(RANDOM)) {
                var value = b & 0xFF;
                // Bytes beyond the last full round would favour the first digits.
                if (value < LARGEST_FAIR_BYTE && random.length() < RANDOM) {
                    random.append(DIGITS.charAt(value % DIGITS.length()));
                }
            }
        }
        return PREFIX + random + checksum(random.toString());
    }

    static boolean isWellFormed(String key) {
        if (!FORM.matcher(key).matches()) {
            return false;
        }
        var random = key.substring(PREFIX.length(), PREFIX.length() + RANDOM);
        return key.endsWith(checksum(random));
    }

    static String checksum(String random) {
        var crc = new CRC32();
        crc.update(random.getBytes(US_ASCII));
        var rest = crc.getValue();
        var digits = new char[6];
        for (var i = digits.length - 1; i >= 0; i--) {
            digits[i] = DIGITS.charAt((int) (rest % DIGITS.length()));
            rest /= DIGITS.length();
        }
        return new String(digits);
    }
}
