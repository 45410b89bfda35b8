package io.etalon.ranking.algebra;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Where work that was cut into independent parts runs. The parts are the same either way, so results are too. */
public enum Parallelism {
    /** The calling thread. */
    ONE_THREAD,
    /** The common pool: all cores. */
    ALL_CORES;

    /** Runs the body for 0 to {@code parts - 1}, each once, and returns when all are done. */
    public void forEach(int parts, IntConsumer body) {
        switch (this) {
            case ONE_THREAD -> {
                for (var part = 0; part < parts; part++) {
                    body.accept(part);
                }
            }
            case ALL_CORES -> {
                if (parts == 1) {
                    body.accept(0);
                } else {
                    IntStream.range(0, parts).parallel().forEach(body);
                }
            }
        }
    }
}
