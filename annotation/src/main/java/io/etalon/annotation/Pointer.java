package io.etalon.annotation;

/**
 * A JSON pointer (RFC 6901) that grows downwards: where in a document a fault lies.
 *
 * @param text the pointer as written, {@code ""} for the whole document
 */
public record Pointer(String text) {
    /** The whole document. */
    public static final Pointer ROOT = new Pointer("");

    /** The member of this name. */
    public Pointer member(String name) {
        return new Pointer(text + "/" + name.replace("~", "~0").replace("/", "~1"));
    }

    /** The array element at this index, from 0. */
    public Pointer index(int index) {
        return new Pointer(text + "/" + index);
    }

    @Override
    public String toString() {
        return text;
    }
}
