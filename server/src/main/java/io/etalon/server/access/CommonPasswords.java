package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/**
 * The passwords that are used most, by published leaks: ten thousand of six characters or more, and those of twelve or more that
 * follow. Where they come from stands in NOTICE. Immutable.
 */
final class CommonPasswords {
    private static final int SHORTEST = 6;
    /** So many digits and signs around one of them do not make it another password. */
    private static final int MOST_AROUND = 6;

    private static final Set<String> LIST = read();

    private CommonPasswords() {}

    private static Set<String> read() {
        try (var bytes = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
            if (bytes == null) {
                throw new IllegalStateException("the list of common passwords is not on the class path");
            }
            return Set.copyOf(new String(bytes.readAllBytes(), UTF_8).lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }

    /** Whether a password is one of them, in any case: alone, with a few digits and signs around, or as two in a row. */
    static boolean hold(String password) {
        var lower = password.toLowerCase(Locale.ROOT);
        var bare = lower.replaceAll("^[^\\p{L}]+|[^\\p{L}]+$", "");
        return LIST.contains(lower)
                || (lower.length() - bare.length() <= MOST_AROUND && LIST.contains(bare))
                || isTwo(lower);
    }

    private static boolean isTwo(String lower) {
        for (var cut = SHORTEST; cut <= lower.length() - SHORTEST; cut++) {
            if (LIST.contains(lower.substring(0, cut)) && LIST.contains(lower.substring(cut))) {
                return true;
            }
        }
        return false;
    }
}
