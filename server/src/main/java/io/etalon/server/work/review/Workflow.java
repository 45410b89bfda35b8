package io.etalon.server.work.review;

import java.util.List;
import java.util.Optional;

/**
 * A project's review: its stages in their order. Which stages an answer passes is settled once, when it comes in; a later
 * version of the workflow concerns later answers.
 *
 * @param version from 1; 0 for the short form, a share alone
 * @param stages review stages first; a stage that adjudicates is the last
 */
public record Workflow(int version, List<Stage> stages) {
    /** A route is a set of bits in a small integer. */
    public static final int MOST_STAGES = 10;

    /** What a project's review share means. */
    public static final String SHORT_FORM = "review";

    public Workflow {
        stages = List.copyOf(stages);
    }

    /** The short form: one stage that looks at a part of the answers. */
    public static Workflow ofShare(double share) {
        return new Workflow(
                0,
                share > 0
                        ? List.of(new Stage(
                                SHORT_FORM, Stage.Kind.REVIEW, new Selection.Share(share), Stage.Who.REVIEWER))
                        : List.of());
    }

    /** Draws samples: evenly, for each stage on its own, the same whenever it is asked. */
    @FunctionalInterface
    public interface Draw {
        boolean falls(int stage, double share);
    }

    /** The stages that an answer passes, bit n - 1 for stage n; 0 when nobody looks at it. */
    public int route(Signs signs, Draw draw) {
        var route = 0;
        for (var stage = 1; stage <= stages.size(); stage++) {
            var one = stages.get(stage - 1);
            if (one.kind() == Stage.Kind.REVIEW && selects(one.select(), stage, signs, draw)) {
                route |= 1 << (stage - 1);
            }
        }
        return route;
    }

    private static boolean selects(Selection select, int stage, Signs signs, Draw draw) {
        return switch (select) {
            case Selection.All all -> true;
            case Selection.Share(var share) -> draw.falls(stage, share);
            case Selection.Risk risk -> risk.meets(signs);
        };
    }

    /** Whether a task's agreement is looked at when an answer comes in. */
    public boolean asksForAgreement() {
        return stages.stream()
                .anyMatch(stage -> stage.kind() == Stage.Kind.REVIEW
                        && stage.select() instanceof Selection.Risk risk
                        && risk.agreementBelow() != null);
    }

    /** The stage at which answers are merged, if there is one. */
    public Optional<Stage> adjudication() {
        return stages.stream()
                .filter(stage -> stage.kind() == Stage.Kind.ADJUDICATE)
                .findFirst();
    }

    /** A stage by its number; empty for one that this version does not have. */
    public Optional<Stage> stage(int number) {
        return number >= 1 && number <= stages.size() ? Optional.of(stages.get(number - 1)) : Optional.empty();
    }
}
