package io.etalon.benchmarks.ranking;

import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Runs arena-rank and choix in a virtual environment of their own. */
final class Peers {
    private static final List<String> PACKAGES = List.of("arena-rank", "choix");
    private static final Path HOME = Path.of("benchmarks", "target", "peers");

    private Peers() {}

    /**
     * What the peers needed, in seconds, and arena-rank's ratings.
     */
    record Times(
            double arenaFit,
            double arenaReplicate,
            double choixFit,
            double choixReplicate,
            Map<String, Double> ratings) {}

    /** Installs the peers unless they are there, and times them on these votes. */
    static Times time(List<Vote> votes, int replicates) throws IOException, InterruptedException {
        var python = HOME.resolve("bin").resolve("python");
        if (!Files.exists(python)) {
            run(List.of("python3", "-m", "venv", HOME.toString()));
        }
        var missing = new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
        missing.addAll(PACKAGES);
        run(missing);
        var rows = new StringBuilder("model_a,model_b,winner\n");
        for (var vote : votes) {
            rows.append(vote.modelA())
                    .append(',')
                    .append(vote.modelB())
                    .append(',')
                    .append(winner(vote))
                    .append('\n');
        }
        var csv = Files.writeString(HOME.resolve("votes.csv"), rows);
        var script = HOME.resolve("peers.py");
        try (var source = Peers.class.getResourceAsStream("peers.py")) {
            if (source == null) {
                throw new IOException("peers.py is not among the resources");
            }
            Files.write(script, source.readAllBytes());
        }
        var answer = run(List.of(python.toString(), script.toString(), csv.toString(), Integer.toString(replicates)));
        return parse(answer);
    }

    private static String winner(Vote vote) {
        return switch (vote.outcome()) {
            case A -> "model_a";
            case B -> "model_b";
            case TIE -> "tie";
            case BOTH_BAD -> throw new IllegalArgumentException(Outcome.BOTH_BAD + " is not compared here");
        };
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var code = process.waitFor();
        if (code != 0) {
            throw new IOException(command + " ended with " + code);
        }
        return output;
    }

    private static Times parse(String json) {
        var numbers = new HashMap<String, Double>();
        var matcher = Pattern.compile("\"([^\"]+)\": (-?[0-9.eE+-]+)").matcher(json);
        while (matcher.find()) {
            numbers.put(matcher.group(1), Double.parseDouble(matcher.group(2)));
        }
        return new Times(
                take(numbers, "arena_fit"),
                take(numbers, "arena_replicate"),
                take(numbers, "choix_fit"),
                take(numbers, "choix_replicate"),
                numbers);
    }

    private static double take(Map<String, Double> numbers, String name) {
        var value = numbers.remove(name);
        if (value == null) {
            throw new IllegalStateException("the peers' answer has no " + name);
        }
        return value;
    }
}
