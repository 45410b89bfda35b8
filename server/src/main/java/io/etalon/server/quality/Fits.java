package io.etalon.server.quality;

import io.etalon.annotation.Question;
import io.etalon.quality.truth.Consensus;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a method makes of the votes on every choice, to be asked case by case. Immutable; thread-safe. */
final class Fits {
    private final Votes.Order order;
    private final List<Choice> choices;

    Fits(Votes.Order order, List<Choice> choices) {
        this.order = order;
        this.choices = choices;
    }

    /**
     * One choice with its consensus.
     *
     * @param consensus its tasks and classes are numbers; none without a judgement
     * @param numbers of each asset, in their order, its task in the consensus; -1 when nobody judged it
     */
    record Choice(ChoiceItem item, Optional<Consensus> consensus, int[] numbers) {}

    /**
     * What is known of a case on one choice.
     *
     * @param winner empty when classes tie
     */
    record Posterior(Optional<String> winner, double confidence, SortedMap<String, Double> byClass) {}

    /** One choice of a question on one case. */
    record Found(ChoiceItem item, Optional<Posterior> posterior) {}

    /** The choices of a question: none, one, or one an option. */
    List<Found> on(Question question, Evidence.Case about) {
        var asset = order.find(about);
        return choices.stream()
                .filter(choice -> choice.item().question().equals(question.id()))
                .map(choice -> new Found(choice.item(), on(choice, asset)))
                .toList();
    }

    private static Optional<Posterior> on(Choice choice, int asset) {
        return asset < 0 || choice.numbers()[asset] < 0
                ? Optional.empty()
                : choice.consensus().map(known -> posterior(choice.item(), known, choice.numbers()[asset]));
    }

    private static Posterior posterior(ChoiceItem item, Consensus known, int task) {
        var byClass = new TreeMap<String, Double>();
        for (var label = 0; label < item.classes().size(); label++) {
            byClass.put(item.classes().get(label), known.posterior(task, label));
        }
        var candidates = known.best(task).candidates();
        var winner = candidates.size() == 1
                ? Optional.of(item.classes().get(Integer.parseInt(candidates.getFirst())))
                : Optional.<String>empty();
        return new Posterior(winner, known.confidence(task), byClass);
    }
}
