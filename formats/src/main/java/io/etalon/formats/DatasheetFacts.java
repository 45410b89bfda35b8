package io.etalon.formats;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts that a datasheet of a release states.
 *
 * @param release number of the release, from 1
 * @param date day of the release, ISO 8601
 * @param purpose why the data set was made, in the requester's words
 * @param assets how many assets it has
 * @param shapes how many shapes they carry
 * @param answersByClass how often each label class or option was given, by its path in the ontology
 * @param ontologyVersion version of the ontology
 * @param guidelineVersion version of the guidelines
 * @param people who annotated
 * @param method how several answers became one
 * @param agreement the agreement measured, one entry a question
 * @param accuracy the accuracy measured on gold tasks, null when none was measured
 * @param licence licence of the data set, an SPDX expression where one exists
 * @param limits what the data set is not good for
 */
public record DatasheetFacts(
        String title,
        int release,
        String date,
        String purpose,
        long assets,
        long shapes,
        Map<String, Long> answersByClass,
        int ontologyVersion,
        int guidelineVersion,
        People people,
        String method,
        List<Agreement> agreement,
        @Nullable Accuracy accuracy,
        String licence,
        List<String> limits) {
    /** Who annotated: how many people of which workforces, how many annotations an asset. */
    public record People(int annotators, int reviewers, List<String> workforces, double annotationsPerAsset) {
        public People {
            workforces = List.copyOf(workforces);
        }
    }

    /** A measure of agreement on one question, for example Krippendorff's alpha. */
    public record Agreement(String question, String measure, double value, Interval interval) {}

    /** The share of gold tasks answered rightly. */
    public record Accuracy(double value, Interval interval, long goldTasks) {}

    /** An interval that covers the true value with the given probability, for example 0.95. */
    public record Interval(double low, double high, double coverage) {}

    public DatasheetFacts {
        answersByClass = Map.copyOf(answersByClass);
        agreement = List.copyOf(agreement);
        limits = List.copyOf(limits);
    }
}
