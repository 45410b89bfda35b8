package io.etalon.annotation;

/**
 * The shape of ids. Ids of labels, questions and options are chosen once and never change: they match
 * {@code [a-z0-9][a-z0-9_-]{0,63}}. Ids of shapes are made by the desk: they match {@code [A-Za-z0-9_-]{1,64}}.
 */
public final class Ids {
    /** The longest id, in characters. */
    public static final int MAX_LENGTH = 64;

    private Ids() {}

    /** Whether the text can be the id of a label, a question or an option. */
    public static boolean isId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !isLowerOrDigit(text.charAt(0))) {
            return false;
        }
        return text.chars().allMatch(c -> isLowerOrDigit(c) || c == '_' || c == '-');
    }

    /** Whether the text can be the id of a shape. */
    public static boolean isShapeId(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        return text.chars().allMatch(c -> isLowerOrDigit(c) || c >= 'A' && c <= 'Z' || c == '_' || c == '-');
    }

    private static boolean isLowerOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }
}
