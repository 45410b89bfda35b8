package io.etalon.benchmarks;

import io.etalon.benchmarks.Benchmark.Options;
import io.etalon.benchmarks.quality.QualityBench;
import io.etalon.benchmarks.ranking.RankingBench;
import io.etalon.benchmarks.work.ConfidentialityBench;
import io.etalon.benchmarks.work.TransferBench;
import io.etalon.benchmarks.work.WorkBench;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Entry point of {@code etalon bench NAME [--quick] [--json]}. Prints each goal beside its measurement; exit code 0 when all
 * hold, 1 when one does not, 2 when the command is misspelt.
 */
public final class Main {
    private static final List<Benchmark> BENCHMARKS = List.of(
            new QualityBench(), new RankingBench(), new WorkBench(), new TransferBench(), new ConfidentialityBench());
    private static final Set<String> OPTIONS = Set.of("--quick", "--json");

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    static int run(List<String> arguments) {
        var names = arguments.stream().filter(word -> !word.startsWith("-")).toList();
        var options = arguments.stream().filter(word -> word.startsWith("-")).toList();
        if (options.contains("-h") || options.contains("--help")) {
            System.out.println(usage());
            return 0;
        }
        var chosen = BENCHMARKS.stream()
                .filter(benchmark -> names.equals(List.of(benchmark.name())))
                .findFirst();
        if (chosen.isEmpty() || !OPTIONS.containsAll(options)) {
            System.err.println(
                    "etalon bench: cannot make sense of \"" + String.join(" ", arguments) + "\"\n" + usage());
            return 2;
        }
        var goals = chosen.get().run(new Options(options.contains("--quick")));
        System.out.println(options.contains("--json") ? Report.json(goals) : Report.table(goals));
        return goals.stream().allMatch(Goal::holds) ? 0 : 1;
    }

    private static String usage() {
        var names = Arrays.toString(BENCHMARKS.stream().map(Benchmark::name).toArray());
        return "Usage: ./etalon bench NAME [--quick] [--json]\nNAME is one of " + names
                + ". --quick measures smaller inputs,"
                + " within three minutes; --json prints an array of goals.\n"
                + "Exit code 0 when every goal holds, 1 when one does not, 2 when the command is misspelt.";
    }
}
