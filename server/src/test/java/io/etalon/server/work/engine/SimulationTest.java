package io.etalon.server.work.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.faults.Faults;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Many random courses of work; a seed that fails is printed, and kept in {@code simulation-seeds.txt} once it is known. */
final class SimulationTest {
    private static final int COURSES = Faults.times(300, 20_000);

    @Test
    void replaysEverySeedThatOnceFailed() throws Exception {
        try (var in = Objects.requireNonNull(SimulationTest.class.getResourceAsStream("simulation-seeds.txt"))) {
            var seeds = new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .mapToLong(Long::parseLong)
                    .toArray();
            assertThat(seeds).isNotEmpty();
            for (var seed : seeds) {
                run(seed);
            }
        }
    }

    @Test
    void holdsItsPromisesInRandomCoursesOfWork() {
        var first = Faults.seed();
        var committed = 0L;
        for (var seed = first; seed < first + COURSES; seed++) {
            committed += run(seed);
        }
        assertThat(committed).as("work was done").isGreaterThan(20L * COURSES);
        Faults.saw(COURSES + " courses of work, " + committed + " commits");
    }

    private static int run(long seed) {
        var work = new SimulatedWork(seed);
        try {
            work.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + " fails; add it to simulation-seeds.txt: " + e.getMessage(), e);
        }
        return work.committed();
    }
}
