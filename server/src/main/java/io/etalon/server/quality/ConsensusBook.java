package io.etalon.server.quality;

import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.quality.choice.TruthMethod;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the answers in effect add up to, asset by asset, in the order of the evidence.
 *
 * <p>Choices, yes-or-no questions and each option of a multiple choice are settled by the method; a number is the median
 * of what people gave; a text stands when more than half of the people gave it; boxes are fused class by class
 * ({@link FusedShape}). Where an adjudicator made the answers into one, that one stands as it is. Equal evidence gives an
 * equal book to the last bit, whatever the names and the order of people.
 */
public record ConsensusBook(TruthMethod method, List<Entry> items) {
    public ConsensusBook {
        items = List.copyOf(items);
    }

    /**
     * The consensus on one asset.
     *
     * @param answers by question id; a question that nobody answered is absent
     */
    public record Entry(Evidence.Case about, SortedMap<String, Settled> answers, List<FusedShape> shapes) {
        /** Whether an adjudicator settled it, and no method. */
        public boolean adjudicated() {
            return about.task().merged() != null;
        }

        /** Whether anything is settled: a question has a value, or the drawn picture was looked at. */
        public boolean says(boolean drawn) {
            var looked = !about.task().answers().isEmpty();
            return looked
                    && (drawn
                            || answers.values().stream().anyMatch(s -> s.value().isPresent()));
        }
    }

    /**
     * What is settled on one question.
     *
     * @param value empty when classes tie, or when no text has a majority
     * @param confidence highest probability as the method sees it; of a multiple choice that of its least certain option;
     *     of a text the share of people who gave it; empty for a number
     * @param posterior probability by class; of a multiple choice the probability that an option is chosen, by option
     */
    public record Settled(
            Optional<AnswerValue> value, Optional<Double> confidence, SortedMap<String, Double> posterior) {}

    /** Settles everything. */
    public static ConsensusBook of(Evidence evidence, TruthMethod method) {
        var votes = new Votes(evidence.ontology());
        evidence.cases().forEach(votes::add);
        var fits = votes.fit(method);
        return new ConsensusBook(
                method,
                evidence.cases().stream()
                        .map(about -> entry(about, evidence.ontology(), fits))
                        .toList());
    }

    /** Settles one asset by what the method learnt from all. */
    static Entry entry(Evidence.Case about, Ontology ontology, Fits fits) {
        var merged = about.task().merged();
        if (merged != null) {
            return Adjudicated.entry(about, merged.answer(), ontology);
        }
        var answers = new TreeMap<String, Settled>();
        for (var question : ontology.questions()) {
            settle(question, about, fits).ifPresent(settled -> answers.put(question.id(), settled));
        }
        return new Entry(about, answers, FusedShape.fuse(about.task(), ontology));
    }

    private static Optional<Settled> settle(Question question, Evidence.Case about, Fits fits) {
        return switch (question.type()) {
            case CHOICE, BOOLEAN ->
                fits.on(question, about).getFirst().posterior().map(p -> single(question.type(), p));
            case MULTI_CHOICE -> several(fits.on(question, about));
            case NUMBER, TEXT ->
                Plain.settle(about.task().answers().stream()
                        .map(given -> given.effective().answers().get(question.id()))
                        .filter(value -> value != null && value.type() == question.type())
                        .map(value -> (AnswerValue) value)
                        .toList());
        };
    }

    private static Settled single(QuestionType type, Fits.Posterior posterior) {
        var winner = posterior
                .winner()
                .map(id -> type == QuestionType.BOOLEAN
                        ? (AnswerValue) new AnswerValue.Flag(id.equals(ChoiceItem.YES))
                        : new AnswerValue.Choice(id));
        return new Settled(winner, Optional.of(posterior.confidence()), posterior.byClass());
    }

    private static Optional<Settled> several(List<Fits.Found> options) {
        var chosen = new TreeSet<String>();
        var posterior = new TreeMap<String, Double>();
        var confidence = 1.0;
        var tie = false;
        for (var option : options) {
            var found = option.posterior();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var id = Optional.ofNullable(option.item().option()).orElseThrow();
            var p = found.get();
            posterior.put(id, p.byClass().getOrDefault(ChoiceItem.YES, 0.0));
            confidence = Math.min(confidence, p.confidence());
            tie |= p.winner().isEmpty();
            if (p.winner().filter(ChoiceItem.YES::equals).isPresent()) {
                chosen.add(id);
            }
        }
        Optional<AnswerValue> value = tie ? Optional.empty() : Optional.of(new AnswerValue.Choices(chosen));
        return options.isEmpty()
                ? Optional.empty()
                : Optional.of(new Settled(value, Optional.of(confidence), posterior));
    }

    /** How many answers name a question, option or label that the newest ontology no longer has, and are left aside. */
    public static int answersLeftAside(Evidence evidence) {
        return (int) evidence.answers().stream()
                .filter(given ->
                        !Orphans.in(given.effective(), evidence.ontology()).isEmpty())
                .count();
    }
}
