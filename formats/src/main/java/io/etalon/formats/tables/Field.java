package io.etalon.formats.tables;

/**
 * A column to be written.
 *
 * @param number whether its cells are numbers, else they are texts
 */
public record Field(String name, boolean number) {
    public static Field text(String name) {
        return new Field(name, false);
    }

    public static Field number(String name) {
        return new Field(name, true);
    }
}
