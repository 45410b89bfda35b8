package io.etalon.formats.tables;

/** A column to be written. */
public record Field(String name, Type type) {
    /** What its cells are. */
    public enum Type {
        TEXT,
        NUMBER,
        /** Of 64 bits. */
        WHOLE_NUMBER
    }

    public static Field text(String name) {
        return new Field(name, Type.TEXT);
    }

    public static Field number(String name) {
        return new Field(name, Type.NUMBER);
    }

    /** For numbers that are names, which a fraction's 53 bits need not hold. */
    public static Field whole(String name) {
        return new Field(name, Type.WHOLE_NUMBER);
    }
}
