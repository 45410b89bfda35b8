package io.etalon.annotation;

/** What draws a shape. */
public enum Tool {
    /** An axis-parallel rectangle, a {@link Box}. */
    BOX
}
