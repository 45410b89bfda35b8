package io.etalon.cli.demo;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The fourth outcome: how much each client hangs on the vendor, before and after, by the server and by the log. */
final class JuneDependence {
    private static final double ROUNDING = 1e-9;

    private final JuneWorld world;

    /**
     * A client's dashboard.
     *
     * @param share the vendor's, of all answers
     * @param index Herfindahl and Hirschman's
     * @param readiness the share of the pace that is kept if the vendor stops
     */
    record Figures(double share, double index, double readiness) {}

    JuneDependence(JuneWorld world) {
        this.world = world;
    }

    Map<Maker, Figures> measure() {
        var figures = new LinkedHashMap<Maker, Figures>();
        world.makers().forEach(maker -> figures.put(maker, figures(maker)));
        return figures;
    }

    private Figures figures(Maker maker) {
        var all = maker.officer().get(maker.at() + "/vendor-concentration").get("client");
        var stop = maker.officer().get(maker.at() + "/vendors/" + world.foundry() + "/stop-preview");
        return new Figures(
                all.get("shares").path(world.foundry()).asDouble(0),
                all.get("index").asDouble(),
                stop.get("readiness").asDouble());
    }

    String check(Map<Maker, Figures> before, Map<Maker, Figures> after) {
        var lines = new StringBuilder();
        for (var maker : world.competitors()) {
            var was = figuresOf(before, maker);
            var is = figuresOf(after, maker);
            Check.that(maker.name() + " hangs less on the vendor: " + was + ", " + is, is.share() < was.share());
            Check.that(maker.name() + " is less concentrated: " + was + ", " + is, is.index() < was.index());
            Check.that(maker.name() + " is readier to leave: " + was + ", " + is, is.readiness() > was.readiness());
            lines.append(String.format(
                    Locale.ROOT,
                    "%s%s: index %.3f to %.3f, exit readiness %.2f to %.2f",
                    lines.isEmpty() ? "" : "; ",
                    maker.name(),
                    was.index(),
                    is.index(),
                    was.readiness(),
                    is.readiness()));
        }
        var buyer = world.buyer();
        var kept = figuresOf(after, buyer);
        Check.that("the vendor works on for its owner: " + kept, kept.share() > 0.25);
        world.makers().forEach(this::requireAsTheLogTells);
        return lines.append(String.format(
                        Locale.ROOT,
                        "; %s: index %.3f to %.3f, the vendor keeps %.0f %% there; all as counted from the logs",
                        buyer.name(),
                        figuresOf(before, buyer).index(),
                        kept.index(),
                        100 * kept.share()))
                .toString();
    }

    private static Figures figuresOf(Map<Maker, Figures> all, Maker maker) {
        var found = all.get(maker);
        if (found == null) {
            throw new DemoFailure("nothing was measured at " + maker.name());
        }
        return found;
    }

    /** Counts the answers of each team again from the log. */
    private void requireAsTheLogTells(Maker maker) {
        var employer = new HashMap<String, String>();
        maker.teams().forEach((vendor, team) -> maker.people(team).forEach(person -> employer.put(person, vendor)));
        var answers = new HashMap<String, Long>();
        for (var entry : maker.entries("SUBMIT", 0).values()) {
            answers.merge(employer.getOrDefault(entry.get("actor").asString(), "nobody"), 1L, Long::sum);
        }
        var all = (double) maker.answersNeeded();
        var index = answers.values().stream()
                .mapToDouble(count -> count / all * (count / all))
                .sum();
        var told = figures(maker);
        Check.near("the index of " + maker.name(), index, told.index(), ROUNDING);
        Check.near(
                "the vendor's share at " + maker.name(),
                answers.getOrDefault(world.foundry(), 0L) / all,
                told.share(),
                ROUNDING);
        Check.near("exit readiness of " + maker.name() + ", where nothing waits", 1, told.readiness(), ROUNDING);
    }
}
