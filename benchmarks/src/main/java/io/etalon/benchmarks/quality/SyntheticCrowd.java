package io.etalon.benchmarks.quality;

import io.etalon.quality.Labels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Seeded crowds: each worker is right with a probability of their own between .55 and .95, else picks any other class. */
record SyntheticCrowd(int tasks, int workers, int classes, int redundancy) {
    private static final long SEED = 1979;

    long size() {
        return (long) tasks * redundancy;
    }

    /** Judgements by workers drawn at random, or by the first {@code redundancy} workers when there are no more. */
    Labels labels() {
        var random = new SplittableRandom(SEED);
        var skill = new double[workers];
        Arrays.setAll(skill, worker -> .55 + .4 * random.nextDouble());
        var packer = Labels.packer(tasks, workers, classes, Math.toIntExact(size()));
        for (var task = 0; task < tasks; task++) {
            packer.nextTask();
            var truth = truth(task);
            for (var i = 0; i < redundancy; i++) {
                var worker = workers == redundancy ? i : random.nextInt(workers);
                var right = random.nextDouble() < skill[worker];
                packer.add(worker, right ? truth : (truth + 1 + random.nextInt(classes - 1)) % classes);
            }
        }
        return packer.build();
    }

    /** The true class of a task. */
    int truth(int task) {
        return (int) ((task * 0x9E3779B97F4A7C15L >>> 33) % classes);
    }

    /** Writes {@code task,worker,label} with a header. */
    static void write(Labels labels, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var out = Files.newBufferedWriter(file)) {
            out.write("task,worker,label\n");
            for (var task = 0; task < labels.tasks().size(); task++) {
                for (var i = labels.start(task); i < labels.end(task); i++) {
                    out.write(task + "," + labels.workerAt(i) + "," + labels.classAt(i) + "\n");
                }
            }
        }
    }
}
