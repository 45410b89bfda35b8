package io.etalon.server.quality;

import io.etalon.annotation.QuestionType;
import io.etalon.quality.choice.TruthMethod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A project's quality at one moment.
 *
 * @param boxes empty when the ontology has no labels
 */
public record QualityReport(
        List<ChoiceQuality> choices, List<Excluded> excluded, Optional<BoxQuality> boxes, Instant computedAt) {

    /**
     * A question without agreement and skill, or what answers say that the ontology has no more.
     *
     * @param question its id; of what is gone a label's id, or the path of a question or an option
     * @param type of a question; of what is gone {@code label}, {@code question} or {@code option}
     * @param judgements how many answers it has
     * @param summary what the consensus takes instead; {@code left_aside} when nothing
     * @param reason why it has no such figures
     */
    public record Excluded(String question, String type, int judgements, String summary, String reason) {}

    /** Computes everything; a matter of seconds for a hundred thousand judgements. */
    public static QualityReport of(Evidence evidence, Instant now) {
        var choices = ChoiceItem.of(evidence.ontology()).stream()
                .map(item -> ChoiceQuality.of(item, evidence))
                .toList();
        Optional<BoxQuality> boxes = evidence.ontology().hasShapes()
                ? Optional.of(BoxQuality.of(evidence, ConsensusBook.of(evidence, TruthMethod.MAJORITY)))
                : Optional.empty();
        return new QualityReport(choices, excluded(evidence), boxes, now);
    }

    private static List<Excluded> excluded(Evidence evidence) {
        var excluded = new ArrayList<Excluded>();
        for (var question : evidence.ontology().questions()) {
            var judgements = (int) evidence.answers().stream()
                    .filter(given -> given.effective().answers().containsKey(question.id()))
                    .count();
            if (question.type() == QuestionType.NUMBER) {
                excluded.add(new Excluded(
                        question.id(),
                        "number",
                        judgements,
                        "median",
                        "Numbers have no classes, so that there are no error rates; the median stands."));
            } else if (question.type() == QuestionType.TEXT) {
                excluded.add(new Excluded(
                        question.id(),
                        "text",
                        judgements,
                        "majority",
                        "Free texts are seldom alike to the letter; one stands when more than half gave it."));
            }
        }
        excluded.addAll(Orphans.of(evidence));
        return excluded;
    }
}
