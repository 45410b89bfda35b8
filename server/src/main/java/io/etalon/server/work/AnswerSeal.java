package io.etalon.server.work;

/** What binds an answer with free texts, sealed whole, to its row. */
public final class AnswerSeal {
    private AnswerSeal() {}

    /**
     * The context to seal and open it with.
     *
     * @param lease under which the answer was written: the annotator's, or the reviewer's when it was mended
     */
    public static String context(long lease) {
        return "answer " + lease;
    }
}
