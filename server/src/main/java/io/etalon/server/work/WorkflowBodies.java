package io.etalon.server.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.work.review.Selection;
import io.etalon.server.work.review.Stage;
import io.etalon.server.work.review.Workflow;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the address of a project's workflow takes and gives, and what it must satisfy. */
final class WorkflowBodies {
    private static final int LONGEST_NAME = 60;

    private WorkflowBodies() {}

    /** Which answers come to a stage; by says which of the other members are read. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SelectBody(
            @Schema(allowableValues = {"all", "share", "risk"})
            String by,

            @Nullable Double share,
            @Nullable Double agreementBelow,
            @Nullable Double recordBelow,
            @Nullable Integer firstTasks,
            @Nullable Boolean unsure) {
        Selection selection() {
            return switch (by) {
                case "all" -> new Selection.All();
                case "share" -> new Selection.Share(Objects.requireNonNullElse(share, 0.0));
                default ->
                    new Selection.Risk(
                            agreementBelow,
                            recordBelow,
                            Objects.requireNonNullElse(firstTasks, 0),
                            Boolean.TRUE.equals(unsure));
            };
        }

        static SelectBody of(Selection selection) {
            return switch (selection) {
                case Selection.All all -> new SelectBody("all", null, null, null, null, null);
                case Selection.Share(var share) -> new SelectBody("share", share, null, null, null, null);
                case Selection.Risk(var agreement, var record, var first, var unsure) ->
                    new SelectBody("risk", null, agreement, record, first > 0 ? first : null, unsure ? true : null);
            };
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StageBody(
            String name,
            Stage.@Nullable Kind kind,
            SelectBody select,
            Stage.@Nullable Who who,
            @Nullable String qualification) {
        Stage stage() {
            return new Stage(
                    name,
                    Objects.requireNonNullElse(kind, Stage.Kind.REVIEW),
                    select.selection(),
                    Objects.requireNonNullElse(who, Stage.Who.REVIEWER),
                    qualification);
        }

        static StageBody of(Stage stage) {
            return new StageBody(
                    stage.name(), stage.kind(), SelectBody.of(stage.select()), stage.who(), stage.qualification());
        }
    }

    record NewWorkflow(List<StageBody> stages) {}

    /** Version 0 is the short form: the project's review share alone. */
    record WorkflowBody(int version, List<StageBody> stages) {
        static WorkflowBody of(Workflow workflow) {
            return new WorkflowBody(
                    workflow.version(),
                    workflow.stages().stream().map(StageBody::of).toList());
        }
    }

    /** Refuses what makes no workflow, with the place of every fault. */
    static void check(NewWorkflow asked) {
        var faults = new ArrayList<Fault>();
        if (asked.stages() == null) {
            throw EtalonException.invalidAt("/stages", "is missing; without review they are []");
        }
        if (asked.stages().size() > Workflow.MOST_STAGES) {
            faults.add(new Fault("/stages", "has more than " + Workflow.MOST_STAGES + " stages"));
        }
        var names = new HashSet<String>();
        for (var i = 0; i < asked.stages().size(); i++) {
            var stage = asked.stages().get(i);
            var at = "/stages/" + i;
            if (stage == null) {
                faults.add(new Fault(at, "is null"));
                continue;
            }
            var name = stage.name();
            if (name == null || name.isBlank() || name.length() > LONGEST_NAME || !names.add(name)) {
                faults.add(new Fault(
                        at + "/name", "must have 1 to " + LONGEST_NAME + " characters and be no other stage's"));
            }
            if (stage.kind() == Stage.Kind.ADJUDICATE && i < asked.stages().size() - 1) {
                faults.add(new Fault(at + "/kind", "adjudicate must be the last stage"));
            }
            if (stage.qualification() != null && !Qualifications.isKey(stage.qualification())) {
                faults.add(
                        new Fault(at + "/qualification", "must have 1 to 63 of a-z, 0-9, dot, hyphen and underscore"));
            }
            select(stage, at + "/select", faults);
        }
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(ErrorCode.INVALID, "The workflow cannot be like this.", faults);
        }
    }

    private static void select(StageBody stage, String at, List<Fault> faults) {
        var select = stage.select();
        if (select == null
                || select.by() == null
                || !List.of("all", "share", "risk").contains(select.by())) {
            faults.add(new Fault(at + "/by", "must be all, share or risk"));
            return;
        }
        part(select.share(), at + "/share", faults);
        part(select.agreementBelow(), at + "/agreementBelow", faults);
        part(select.recordBelow(), at + "/recordBelow", faults);
        var first = Objects.requireNonNullElse(select.firstTasks(), 0);
        if (first < 0 || first > 1_000_000) {
            faults.add(new Fault(at + "/firstTasks", "must be from 0 to 1000000"));
        }
        if (select.by().equals("share") && select.share() == null) {
            faults.add(new Fault(at + "/share", "is missing"));
        }
        if (select.by().equals("risk")
                && select.agreementBelow() == null
                && (stage.kind() == Stage.Kind.ADJUDICATE
                        || select.recordBelow() == null && first == 0 && !Boolean.TRUE.equals(select.unsure()))) {
            faults.add(
                    stage.kind() == Stage.Kind.ADJUDICATE
                            ? new Fault(at + "/agreementBelow", "is missing; tasks are chosen by it alone")
                            : new Fault(at, "names no risk"));
        }
    }

    private static void part(@Nullable Double value, String at, List<Fault> faults) {
        if (value != null && !(value >= 0 && value <= 1)) {
            faults.add(new Fault(at, "must be from 0 to 1"));
        }
    }
}
