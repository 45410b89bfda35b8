package io.etalon.benchmarks.work;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Seconds of the processor since the start: of this process, which is the server, and of the database's processes below
 * it. A backend that has ended is not counted.
 */
record Processors(double server, double database) {
    static Processors now() {
        var own = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var database = ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("postgres"))
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
        return new Processors(own.getProcessCpuTime() / 1e9, database);
    }

    /** Microseconds a request since an earlier time. */
    Processors since(Processors before, double requests) {
        return new Processors((server - before.server) / requests * 1e6, (database - before.database) / requests * 1e6);
    }
}
