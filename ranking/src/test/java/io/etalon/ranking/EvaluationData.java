package io.etalon.ranking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The evaluation data sets that lie beside the project, in {@code shared/data/evaluation}. */
public final class EvaluationData {
    private EvaluationData() {}

    /** Finds the folder by walking up from the working directory; without it the test is reported as not run. */
    public static Path folder() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var candidate = at.resolve("shared/data/evaluation");
            if (Files.isDirectory(candidate)) {
                return candidate;
            }
        }
        Assumptions.abort("evaluation data sets: no folder shared/data/evaluation in or above "
                + Path.of("").toAbsolutePath());
        throw new IllegalStateException();
    }

    /** The lines of a file of a set. */
    public static List<String> lines(String set, String file) {
        try {
            return Files.readAllLines(folder().resolve(set).resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A row of the MT-bench judgements. */
    public record Judgement(String judge, String modelA, String modelB, int question, int turn, String winner) {
        /** The winner's name, or "tie" for ties of any kind. */
        public String won() {
            return switch (winner) {
                case "model_a" -> modelA;
                case "model_b" -> modelB;
                default -> "tie";
            };
        }
    }

    /** {@code human.jsonl} or {@code gpt4_pair.jsonl}. */
    public static List<Judgement> mtBench(String file) {
        return lines("mtbench_human_judgments", file).stream()
                .map(line -> new Judgement(
                        field(line, "judge"),
                        field(line, "model_a"),
                        field(line, "model_b"),
                        Integer.parseInt(field(line, "question_id")),
                        Integer.parseInt(field(line, "turn")),
                        field(line, "winner")))
                .toList();
    }

    /** All 3,355 human votes, with question and judge. */
    public static Votes mtBenchVotes() {
        var builder = Votes.builder();
        for (var row : mtBench("human.jsonl")) {
            builder.add(Vote.of(row.modelA(), row.modelB(), Outcome.parse(row.winner()))
                    .onPrompt(Integer.toString(row.question()))
                    .by(row.judge()));
        }
        return builder.build();
    }

    private static String field(String line, String name) {
        var matcher = Pattern.compile("\"" + name + "\":\\s*\"?([^\",}]*)").matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + name + " in " + line);
        }
        return matcher.group(1);
    }
}
