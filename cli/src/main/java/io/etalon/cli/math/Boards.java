package io.etalon.cli.math;

import io.etalon.cli.plot.Drawing;
import io.etalon.cli.plot.ForestPlot;
import io.etalon.cli.terminal.TextTable;
import io.etalon.quality.Interval;
import io.etalon.ranking.board.Anchor;
import io.etalon.ranking.board.Gap;
import io.etalon.ranking.board.Leaderboard;
import io.etalon.ranking.board.Standing;
import io.etalon.ranking.board.StyleEffect;
import io.etalon.ranking.interval.Clustering;
import io.etalon.ranking.interval.RankRanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A leaderboard as people and programs read it. */
final class Boards {
    private Boards() {}

    static List<String> lines(Leaderboard board) {
        var bootstrap = board.standings().stream().anyMatch(s -> s.bootstrap().isPresent());
        var flips = board.standings().stream()
                .flatMap(s -> s.next().stream())
                .anyMatch(gap -> gap.votesToFlip().isPresent());
        var header = new ArrayList<>(List.of("rank", "ranks", "model", "rating", "95 % interval"));
        if (bootstrap) {
            header.add("bootstrap");
        }
        header.addAll(List.of("votes", "win rate"));
        var bothBad = board.standings().stream().anyMatch(s -> s.bothBad() > 0);
        if (bothBad) {
            header.add("both bad");
        }
        header.add("to the next");
        if (flips) {
            header.add("flipped by");
        }
        var table = new TextTable(header.toArray(String[]::new));
        for (var standing : board.standings()) {
            var cells = new ArrayList<>(List.of(
                    Integer.toString(standing.rank()),
                    ranks(standing.ranks()),
                    standing.model(),
                    Text.decimals(standing.rating(), 1),
                    interval(standing.interval(), false)));
            if (bootstrap) {
                cells.add(standing.bootstrap().map(i -> interval(i, false)).orElse("–"));
            }
            cells.add(votes(standing.votes()));
            cells.add(Text.decimals(100 * standing.winRate(), 1) + " %");
            if (bothBad) {
                cells.add(Text.decimals(100 * standing.bothBad(), 1) + " %");
            }
            cells.add(standing.next().map(Boards::gap).orElse("–"));
            if (flips) {
                cells.add(standing.next()
                        .filter(gap -> gap.votesToFlip().isPresent())
                        .map(gap -> Text.count(gap.votesToFlip().getAsInt(), "vote"))
                        .orElse("–"));
            }
            table.row(cells.toArray(String[]::new));
        }
        var lines = new ArrayList<>(table.lines());
        lines.add("");
        lines.add(basis(board));
        board.style().forEach(effect -> lines.add(style(effect)));
        return lines;
    }

    private static String gap(Gap gap) {
        return Text.signed(gap.difference(), 1) + "  (" + interval(gap.interval(), true) + ")";
    }

    private static String ranks(RankRanges.Range range) {
        return range.best() == range.worst() ? Integer.toString(range.best()) : range.best() + "–" + range.worst();
    }

    private static String interval(Interval interval, boolean signed) {
        return signed
                ? Text.signed(interval.low(), 1) + " … " + Text.signed(interval.high(), 1)
                : Text.decimals(interval.low(), 1) + " … " + Text.decimals(interval.high(), 1);
    }

    private static String votes(double weight) {
        return weight == Math.rint(weight) ? String.format(Locale.ROOT, "%,.0f", weight) : Text.decimals(weight, 1);
    }

    private static String style(StyleEffect effect) {
        return "style " + effect.column() + ": " + Text.signed(effect.effect(), 3) + " log-odds for "
                + Text.decimals(effect.unit(), 3) + " more of it ("
                + Text.signed(effect.interval().low(), 3) + " … "
                + Text.signed(effect.interval().high(), 3) + ")";
    }

    /** What the numbers rest on, in one line. */
    private static String basis(Leaderboard board) {
        var tie = switch (board.ties()) {
            case DAVIDSON -> "ties by Davidson";
            case RAO_KUPPER -> "ties by Rao and Kupper";
            case HALF -> "a tie is half a win";
        };
        var clusters = board.clusterings().stream()
                .map(c -> word(c.clustering()) + " (" + String.format(Locale.ROOT, "%,d", c.clusters()) + ")")
                .collect(Collectors.joining(", "));
        return Text.count(board.votes(), "vote") + "; " + tie
                + (board.tieParameter().isPresent()
                        ? " (" + Text.decimals(board.tieParameter().getAsDouble(), 3) + ")"
                        : "")
                + "; intervals by " + clusters + "; Elo with " + anchor(board.anchor());
    }

    private static String word(Clustering clustering) {
        return switch (clustering) {
            case LARGEST -> "the widest clustering";
            case PROMPT -> "prompt";
            case VOTER -> "voter";
            case TWO_WAY -> "prompt and voter";
            case ROWS -> "single votes";
        };
    }

    private static String anchor(Anchor anchor) {
        return switch (anchor) {
            case Anchor.Mean(var points) -> "the mean at " + plain(points);
            case Anchor.Model(var model, var points) -> model + " at " + plain(points);
        };
    }

    private static String plain(double points) {
        return points == Math.rint(points) ? Text.decimals(points, 0) : Double.toString(points);
    }

    static Map<String, @Nullable Object> members(Leaderboard board, double seconds) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("models", board.standings().size());
        members.put("votes", board.votes());
        members.put("effective_votes", board.effectiveVotes());
        members.put("ties", board.ties().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        members.put(
                "tie_parameter",
                board.tieParameter().isPresent() ? board.tieParameter().getAsDouble() : null);
        members.put("level", board.level());
        members.put("anchor", anchorMembers(board.anchor()));
        members.put(
                "clusters",
                board.clusterings().stream()
                        .collect(Collectors.toMap(
                                c -> c.clustering().name().toLowerCase(Locale.ROOT),
                                Leaderboard.ClusterCount::clusters,
                                (a, b) -> a,
                                LinkedHashMap::new)));
        members.put("log_likelihood", board.logLikelihood());
        members.put("seconds", seconds);
        members.put("ranking", board.standings().stream().map(Boards::members).toList());
        members.put("style", board.style().stream().map(Boards::members).toList());
        members.put("warnings", board.warnings());
        return members;
    }

    private static Map<String, @Nullable Object> anchorMembers(Anchor anchor) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("model", anchor instanceof Anchor.Model(var model, var points) ? model : null);
        members.put("points", anchor.points());
        return members;
    }

    private static Map<String, @Nullable Object> members(Standing standing) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("rank", standing.rank());
        members.put("model", standing.model());
        members.put("rating", standing.rating());
        members.put("standard_error", standing.standardError());
        members.put("low", standing.interval().low());
        members.put("high", standing.interval().high());
        members.put("rank_low", standing.ranks().best());
        members.put("rank_high", standing.ranks().worst());
        standing.bootstrap().ifPresent(interval -> {
            members.put("bootstrap_low", interval.low());
            members.put("bootstrap_high", interval.high());
        });
        members.put("votes", standing.votes());
        members.put("win_rate", standing.winRate());
        members.put("both_bad", standing.bothBad());
        members.put("next", standing.next().map(Boards::members).orElse(null));
        return members;
    }

    private static Map<String, @Nullable Object> members(Gap gap) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("model", gap.below());
        members.put("difference", gap.difference());
        members.put("standard_error", gap.standardError());
        members.put("low", gap.interval().low());
        members.put("high", gap.interval().high());
        members.put(
                "votes_to_flip",
                gap.votesToFlip().isPresent() ? gap.votesToFlip().getAsInt() : null);
        return members;
    }

    private static Map<String, @Nullable Object> members(StyleEffect effect) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("column", effect.column());
        members.put("effect", effect.effect());
        members.put("low", effect.interval().low());
        members.put("high", effect.interval().high());
        members.put("unit", effect.unit());
        return members;
    }

    static Drawing drawing(Leaderboard board) {
        return ForestPlot.of(
                "Ratings with 95 % intervals",
                basis(board),
                "Elo points",
                board.standings().stream()
                        .map(s -> new ForestPlot.Entry(
                                s.model(),
                                s.rating(),
                                s.interval().low(),
                                s.interval().high(),
                                Text.decimals(s.rating(), 0),
                                "rank " + ranks(s.ranks())))
                        .toList());
    }
}
