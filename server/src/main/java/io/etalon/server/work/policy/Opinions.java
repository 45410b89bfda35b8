package io.etalon.server.work.policy;

import io.etalon.quality.stopping.RedundancyRule;
import java.util.HashMap;
import java.util.List;

/**
 * What several people answered to one task's questions with options.
 *
 * @param questions each question that somebody answered
 */
public record Opinions(List<Question> questions) {
    public Opinions {
        questions = List.copyOf(questions);
    }

    /**
     * One question.
     *
     * @param options how many it has, at least 2
     * @param answers each annotator's option
     */
    public record Question(int options, List<String> answers) {
        public Question {
            if (options < 2) {
                throw new IllegalArgumentException("a question has two options or more, got " + options);
            }
            answers = List.copyOf(answers);
        }

        /** The share of the most frequent option. */
        double agreement() {
            return (double) votes().stream().mapToInt(v -> v).max().orElse(0) / Math.max(1, answers.size());
        }

        /** The posterior of the best option, each annotator being right with this probability. */
        double confidence(double accuracy) {
            // A vote multiplies an option's odds against any other by this.
            var step = StrictMath.log(accuracy * (options - 1) / (1 - accuracy));
            var votes = votes();
            var silent = options - votes.size();
            var best = votes.stream().mapToDouble(n -> n * step).max().orElse(0);
            best = silent > 0 ? Math.max(best, 0) : best;
            var sum = silent * StrictMath.exp(-best);
            for (var n : votes) {
                sum += StrictMath.exp(n * step - best);
            }
            return 1 / sum;
        }

        private List<Integer> votes() {
            var votes = new HashMap<String, Integer>();
            answers.forEach(option -> votes.merge(option, 1, Integer::sum));
            return List.copyOf(votes.values());
        }
    }

    /**
     * How many answers the task needs, by {@link RedundancyRule}: fewer than planned when it is certain, one more than it
     * has when it is not, and otherwise as many as before.
     *
     * @param given answers it has
     * @param needed answers it needs up to now
     */
    public int needed(QueuePolicy.Adaptive rule, int given, int needed) {
        if (questions.isEmpty()) {
            return needed;
        }
        var agreed = rule.agreement() == null
                || questions.stream().allMatch(question -> question.agreement() >= rule.agreement());
        var accuracy = rule.accuracy();
        var confidence = rule.confidence();
        var decision = RedundancyRule.Decision.STOP_BUDGET;
        if (accuracy != null && confidence != null) {
            var least = questions.stream()
                    .mapToDouble(question -> question.confidence(accuracy))
                    .min()
                    .orElse(0);
            decision = new RedundancyRule(confidence, rule.minimum(), rule.maximum()).decide(least, given);
        }
        if (given < needed) {
            return decision == RedundancyRule.Decision.STOP_CONFIDENT && agreed ? given : needed;
        }
        var doubtful = !agreed || decision == RedundancyRule.Decision.ASK;
        return doubtful && given < rule.maximum() ? given + 1 : needed;
    }
}
