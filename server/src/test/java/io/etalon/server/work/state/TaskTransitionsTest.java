package io.etalon.server.work.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

final class TaskTransitionsTest {
    private static final Path PAGE = Path.of("../docs/task-states.md");

    /** The page is made from the table: run with -Detalon.write=true to make it anew. */
    @Test
    void theDiagramInTheDocumentationIsTheTables() throws IOException {
        var page = """
                # The states of a task

                Made from `TaskTransitions`, the table that moves every task; a test compares them. Events in capitals, who may
                cause them in brackets. Events that leave a task where it is are not drawn.

                ```mermaid
                %s```
                """.formatted(TaskTransitions.diagram());
        if (Boolean.getBoolean("etalon.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    @Test
    void everyStateCanBeReachedAndNoneIsFinal() {
        var reached = EnumSet.of(TaskState.PLANNED);
        var left = EnumSet.noneOf(TaskState.class);
        for (var pass = 0; pass < TaskState.values().length; pass++) {
            for (var row : TaskTransitions.TABLE) {
                if (reached.contains(row.from()) && row.from() != row.next()) {
                    reached.add(row.next());
                    left.add(row.from());
                }
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(TaskState.values());
        assertThat(left).containsExactlyInAnyOrder(TaskState.values());
    }

    @Test
    void refusesWhatTheTableDoesNotAllowAndNamesWhatItsCallerCanDo() {
        assertThatThrownBy(() -> TaskTransitions.next(TaskState.PLANNED, TaskEvent.SUBMIT))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining("planned")
                .hasMessageContaining("nothing that you can do");
        assertThatThrownBy(() -> TaskTransitions.next(TaskState.PLANNED, TaskEvent.REOPEN))
                .hasMessageEndingWith("What you can do: cancel.");
    }
}
