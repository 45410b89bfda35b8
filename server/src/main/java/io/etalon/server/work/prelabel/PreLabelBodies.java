package io.etalon.server.work.prelabel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What the addresses of pre-labels take and give. */
final class PreLabelBodies {
    private PreLabelBodies() {}

    /** A model by its name and version, each a text of 1 to 100 characters. */
    record PreLabelModel(@Nullable String name, @Nullable String version) {}

    /**
     * What a model answers to a task.
     *
     * @param confidence of the model in the whole answer, 0 to 1
     */
    record NewPreLabel(
            @Nullable Long task,
            @Nullable PreLabelModel model,
            @Nullable Double confidence,

            @Schema(ref = "#/components/schemas/Answer") @Nullable
            JsonNode answer) {}

    /** Pre-labels for tasks that are there, 1 to 1000. */
    record NewPreLabels(@Nullable List<@Nullable NewPreLabel> items) {}

    record PreLabelsAdded(int added) {}

    /**
     * A pre-label of a task.
     *
     * @param removed whether it was taken back with its model: it is not shown
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PreLabelBody(
            long id,
            PreLabelModel model,
            @Nullable Double confidence,
            int ontologyVersion,
            Instant at,
            boolean removed,

            @JsonRawValue @Schema(ref = "#/components/schemas/Answer")
            String answer) {}

    /**
     * A model, with what became of its pre-labels.
     *
     * @param labels how many came from it
     * @param unchanged first answers that left one as it was
     * @param changed first answers that changed one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ModelLine(
            long id,
            String name,
            String version,
            long labels,
            long unchanged,
            long changed,
            Instant at,
            @Nullable Instant removedAt) {}

    /**
     * How a project stands with pre-labels.
     *
     * @param asked whether the queue's rules say that they are shown
     * @param shown whether they are: not while gold in use has none
     * @param goldWithout how many gold tasks in use have none, where they are asked for
     */
    record PreLabelStanding(boolean asked, boolean shown, int goldWithout, List<ModelLine> models) {}
}
