package io.etalon.benchmarks.quality;

import io.etalon.quality.truth.DawidSkene;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;

/**
 * Fits a large binary crowd in a process of its own, so that its heap is the whole truth. Argument: tasks (ten judgements
 * each). Prints seconds of the fit, highest heap in bytes, iterations, and the share of tasks inferred rightly.
 */
final class LargeCrowd {
    static final int REDUNDANCY = 10;
    static final int WORKERS = 10_000;

    private LargeCrowd() {}

    public static void main(String[] arguments) {
        var crowd = new SyntheticCrowd(Integer.parseInt(arguments[0]), WORKERS, 2, REDUNDANCY);
        // The compiler's own time is not the method's: a small crowd first.
        DawidSkene.plain().withThreads(2).fit(new SyntheticCrowd(100_000, WORKERS, 2, REDUNDANCY).labels());
        var labels = crowd.labels();
        var begun = System.nanoTime();
        var fit = DawidSkene.plain().withThreads(2).fit(labels);
        var seconds = (System.nanoTime() - begun) / 1e9;
        var right = 0L;
        for (var task = 0; task < crowd.tasks(); task++) {
            right += fit.consensus().posterior(task, crowd.truth(task)) > .5 ? 1 : 0;
        }
        var heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.println(seconds);
        System.out.println(heap);
        System.out.println(fit.iterations());
        System.out.println((double) right / crowd.tasks());
    }
}
