package io.etalon.cli.math;

import io.etalon.quality.Labels;
import java.util.Locale;

/** Refuses judgements that will not fit the memory while there is still some, and says how much would do. */
final class Room {
    private static final int ROWS = 1 << 16;
    private static final double USABLE = 0.9;
    private static final double GB = 1 << 30;
    /** A method's probabilities, and those of the step before, for each task and class. */
    private static final int POSTERIORS = 2 * Double.BYTES;

    private final TableOptions tables;
    private final String name;
    private final int further;
    private final long memory;

    /** @param further bytes that a judgement takes besides those of the builder */
    Room(TableOptions tables, String name, int further) {
        this(tables, name, further, Runtime.getRuntime().maxMemory());
    }

    Room(TableOptions tables, String name, int further, long memory) {
        this.tables = tables;
        this.name = name;
        this.further = further;
        this.memory = memory;
    }

    /** Looks now and then, when a judgement was added. */
    void require(Labels.Builder builder) {
        if (builder.size() % ROWS != 0) {
            return;
        }
        var needed = builder.memory()
                + (long) further * builder.size()
                + (long) POSTERIORS * builder.tasks() * builder.classes();
        if (needed > USABLE * memory) {
            var whole = tables.share() > 0 ? needed / tables.share() : 2 * memory;
            throw new InputFailure(String.format(
                    Locale.ROOT,
                    "%s: the first %,d judgements on %,d tasks need %.1f GB of memory, and the command may take %.1f GB; give"
                            + " it more, such as ETALON_JAVA_OPTS=-Xmx%dg%s",
                    TableOptions.shown(name),
                    builder.size(),
                    builder.tasks(),
                    needed / GB,
                    memory / GB,
                    (long) Math.ceil(whole / USABLE / GB + 0.5),
                    tables.share() > 0 ? " for all of them" : ""));
        }
    }
}
