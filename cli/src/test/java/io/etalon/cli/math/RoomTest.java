package io.etalon.cli.math;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.quality.Labels;
import org.junit.jupiter.api.Test;

class RoomTest {
    /** 131,072 judgements take 1.5 MB and their 26,214 tasks 3.5 MB or so. */
    @Test
    void refusesWhatWillNotFitAndSaysHowMuchWould() {
        assertThatCode(() -> fill(100 << 20)).doesNotThrowAnyException();
        assertThatThrownBy(() -> fill(4 << 20))
                .isInstanceOf(InputFailure.class)
                .hasMessageStartingWith(
                        "standard input: the first 131,072 judgements on 26,215 tasks need 0.0 GB of memory")
                .hasMessageContaining("such as ETALON_JAVA_OPTS=-Xmx1g");
    }

    private static void fill(long memory) {
        var builder = Labels.builder();
        var room = new Room(new TableOptions(), "-", 0, memory);
        for (var i = 0; i < 131_072; i++) {
            builder.add("task-" + i / 5, "worker-" + i % 13, "" + i % 2);
            room.require(builder);
        }
    }
}
