package io.etalon.cli.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;

/** The second outcome: all work is done by others, each task as often as it must be, and never twice by one person. */
final class JuneCount {
    private final JuneWorld world;

    JuneCount(JuneWorld world) {
        this.world = world;
    }

    String check(Shift shift) {
        var tasks = 0L;
        var answers = 0L;
        var shifts = 0;
        for (var maker : world.makers()) {
            var progress = maker.progress();
            Check.equal(
                    "tasks of " + maker.name(),
                    (long) maker.tasks(),
                    progress.get("tasks").asLong());
            Check.equal(
                    "tasks done at " + maker.name(),
                    (long) maker.tasks(),
                    progress.get("done").asLong());
            Check.equal(
                    "answers at " + maker.name(),
                    maker.answersNeeded(),
                    progress.get("submissions").asLong());
            requireEachOnce(maker);
            tasks += maker.tasks();
            answers += maker.answersNeeded();
        }
        for (var maker : world.competitors()) {
            shifts += requireShifted(maker);
        }
        Check.that("somebody was refused at a wall", shift.refused() > 0);
        return tasks + " tasks with exactly " + Maker.REDUNDANCY + " answers by different people (" + answers
                + " in all), 0 lost, 0 twice; " + shifts + " logged routing decisions since the walls closed";
    }

    /** By the log: every task's answers, and by whom. */
    private static void requireEachOnce(Maker maker) {
        var people = new HashMap<Long, Set<String>>();
        var submissions = maker.entries("SUBMIT", 0);
        for (var entry : submissions.values()) {
            var task = entry.get("task").asLong();
            var actor = entry.get("actor").asString();
            Check.that(
                    "nobody answers task " + task + " of " + maker.name() + " twice",
                    people.computeIfAbsent(task, key -> new HashSet<>()).add(actor));
        }
        Check.equal("tasks answered by the log of " + maker.name(), maker.tasks(), people.size());
        people.forEach((task, by) -> Check.equal("people who answered task " + task, Maker.REDUNDANCY, by.size()));
        Check.equal("submissions by the log of " + maker.name(), maker.answersNeeded(), (long) submissions.size());
    }

    /** The policy gave the vendor's part to the others, and says why. */
    private int requireShifted(Maker maker) {
        var decisions =
                maker.officer().get(maker.project() + "/routing/decisions").get("items");
        var shut = maker.team(world.foundry());
        var shifted = decisions
                .valueStream()
                .filter(decision -> decision.get("parts").path(shut).asDouble(0) == 0)
                .count();
        Check.that("the policy of " + maker.name() + " shifted the vendor's part", shifted > 0);
        return (int) shifted;
    }
}
