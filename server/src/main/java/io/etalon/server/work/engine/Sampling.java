package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;

/** Which submissions a reviewer looks at: the same answer whenever it is asked, evenly spread, not to be guessed. */
final class Sampling {
    private Sampling() {}

    /** Who answered which task, in what round. */
    record Slot(ProjectId project, long task, PersonId author, int round) {}

    /**
     * @param stage from 1; each draws on its own
     * @param share the part that is to be reviewed, 0 to 1
     */
    static boolean sampled(Slot slot, int stage, double share) {
        var project = slot.project();
        var author = slot.author();
        var hash = project.value().getMostSignificantBits();
        hash = mix(hash ^ project.value().getLeastSignificantBits());
        hash = mix(hash ^ author.value().getMostSignificantBits());
        hash = mix(hash ^ author.value().getLeastSignificantBits());
        hash = mix(hash ^ slot.task());
        hash = mix(hash ^ slot.round());
        if (stage > 1) {
            hash = mix(hash ^ stage);
        }
        return (hash >>> 11) * 0x1p-53 < share;
    }

    /** Whether a task is in a share of a project's tasks that is chosen once and for all: a larger share holds a smaller. */
    static boolean sampled(ProjectId project, long task, double share) {
        var hash = mix(project.value().getMostSignificantBits());
        hash = mix(hash ^ project.value().getLeastSignificantBits());
        return (mix(hash ^ task) >>> 11) * 0x1p-53 < share;
    }

    /** Stafford's 13th variant of the finaliser of MurmurHash3, as in SplittableRandom. */
    private static long mix(long z) {
        var a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        var b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
