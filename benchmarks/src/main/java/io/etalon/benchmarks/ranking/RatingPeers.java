package io.etalon.benchmarks.ranking;

import io.etalon.benchmarks.Peers;
import io.etalon.ranking.Outcome;
import io.etalon.ranking.Vote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What arena-rank and choix needed, in CPU seconds of all their threads.
 *
 * @param arenaFit reading named rows, fit and row-wise errors; it compiles its fit anew each time
 * @param arenaFitCompiled the same, had it compiled its fit once
 * @param arenaReplicate one bootstrap replicate; it compiles its fit anew each time
 * @param arenaReplicateCompiled the fit alone of one replicate, compiled once
 * @param choixFit counting named rows and fit
 * @param choixReplicate one bootstrap replicate
 * @param ratings arena-rank's, by model
 */
record RatingPeers(
        double arenaFit,
        double arenaFitCompiled,
        double arenaReplicate,
        double arenaReplicateCompiled,
        double choixFit,
        double choixReplicate,
        Map<String, Double> ratings) {
    private static final List<String> PACKAGES = List.of("arena-rank==0.1.1", "choix==0.4.1");

    /** Times the peers on these votes; empty, and said, when they cannot be had or fail. */
    static Optional<RatingPeers> on(List<Vote> votes, int replicates) {
        return Peers.with(PACKAGES)
                .flatMap(peers -> timed(peers, votes, replicates))
                .map(RatingPeers::parsed);
    }

    private static Optional<List<String>> timed(Peers peers, List<Vote> votes, int replicates) {
        try (var source = Objects.requireNonNull(RatingPeers.class.getResourceAsStream("peers.py"))) {
            var folder = Files.createTempDirectory(Files.createDirectories(Peers.folder()), "bench-");
            var script = Files.write(folder.resolve("peers.py"), source.readAllBytes());
            var data = Files.writeString(folder.resolve("votes.csv"), csv(votes));
            var printed = peers.run(script, data.toString(), Integer.toString(replicates));
            for (var file : List.of(script, data, folder)) {
                Files.delete(file);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String csv(List<Vote> votes) {
        var rows = new StringBuilder("model_a,model_b,winner\n");
        for (var vote : votes) {
            var winner = vote.outcome() == Outcome.TIE ? "tie" : vote.outcome() == Outcome.A ? "model_a" : "model_b";
            rows.append(vote.modelA()).append(',').append(vote.modelB()).append(',');
            rows.append(winner).append('\n');
        }
        return rows.toString();
    }

    /** Lines of a name, a tab and a number: the six times, then a rating for each model. */
    private static RatingPeers parsed(List<String> lines) {
        var numbers = new HashMap<String, Double>();
        for (var line : lines) {
            var tab = line.indexOf('\t');
            numbers.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
        }
        return new RatingPeers(
                Objects.requireNonNull(numbers.remove("arena_fit")),
                Objects.requireNonNull(numbers.remove("arena_fit_compiled")),
                Objects.requireNonNull(numbers.remove("arena_replicate")),
                Objects.requireNonNull(numbers.remove("arena_replicate_compiled")),
                Objects.requireNonNull(numbers.remove("choix_fit")),
                Objects.requireNonNull(numbers.remove("choix_replicate")),
                numbers);
    }
}
