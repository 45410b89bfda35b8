package io.etalon.formats.tables;

/**
 * A column to be written.
 *
 * @param repeats whether cells are often alike, so that a dictionary of them is worth keeping where there can be one
 */
public record Field(String name, Type type, boolean repeats) {
    /** What its cells are. */
    public enum Type {
        TEXT,
        NUMBER,
        /** Of 64 bits. */
        WHOLE_NUMBER
    }

    public static Field text(String name) {
        return new Field(name, Type.TEXT, true);
    }

    public static Field number(String name) {
        return new Field(name, Type.NUMBER, true);
    }

    /** For numbers that are names, which a fraction's 53 bits need not hold. */
    public static Field whole(String name) {
        return new Field(name, Type.WHOLE_NUMBER, true);
    }

    /** The same column, in which hardly two cells are alike. */
    public Field distinct() {
        return new Field(name, type, false);
    }
}
