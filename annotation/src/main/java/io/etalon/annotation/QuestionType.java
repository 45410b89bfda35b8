package io.etalon.annotation;

/** The kind of answer that a question takes. */
public enum QuestionType {
    /** Exactly one option. */
    CHOICE,
    /** Any number of options. */
    MULTI_CHOICE,
    /** Free text. */
    TEXT,
    /** A finite number. */
    NUMBER,
    /** Yes or no. */
    BOOLEAN;

    /** Whether questions of this type list options. */
    public boolean hasOptions() {
        return switch (this) {
            case CHOICE, MULTI_CHOICE -> true;
            case TEXT, NUMBER, BOOLEAN -> false;
        };
    }
}
