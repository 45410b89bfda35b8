package io.etalon.server.project;

import org.jspecify.annotations.Nullable;

/**
 * Where a question stands in an ontology: among those about the whole asset, or among a label's attributes.
 *
 * @param label whose attribute it is; null for a question about the whole asset
 */
record QuestionPlace(@Nullable String label, String question) {
    /** From {@code grade}, or {@code coin/wear} for the attribute of a label. */
    static QuestionPlace of(String text) {
        var cut = text.indexOf('/');
        return cut < 0
                ? new QuestionPlace(null, text)
                : new QuestionPlace(text.substring(0, cut), text.substring(cut + 1));
    }

    /** Its path in the ontology, by which its use is counted. */
    String key() {
        return label == null ? "questions/" + question : "labels/" + label + "/attributes/" + question;
    }

    String option(String id) {
        return key() + "/options/" + id;
    }

    /** As people and requests write it. */
    @Override
    public String toString() {
        return label == null ? question : label + "/" + question;
    }
}
