package io.etalon.server.access;

import io.etalon.server.base.EtalonException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of what a request's body holds; each refusal points at its member. */
public final class Checks {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@\\p{Cntrl}]{1,64}@[^\\s@\\p{Cntrl}]{1,180}");

    private Checks() {}

    /** The refusal that names one member: {@code pointer} is a JSON pointer (RFC 6901). */
    public static EtalonException fault(String pointer, String message) {
        return EtalonException.invalidAt(pointer, message);
    }

    /** The value, when it is there. */
    public static <T> T required(@Nullable T value, String pointer) {
        if (value == null) {
            throw fault(pointer, "is missing");
        }
        return value;
    }

    /** The text without blanks around it, when it has 1 to {@code max} characters and none of them is a control. */
    public static String text(@Nullable String value, String pointer, int max) {
        var text = required(value, pointer).strip();
        if (text.isEmpty() || text.length() > max || text.codePoints().anyMatch(Character::isISOControl)) {
            throw fault(pointer, "must have 1 to " + max + " characters and no control characters");
        }
        return text;
    }

    /** A login name in its one form: lower case. */
    static String email(@Nullable String value, String pointer) {
        var email = required(value, pointer).strip().toLowerCase(Locale.ROOT);
        if (!EMAIL.matcher(email).matches()) {
            throw fault(pointer, "must look like name@example.org");
        }
        return email;
    }
}
