package io.etalon.server.vendor;

import io.etalon.annotation.Answer;
import io.etalon.quality.choice.CalibratedTruth;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.gold.GoldTruths;
import io.etalon.server.quality.ChoiceVotes;
import io.etalon.server.quality.Evidence;
import io.etalon.server.quality.GivenAnswer;
import io.etalon.server.vendor.score.Observation;
import io.etalon.server.vendor.score.Scores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is known of each answer's being right. A choice is right with the probability that the consensus of all gives its class,
 * calibrated on the known answers; on a task with a known answer with certainty. An answer with several choices is right to
 * the part of them. Where a project asks for no choice, a reviewer's word stands: accepted is right, mended is not.
 *
 * @param observations answers in effect and answers to gold
 * @param votes what was said on each choice, for the agreement
 * @param method how the consensus was made, a sentence; empty where reviewers' words stand
 * @param calibrated whether gold stood behind the probabilities
 */
record Findings(List<Observation> observations, List<Scores.Vote> votes, String method, boolean calibrated) {

    /** The same with another in place of each workforce that the map names. */
    Findings by(Map<UUID, UUID> group) {
        return new Findings(
                observations.stream()
                        .map(one -> new Observation(
                                group.getOrDefault(one.workforce(), one.workforce()),
                                one.person(),
                                one.task(),
                                one.correct(),
                                one.at()))
                        .toList(),
                votes.stream()
                        .map(one -> new Scores.Vote(
                                group.getOrDefault(one.workforce(), one.workforce()),
                                one.person(),
                                one.task(),
                                one.said()))
                        .toList(),
                method,
                calibrated);
    }

    /**
     * Judges all answers of workforces; those of the client's own people help to find the truth.
     *
     * @param known answers by task
     */
    static Findings of(
            Evidence evidence, Map<Long, Answer> known, List<GoldTruths.Mark> marks, Parties.Register parties) {
        var found = new Building(evidence, known, parties);
        ChoiceVotes.of(evidence).forEach(found::judge);
        if (!found.judged) {
            found.reviewed();
        }
        for (var mark : marks) {
            var workforce = parties.at(mark.person(), mark.at());
            if (workforce != null) {
                found.observations.add(new Observation(
                        workforce, mark.person().value(), "gold " + mark.gold(), mark.right() ? 1 : 0, mark.at()));
            }
        }
        return new Findings(found.observations, found.votes, found.method, found.calibrated);
    }

    /** What one person gave to one case. */
    private record Given(Evidence.Case about, GivenAnswer answer, UUID workforce) {}

    private static final class Building {
        private final Evidence evidence;
        private final Map<Long, Answer> known;
        private final List<Given> given = new ArrayList<>();
        private final List<Observation> observations = new ArrayList<>();
        private final List<Scores.Vote> votes = new ArrayList<>();
        private final Map<Given, double[]> correct = new HashMap<>();
        private String method = "";
        private boolean calibrated;
        private boolean judged;

        Building(Evidence evidence, Map<Long, Answer> known, Parties.Register parties) {
            this.evidence = evidence;
            this.known = known;
            for (var about : evidence.cases()) {
                for (var answer : about.task().answers()) {
                    var workforce = parties.at(answer.annotator(), answer.submittedAt());
                    if (workforce != null) {
                        given.add(new Given(about, answer, workforce));
                    }
                }
            }
        }

        void judge(ChoiceVotes choice) {
            var labels = choice.own(evidence);
            if (labels.size() == 0) {
                return;
            }
            var truths = new HashMap<String, String>();
            for (var about : evidence.cases()) {
                var answer = known.get(about.task().id());
                if (answer != null) {
                    choice.chosen(answer)
                            .ifPresent(label -> truths.put(about.asset().sha256(), label));
                }
            }
            var fit = TruthMethod.AUTO.fit(labels, truths);
            judged = true;
            calibrated |= fit.calibrated();
            method = method.isEmpty() ? fit.reason() : method;
            for (var one : given) {
                choice.chosen(one.answer().own()).ifPresent(said -> {
                    var task = one.about().asset().sha256();
                    var right = right(fit, truths, task, said);
                    var sum = correct.computeIfAbsent(one, key -> new double[2]);
                    sum[0] += right;
                    sum[1]++;
                    votes.add(new Scores.Vote(
                            one.workforce(), one.answer().annotator().value(), choice.name() + " " + task, said));
                });
            }
            settle();
        }

        /** The newest state of all answers, in their order. */
        private void settle() {
            observations.clear();
            for (var one : given) {
                var sum = correct.get(one);
                if (sum != null) {
                    observations.add(observation(one, Math.clamp(sum[0] / sum[1], 0, 1)));
                }
            }
        }

        private static double right(CalibratedTruth fit, Map<String, String> truths, String task, String said) {
            var truth = truths.get(task);
            if (truth != null) {
                return truth.equals(said) ? 1 : 0;
            }
            var labels = fit.consensus().labels();
            return fit.consensus()
                    .posterior(
                            labels.taskIndex(task).orElseThrow(),
                            labels.classIndex(said).orElseThrow());
        }

        void reviewed() {
            for (var one : given) {
                switch (one.answer().state()) {
                    case "accepted" -> observations.add(observation(one, 1));
                    case "fixed" -> observations.add(observation(one, 0));
                    default -> {
                        // Nobody has judged it.
                    }
                }
            }
        }

        private static Observation observation(Given one, double right) {
            return new Observation(
                    one.workforce(),
                    one.answer().annotator().value(),
                    one.about().asset().sha256(),
                    right,
                    one.answer().submittedAt());
        }
    }
}
