package io.etalon.ranking.judge;

import io.etalon.quality.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Criteria with points, those below 0 being faults (the scheme of HealthBench, R. Arora et al., arXiv 2505.08775).
 *
 * @param criteria one or more; some must have points above 0
 */
public record Rubric(List<Criterion> criteria) {
    public Rubric {
        criteria = List.copyOf(criteria);
        if (criteria.stream().noneMatch(c -> c.points > 0)) {
            throw new IllegalArgumentException("a rubric needs a criterion with points above 0");
        }
    }

    /** What is asked of an answer, and what it is worth. */
    public record Criterion(String text, double points) {
        public Criterion {
            if (!Double.isFinite(points)) {
                throw new IllegalArgumentException("points must be finite, got " + points);
            }
        }
    }

    /**
     * Points of the criteria met, over the sum of those above 0: 1 at best, below 0 when faults outweigh.
     *
     * @throws IllegalArgumentException unless there is one mark for each criterion
     */
    public double score(List<Boolean> met) {
        requireMarks(met.size());
        var reached = 0.0;
        var possible = 0.0;
        for (var i = 0; i < criteria.size(); i++) {
            var points = criteria.get(i).points;
            possible += Math.max(0, points);
            reached += met.get(i) ? points : 0;
        }
        return reached / possible;
    }

    /** Mean of scores, cut to between 0 and 1 after averaging; empty without scores. */
    public static Optional<Double> mean(List<Double> scores) {
        return scores.isEmpty()
                ? Optional.empty()
                : Optional.of(Math.clamp(
                        scores.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElseThrow(),
                        0.0,
                        1.0));
    }

    /**
     * How often each criterion is met, and how far a rater agrees with the reference on it.
     *
     * @param rater a list of marks for each answer
     * @param reference the marks to be compared with, of the same answers
     */
    public List<Report> compare(List<List<Boolean>> rater, List<List<Boolean>> reference) {
        if (rater.size() != reference.size() || rater.isEmpty()) {
            throw new IllegalArgumentException(
                    rater.size() + " answers marked by the rater, " + reference.size() + " by the reference");
        }
        rater.forEach(marks -> requireMarks(marks.size()));
        reference.forEach(marks -> requireMarks(marks.size()));
        var reports = new ArrayList<Report>();
        for (var i = 0; i < criteria.size(); i++) {
            var criterion = i;
            reports.add(Report.of(
                    criteria.get(i),
                    rater.stream().map(marks -> marks.get(criterion)).toList(),
                    reference.stream().map(marks -> marks.get(criterion)).toList()));
        }
        return reports;
    }

    private void requireMarks(int marks) {
        if (marks != criteria.size()) {
            throw new IllegalArgumentException(marks + " marks for " + criteria.size() + " criteria");
        }
    }

    /**
     * A rater on one criterion. Precision and recall are of the marks "met" and of the marks "not met".
     *
     * @param met how often the reference says met
     * @param metInterval Wilson's interval of that
     * @param agreement share of equal marks, with Wilson's interval
     * @param kappa Cohen's; empty when both always say the same
     */
    public record Report(
            Criterion criterion,
            double met,
            Interval metInterval,
            double agreement,
            Interval agreementInterval,
            Optional<Double> kappa,
            Rates positive,
            Rates negative) {
        static Report of(Criterion criterion, List<Boolean> rater, List<Boolean> reference) {
            var counts = new int[2][2];
            for (var i = 0; i < rater.size(); i++) {
                counts[rater.get(i) ? 1 : 0][reference.get(i) ? 1 : 0]++;
            }
            var n = rater.size();
            var met = counts[0][1] + counts[1][1];
            var said = counts[1][0] + counts[1][1];
            var same = counts[0][0] + counts[1][1];
            var chance = ((double) met * said + (double) (n - met) * (n - said)) / ((double) n * n);
            return new Report(
                    criterion,
                    (double) met / n,
                    Interval.wilson(met, n),
                    (double) same / n,
                    Interval.wilson(same, n),
                    chance < 1 - 1e-12 ? Optional.of(((double) same / n - chance) / (1 - chance)) : Optional.empty(),
                    Rates.of(counts[1][1], said, met),
                    Rates.of(counts[0][0], n - said, n - met));
        }
    }

    /** Precision and recall of one kind of mark; empty where nothing was said, or nothing was there. */
    public record Rates(Optional<Double> precision, Optional<Double> recall) {
        static Rates of(int right, int said, int there) {
            return new Rates(share(right, said), share(right, there));
        }

        private static Optional<Double> share(int part, int whole) {
            return whole > 0 ? Optional.of((double) part / whole) : Optional.empty();
        }

        /** The harmonic mean of both; empty unless both exist and one is above 0. */
        public Optional<Double> f1() {
            return precision.flatMap(p -> recall.filter(r -> p + r > 0).map(r -> 2 * p * r / (p + r)));
        }
    }
}
