package io.etalon.server.quality;

import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.quality.truth.Consensus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        var choices = new HashMap<String, List<Choice>>();
        for (var question : evidence.ontology().questions()) {
            choices.put(
                    question.id(),
                    ChoiceItem.of(question).stream()
                            .map(item -> Choice.of(item, evidence, method))
                            .toList());
        }
        var entries = new ArrayList<Entry>();
        for (var about : evidence.cases()) {
            var merged = about.task().merged();
            if (merged != null) {
                entries.add(Adjudicated.entry(about, merged.answer(), evidence.ontology()));
                continue;
            }
            var answers = new TreeMap<String, Settled>();
            for (var question : evidence.ontology().questions()) {
                settle(question, about, choices.getOrDefault(question.id(), List.of()))
                        .ifPresent(settled -> answers.put(question.id(), settled));
            }
            var shapes = FusedShape.fuse(about.task(), evidence.ontology());
            entries.add(new Entry(about, answers, shapes));
        }
        return new ConsensusBook(method, entries);
    }

    private static Optional<Settled> settle(Question question, Evidence.Case about, List<Choice> choices) {
        return switch (question.type()) {
            case CHOICE -> choices.getFirst().on(about).map(p -> single(question.type(), p));
            case BOOLEAN -> choices.getFirst().on(about).map(p -> single(question.type(), p));
            case MULTI_CHOICE -> several(about, choices);
            case NUMBER, TEXT ->
                Plain.settle(about.task().answers().stream()
                        .map(given -> given.effective().answers().get(question.id()))
                        .filter(value -> value != null && value.type() == question.type())
                        .map(value -> (AnswerValue) value)
                        .toList());
        };
    }

    private static Settled single(QuestionType type, Posterior posterior) {
        var winner = posterior
                .winner()
                .map(id -> type == QuestionType.BOOLEAN
                        ? (AnswerValue) new AnswerValue.Flag(id.equals(ChoiceItem.YES))
                        : new AnswerValue.Choice(id));
        return new Settled(winner, Optional.of(posterior.confidence()), posterior.byClass());
    }

    private static Optional<Settled> several(Evidence.Case about, List<Choice> options) {
        var chosen = new TreeSet<String>();
        var posterior = new TreeMap<String, Double>();
        var confidence = 1.0;
        var tie = false;
        for (var option : options) {
            var found = option.on(about);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            var id = Optional.ofNullable(option.item.option()).orElseThrow();
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

    private record Posterior(Optional<String> winner, double confidence, SortedMap<String, Double> byClass) {}

    /** A choice item with its consensus; none without a judgement. */
    private record Choice(ChoiceItem item, Optional<Consensus> consensus) {
        static Choice of(ChoiceItem item, Evidence evidence, TruthMethod method) {
            var labels = item.labels(evidence, GivenAnswer::effective).anonymous();
            return new Choice(item, labels.size() == 0 ? Optional.empty() : Optional.of(method.fit(labels)));
        }

        Optional<Posterior> on(Evidence.Case about) {
            return consensus.flatMap(known -> {
                var task = known.labels().taskIndex(about.name());
                return task.isEmpty() ? Optional.empty() : Optional.of(posterior(known, task.getAsInt()));
            });
        }

        private static Posterior posterior(Consensus known, int task) {
            var byClass = new TreeMap<String, Double>();
            for (var label = 0; label < known.labels().classes().size(); label++) {
                byClass.put(known.labels().classes().get(label), known.posterior(task, label));
            }
            var candidates = known.best(task).candidates();
            var winner = candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.<String>empty();
            return new Posterior(winner, known.confidence(task), byClass);
        }
    }

    /** How many answers name a question, option or label that the newest ontology no longer has, and are left aside. */
    public static int answersLeftAside(Evidence evidence) {
        var items = ChoiceItem.of(evidence.ontology());
        Map<String, QuestionType> types = new HashMap<>();
        evidence.ontology().questions().forEach(question -> types.put(question.id(), question.type()));
        var count = 0;
        for (var given : evidence.answers()) {
            var strangers = given.effective().answers().entrySet().stream().anyMatch(entry -> {
                var type = types.get(entry.getKey());
                return type != entry.getValue().type()
                        || type == QuestionType.CHOICE
                                && items.stream()
                                        .filter(item -> item.question().equals(entry.getKey()))
                                        .noneMatch(item ->
                                                item.chosen(given.effective()).isPresent());
            });
            var shapes = given.effective().shapes().size();
            count += strangers
                            || Boxes.of(given.effective(), evidence.ontology()).size() < shapes
                    ? 1
                    : 0;
        }
        return count;
    }
}
