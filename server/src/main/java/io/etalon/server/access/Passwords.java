package io.etalon.server.access;

import io.etalon.annotation.Fault;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Argon2id with the first set of parameters of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Only
 * as many hashes run at once as there are processors, so that a storm of sign-ins costs time and not the heap.
 * Thread-safe.
 */
final class Passwords {
    static final int MIN_LENGTH = 12;
    static final int MAX_LENGTH = 200;
    private static final int MIN_DIFFERENT = 5;
    /** Stands in the guide for operators, too. */
    private static final List<String> WORDS = List.of(
            "etalon",
            "password",
            "passwort",
            "annotator",
            "annotation",
            "requester",
            "reviewer",
            "operator",
            "label",
            "labeling",
            "labelling");

    private static final int SHORTEST_WORD = 4;
    /** Characters that must be left beside such words. */
    private static final int MIN_REST = 6;

    private static final int MEMORY_KIB = 19_456;

    private final Argon2PasswordEncoder encoder = new Argon2PasswordEncoder(16, 32, 1, MEMORY_KIB, 2);
    private final Semaphore running =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()));
    // What an unknown account is compared with, so that it takes as long as a known one.
    private final String nobody = hash("no account has this one");

    String hash(String password) {
        return guarded(() -> encoder.encode(password));
    }

    /** Whether the password is the one that was hashed; a missing hash takes as long and is false. */
    boolean matches(String password, @Nullable String hash) {
        var candidate = password.length() > MAX_LENGTH ? "" : password;
        var equal = guarded(() -> encoder.matches(candidate, hash == null ? nobody : hash));
        return equal && hash != null;
    }

    /**
     * Checks a new password: 12 to 200 characters, at least five different ones, none of those that are used most, and at least
     * six beside the words of its account and of this product.
     *
     * @throws EtalonException invalid, pointing at {@code /password}
     */
    static void check(@Nullable String password, String email) {
        var message = fault(password == null ? "" : password, email);
        if (message != null) {
            throw EtalonException.withFaults(
                    ErrorCode.INVALID,
                    "The password is not good enough: it " + message + ".",
                    List.of(new Fault("/password", message)));
        }
    }

    private static @Nullable String fault(String password, String email) {
        var length = password.codePointCount(0, password.length());
        if (length < MIN_LENGTH || password.length() > MAX_LENGTH) {
            return "must have " + MIN_LENGTH + " to " + MAX_LENGTH + " characters";
        }
        if (password.codePoints().distinct().count() < MIN_DIFFERENT) {
            return "must have at least " + MIN_DIFFERENT + " different characters";
        }
        if (CommonPasswords.hold(password)) {
            return "must not be one of the passwords that are used most, nor one with a few characters more";
        }
        return isMadeOfWords(password.toLowerCase(Locale.ROOT), email.toLowerCase(Locale.ROOT))
                ? "must not be made of the e-mail address or this product's words"
                : null;
    }

    /** Whether little is left of a password without the words that an attacker of this product tries first. */
    private static boolean isMadeOfWords(String password, String email) {
        var rest = password;
        var words = new ArrayList<>(List.of(email));
        words.addAll(List.of(email.split("[@.+_-]", -1)));
        words.addAll(WORDS);
        words.sort(Comparator.comparing(String::length).reversed());
        for (var word : words) {
            rest = word.length() < SHORTEST_WORD ? rest : rest.replace(word, "");
        }
        return rest.length() < MIN_REST && rest.length() < password.length();
    }

    private <T> T guarded(Supplier<T> work) {
        running.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            running.release();
        }
    }
}
