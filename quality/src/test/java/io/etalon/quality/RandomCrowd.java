package io.etalon.quality;

import java.util.Random;

/** Seeded crowds whose truth is known. */
public final class RandomCrowd {
    private RandomCrowd() {}

    public static Labels of(Random random, int tasks, int workers, int classes, int redundancy) {
        var builder = Labels.builder();
        for (var task = 0; task < tasks; task++) {
            var truth = random.nextInt(classes);
            for (var i = 0; i < redundancy; i++) {
                var worker = random.nextInt(workers);
                var right = random.nextDouble() < .5 + .45 * worker / workers;
                builder.add(task, worker, right ? truth : random.nextInt(classes));
            }
        }
        return builder.build();
    }
}
