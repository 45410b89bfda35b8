package io.etalon.ranking.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.ranking.EvaluationData;
import io.etalon.ranking.EvaluationData.Judgement;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.judge.VoteAgreement.Cast;
import io.etalon.ranking.judge.VoteAgreement.TieVotes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The published figures of GPT-4 as a judge of MT-bench. */
class MtBenchJudgeTest {
    @Test
    void countsAgreementExactly() {
        assertThat(gptWithExperts(1, TieVotes.KEPT)).isEqualTo(new VoteAgreement(886, 1343));
        assertThat(gptWithExperts(1, TieVotes.DROPPED)).isEqualTo(new VoteAgreement(727, 859));
        assertThat(gptWithExperts(2, TieVotes.KEPT)).isEqualTo(new VoteAgreement(871, 1325));
        assertThat(gptWithExperts(2, TieVotes.DROPPED)).isEqualTo(new VoteAgreement(731, 864));
        assertThat(VoteAgreement.among(experts(1), TieVotes.KEPT)).isEqualTo(new VoteAgreement(454, 721));
        assertThat(VoteAgreement.among(experts(1), TieVotes.DROPPED)).isEqualTo(new VoteAgreement(388, 479));
        assertThat(VoteAgreement.among(experts(2), TieVotes.KEPT)).isEqualTo(new VoteAgreement(471, 707));
        assertThat(VoteAgreement.among(experts(2), TieVotes.DROPPED)).isEqualTo(new VoteAgreement(388, 474));
    }

    @Test
    void agreesWithTheMajorityAsPublished() {
        var all = majorityVerdicts();
        assertSheet(all, 1814, .6720, .5047);
        assertSheet(
                all.stream()
                        .filter(v -> v.human() != Outcome.TIE && v.judge() != Outcome.TIE)
                        .toList(),
                1078,
                .8840,
                .7670);
        assertSheet(all.stream().filter(v -> v.cluster().endsWith("/1")).toList(), 910, .6780, .5158);
        assertSheet(all.stream().filter(v -> v.cluster().endsWith("/2")).toList(), 904, .6659, .4922);
        assertThat(JudgeSheet.of(all).agreementDecided().orElseThrow().mean()).isCloseTo(.8840, within(5e-5));
    }

    @Test
    void findsThatTheJudgeOverratesItself() {
        var leans = new HashMap<String, JudgeSheet.Lean>();
        JudgeSheet.of(byQuestion()).models().forEach(lean -> leans.put(lean.model(), lean));
        var expected = Map.of(
                "gpt-4", new double[] {.1188, .0177},
                "claude-v1", new double[] {.0445, .0199},
                "vicuna-13b-v1.2", new double[] {-.0211, .0166},
                "gpt-3.5-turbo", new double[] {-.0316, .0146},
                "alpaca-13b", new double[] {-.0435, .0145},
                "llama-13b", new double[] {-.0589, .0132});
        expected.forEach((model, figures) -> {
            var difference = leans.get(model).difference();
            assertThat(difference.mean()).as(model).isCloseTo(figures[0], within(5e-5));
            assertThat(difference.standardError()).as(model).isCloseTo(figures[1], within(5e-5));
        });
        assertThat(leans.get("gpt-4").byJudge()).isCloseTo(.852, within(5e-4));
        assertThat(leans.get("gpt-4").byPeople()).isCloseTo(.733, within(5e-4));
    }

    @Test
    void sharpensTheHumanWinRateALittleAndStillCovers() {
        var own = majorityVerdicts().stream()
                .filter(v -> v.modelA().equals("gpt-4") || v.modelB().equals("gpt-4"))
                .toList();
        var human = own.stream().mapToDouble(v -> win(v, v.humanScore())).toArray();
        var judge =
                own.stream().mapToDouble(v -> win(v, Verdict.score(v.judge()))).toArray();
        assertThat(own).hasSize(578);
        var expected = Map.of(50, .960, 100, .966, 200, .975);
        expected.forEach((n, ratio) -> {
            var random = new SplittableRandom(5);
            var ratios = 0.0;
            var covered = 0;
            for (var round = 0; round < 1000; round++) {
                var result = sample(human, judge, n, random);
                ratios += result.widthRatio() / 1000;
                covered += result.interval()
                                .contains(Arrays.stream(human).average().orElseThrow())
                        ? 1
                        : 0;
            }
            assertThat(ratios).as("n = " + n).isCloseTo(ratio, within(.012));
            assertThat(covered).as("n = " + n).isGreaterThan(930);
        });
    }

    private static PredictionPowered sample(double[] human, double[] judge, int n, SplittableRandom random) {
        var order = new int[human.length];
        for (var i = 0; i < order.length; i++) {
            var j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        var labels = new double[n];
        var judged = new double[n];
        var rest = new double[order.length - n];
        for (var i = 0; i < order.length; i++) {
            if (i < n) {
                labels[i] = human[order[i]];
                judged[i] = judge[order[i]];
            } else {
                rest[i - n] = judge[order[i]];
            }
        }
        return PredictionPowered.mean(labels, judged, rest, .95);
    }

    private static double win(Verdict verdict, double ofA) {
        return verdict.modelA().equals("gpt-4") ? ofA : 1 - ofA;
    }

    private static void assertSheet(List<Verdict> verdicts, int n, double raw, double kappa) {
        var sheet = JudgeSheet.of(verdicts);
        assertThat(sheet.verdicts()).isEqualTo(n);
        assertThat(sheet.agreement().mean()).isCloseTo(raw, within(5e-5));
        assertThat(sheet.kappa().orElseThrow()).isCloseTo(kappa, within(5e-5));
    }

    private static VoteAgreement gptWithExperts(int turn, TieVotes ties) {
        return VoteAgreement.with(casts(gpt(), turn), experts(turn), ties);
    }

    private static List<Cast> experts(int turn) {
        return casts(humans().filter(row -> row.judge().startsWith("expert")), turn);
    }

    private static List<Cast> casts(Stream<Judgement> rows, int turn) {
        return rows.filter(row -> row.turn() == turn)
                .map(row -> new Cast(key(row), Optional.of(row.won()).filter(won -> !won.equals("tie"))))
                .toList();
    }

    private static List<Verdict> majorityVerdicts() {
        var votes = new HashMap<String, Map<String, Integer>>();
        humans().forEach(row ->
                votes.computeIfAbsent(key(row), key -> new HashMap<>()).merge(row.won(), 1, Integer::sum));
        var verdicts = new ArrayList<Verdict>();
        gpt().forEach(row -> {
            var cast = votes.getOrDefault(key(row), Map.of());
            if (!cast.isEmpty()) {
                var most =
                        cast.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
                var winners = cast.entrySet().stream()
                        .filter(e -> e.getValue() == most)
                        .toList();
                var winner = winners.size() == 1 ? winners.getFirst().getKey() : "tie";
                var verdict = verdict(row.question() + "/" + row.turn(), row, winner, row.won());
                var votesFor = cast.getOrDefault(verdict.modelA(), 0) + cast.getOrDefault("tie", 0) / 2.0;
                var all = cast.values().stream().mapToInt(Integer::intValue).sum();
                verdicts.add(verdict.withHumanScore(votesFor / all));
            }
        });
        return verdicts;
    }

    private static List<Verdict> byQuestion() {
        return majorityVerdicts().stream()
                .map(v -> new Verdict(
                        v.cluster().substring(0, v.cluster().indexOf('/')),
                        v.modelA(),
                        v.modelB(),
                        v.human(),
                        v.humanScore(),
                        v.judge(),
                        v.swapped(),
                        v.lengthDifference(),
                        v.confidence()))
                .toList();
    }

    /** Kappa depends on which side is called a: the first by name, as published. */
    private static Verdict verdict(String cluster, Judgement row, String human, String judge) {
        var ordered = row.modelA().compareTo(row.modelB()) < 0;
        var a = ordered ? row.modelA() : row.modelB();
        var b = ordered ? row.modelB() : row.modelA();
        return Verdict.of(cluster, a, b, outcome(a, human), outcome(a, judge));
    }

    private static Outcome outcome(String a, String winner) {
        return winner.equals("tie") ? Outcome.TIE : winner.equals(a) ? Outcome.A : Outcome.B;
    }

    private static String key(Judgement row) {
        var ordered = row.modelA().compareTo(row.modelB()) < 0;
        return row.question() + "/" + row.turn() + "/"
                + (ordered ? row.modelA() + "/" + row.modelB() : row.modelB() + "/" + row.modelA());
    }

    private static Stream<Judgement> humans() {
        return EvaluationData.mtBench("human.jsonl").stream();
    }

    private static Stream<Judgement> gpt() {
        return EvaluationData.mtBench("gpt4_pair.jsonl").stream();
    }
}
