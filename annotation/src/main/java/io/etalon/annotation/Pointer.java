package io.etalon.annotation;

import org.jspecify.annotations.Nullable;

/**
 * A JSON pointer (RFC 6901) that grows downwards: where in a document a fault lies. Most documents have no fault, so that it
 * is spelled only when somebody asks for it. Immutable.
 */
public final class Pointer {
    /** The whole document. */
    public static final Pointer ROOT = new Pointer("");

    private final @Nullable Pointer parent;
    /** A member's name; null for an element of an array. */
    private final @Nullable String name;

    private final int index;

    private Pointer(@Nullable Pointer parent, @Nullable String name, int index) {
        this.parent = parent;
        this.name = name;
        this.index = index;
    }

    /** @param text the pointer as written, {@code ""} for the whole document */
    public Pointer(String text) {
        this(null, text, 0);
    }

    /** The member of this name. */
    public Pointer member(String name) {
        return new Pointer(this, name, 0);
    }

    /** The array element at this index, from 0. */
    public Pointer index(int index) {
        return new Pointer(this, null, index);
    }

    /** The pointer as written. */
    public String text() {
        return spelled(new StringBuilder()).toString();
    }

    private StringBuilder spelled(StringBuilder out) {
        if (parent == null) {
            return out.append(name);
        }
        parent.spelled(out).append('/');
        return name == null
                ? out.append(index)
                : out.append(name.replace("~", "~0").replace("/", "~1"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pointer that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    @Override
    public String toString() {
        return text();
    }
}
