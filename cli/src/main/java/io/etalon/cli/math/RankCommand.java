package io.etalon.cli.math;

import io.etalon.cli.plot.Drawing;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.formats.tables.Field;
import io.etalon.formats.tables.TableWriter;
import io.etalon.ranking.Votes;
import io.etalon.ranking.board.Anchor;
import io.etalon.ranking.board.Leaderboard;
import io.etalon.ranking.board.Leaderboards;
import io.etalon.ranking.board.RankOptions;
import io.etalon.ranking.board.Unrankable;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.model.BothBad;
import io.etalon.ranking.model.FitOptions;
import io.etalon.ranking.model.Ties;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon rank}: ratings from comparisons, with intervals that can be believed. */
@Command(
        name = "rank",
        description = {
            "Rate models by votes on pairs of them (Bradley-Terry), with intervals.",
            "VOTES is CSV, JSON lines or Parquet with the columns model_a, model_b, winner (a, b, tie, both_bad) and",
            "optionally prompt, voter, weight and style columns (- reads standard input)."
        },
        footer = {
            "",
            "Ratings are Elo points: 400 are odds of 10 to 1. Ranks hold together: with 95 % all of them are right at once.",
            "A rating's own interval says little about who is better; the column of differences does.",
            "",
            "  etalon rank votes.csv --cluster prompt,voter --anchor gpt-4=1000 --plot board.svg"
        },
        mixinStandardHelpOptions = true)
public final class RankCommand implements Callable<Integer> {
    private static final List<Field> FIELDS = List.of(
            Field.number("rank"),
            Field.text("model"),
            Field.number("rating"),
            Field.number("low"),
            Field.number("high"),
            Field.number("rank_low"),
            Field.number("rank_high"),
            Field.number("votes"),
            Field.number("difference"),
            Field.number("difference_low"),
            Field.number("difference_high"));

    @Parameters(paramLabel = "VOTES", description = "The votes, or - for standard input.")
    @SuppressWarnings("NullAway.Init")
    private String file;

    @Option(
            names = "--ties",
            paramLabel = "RULE",
            defaultValue = "davidson",
            description = "davidson, rao-kupper, or half (a tie is half a win for both). Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String ties;

    @Option(
            names = "--both-bad",
            paramLabel = "RULE",
            defaultValue = "apart",
            description = {
                "Votes that neither was good: apart (they do not compare) or tie (as some boards count them).",
                "Default: ${DEFAULT-VALUE}"
            })
    @SuppressWarnings("NullAway.Init")
    private BothBad bothBad;

    @Option(
            names = "--cluster",
            paramLabel = "COL",
            split = ",",
            description = {
                "Votes that depend on one another: prompt, voter, prompt,voter (both ways), or none (too narrow where they",
                "come back). Default: the widest that the columns allow"
            })
    private List<String> cluster = new ArrayList<>();

    @Option(
            names = "--style",
            paramLabel = "COL",
            split = ",",
            description = {
                "Columns of style to control for, such as length: NAME holds a minus b, or NAME_a and NAME_b hold both"
            })
    private List<String> style = new ArrayList<>();

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            defaultValue = "0",
            description = "Also give intervals by N resamples of clusters. Default: none")
    private int replicates;

    @Option(names = "--flips", description = "Also look for the fewest votes whose removal swaps each two neighbours.")
    private boolean flips;

    @Option(
            names = "--ridge",
            paramLabel = "X",
            defaultValue = "0",
            description = "Shrink ratings to force numbers out of comparisons that do not connect. Default: never")
    private double ridge;

    @Option(
            names = "--anchor",
            paramLabel = "MODEL=POINTS",
            description = "The model that stands at so many points. Default: the mean of all models at 1000")
    private @Nullable String anchor;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of rank intervals and resamples. Default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Also write the board to a file: " + TableWriter.ENDINGS)
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw ratings and intervals as .svg or .png.")
    private @Nullable Path plot;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private TableOptions tables;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        requireKnownEndings();
        var options = options();
        var started = System.nanoTime();
        var votes = VoteTables.read(tables, file, style);
        return switch (Leaderboards.rank(votes, checked(votes, options))) {
            case Unrankable(var reason) -> {
                spec.commandLine().getErr().println("etalon: " + TableOptions.shown(file) + ": " + reason.message());
                yield ExitCode.FAILED;
            }
            case Leaderboard board -> {
                publish(board, (System.nanoTime() - started) / 1e9);
                yield ExitCode.DONE;
            }
        };
    }

    private void publish(Leaderboard board, double seconds) throws IOException {
        if (out != null) {
            try (var writer = TableWriter.open(out, FIELDS)) {
                write(writer, board);
            }
        }
        if (plot != null) {
            Boards.drawing(board).write(plot);
        }
        var standard = spec.commandLine().getOut();
        board.warnings().forEach(tables::warn);
        if (json) {
            standard.println(Json.object(Boards.members(board, seconds)));
        } else {
            Boards.lines(board).forEach(standard::println);
        }
        standard.flush();
    }

    private static void write(TableWriter writer, Leaderboard board) throws IOException {
        for (var standing : board.standings()) {
            var next = standing.next().orElse(null);
            writer.row(
                    standing.rank(),
                    standing.model(),
                    standing.rating(),
                    standing.interval().low(),
                    standing.interval().high(),
                    standing.ranks().best(),
                    standing.ranks().worst(),
                    standing.votes(),
                    next == null ? null : next.difference(),
                    next == null ? null : next.interval().low(),
                    next == null ? null : next.interval().high());
        }
    }

    private RankOptions options() {
        try {
            var fit =
                    FitOptions.standard().withTies(ties()).withBothBad(bothBad).withRidge(ridge);
            return RankOptions.standard()
                    .withFit(fit)
                    .withClustering(clustering())
                    .withAnchor(anchor())
                    .withBootstrap(replicates)
                    .withVotesToFlip(flips)
                    .withSeed(seed);
        } catch (IllegalArgumentException e) {
            throw misspelt(String.valueOf(e.getMessage()));
        }
    }

    private Ties ties() {
        return Arrays.stream(Ties.values())
                .filter(rule -> rule.name().equalsIgnoreCase(ties.replace('-', '_')))
                .findFirst()
                .orElseThrow(() -> misspelt("no rule of ties \"" + ties + "\"; one of davidson, rao-kupper, half"));
    }

    private Clustering clustering() {
        var columns = new TreeSet<>(cluster);
        if (columns.isEmpty()) {
            return Clustering.LARGEST;
        }
        if (columns.equals(Set.of("none"))) {
            return Clustering.ROWS;
        }
        if (columns.equals(Set.of("prompt"))) {
            return Clustering.PROMPT;
        }
        if (columns.equals(Set.of("voter"))) {
            return Clustering.VOTER;
        }
        if (columns.equals(Set.of("prompt", "voter"))) {
            return Clustering.TWO_WAY;
        }
        throw misspelt("--cluster knows prompt, voter, prompt,voter and none, not " + String.join(",", cluster));
    }

    private Anchor anchor() {
        if (anchor == null) {
            return Anchor.standard();
        }
        var at = anchor.lastIndexOf('=');
        try {
            if (at > 0) {
                var points = Double.parseDouble(anchor.substring(at + 1));
                if (Double.isFinite(points)) {
                    return new Anchor.Model(anchor.substring(0, at), points);
                }
            }
        } catch (NumberFormatException e) {
            // Told below, with every other form that is not MODEL=POINTS.
        }
        throw misspelt("--anchor is MODEL=POINTS, such as gpt-4=1000, not \"" + anchor + "\"");
    }

    /** What the votes do not have cannot be asked for. */
    private RankOptions checked(Votes votes, RankOptions options) {
        if (options.anchor() instanceof Anchor.Model(var model, var points)
                && votes.modelIndex(model).isEmpty()) {
            throw new InputFailure(
                    file + ": the anchor " + model + " is none of the models " + String.join(", ", votes.models()));
        }
        var prompts = Set.of(Clustering.PROMPT, Clustering.TWO_WAY).contains(options.clustering());
        var voters = Set.of(Clustering.VOTER, Clustering.TWO_WAY).contains(options.clustering());
        if (prompts && !votes.hasPrompts() || voters && !votes.hasVoters()) {
            throw new InputFailure(file + ": --cluster " + String.join(",", cluster) + " needs a filled column "
                    + (prompts && !votes.hasPrompts() ? "prompt" : "voter"));
        }
        return options;
    }

    private void requireKnownEndings() {
        if (out != null && !TableWriter.understands(out)) {
            throw misspelt(out + " ends in none of the known ways; name it " + TableWriter.ENDINGS);
        }
        if (plot != null && !Drawing.understands(plot)) {
            throw misspelt(plot + " is no picture; name it .svg or .png");
        }
    }

    private ParameterException misspelt(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
