package io.etalon.server.project;

import io.etalon.annotation.LabelClass;
import io.etalon.annotation.OntologyChange;
import io.etalon.annotation.Option;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Labels added, renamed, merged and retired while work goes on. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/ontology/changes")
final class RelabellingController {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Relabellings relabellings;
    private final Projects projects;

    RelabellingController(Relabellings relabellings, Projects projects) {
        this.relabellings = relabellings;
        this.projects = projects;
    }

    /**
     * One operation.
     *
     * @param label of add: the new label
     * @param question of operations on an option, whose question it is: its id, or {@code label/attribute} for a question
     *     about a label's shapes; with retire and without id the question itself is retired
     * @param option of add with a question: the new option
     * @param id of rename, merge and retire: the label or option that is meant
     * @param name of rename
     * @param into of merge: the label or option that it counts as from then on
     */
    record OperationBody(
            @Schema(allowableValues = {"add", "rename", "merge", "retire"}) @Nullable
            String op,

            @Nullable JsonNode label,
            @Nullable String question,
            @Nullable JsonNode option,
            @Nullable String id,
            @Nullable String name,
            @Nullable String into) {}

    record PreviewRequest(@Nullable List<OperationBody> operations) {}

    /** @param baseVersion the version that the preview told */
    record ChangeRequest(
            @Nullable Integer baseVersion, @Nullable List<OperationBody> operations) {}

    /** @param touched submissions by what they bear: a label by its id, an option and a question by their path */
    record PreviewBody(int baseVersion, List<OntologyChange.Entry> changes, Map<String, Long> touched) {}

    record Changed(int version, List<OntologyChange.Entry> changes) {}

    @PostMapping("/preview")
    @Operation(
            summary = "What changes of labels and options would touch",
            description =
                    "Changes nothing. Submissions are counted by label, option and question, a second old at most.")
    @Allow(Role.REQUESTER)
    PreviewBody preview(ClientCaller caller, @PathVariable ProjectId project, @RequestBody PreviewRequest body) {
        var preview = relabellings.preview(caller.client().id(), project, operations(body.operations()));
        return new PreviewBody(preview.baseVersion(), preview.change().entries(), preview.touched());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Add, rename, merge and retire labels and options",
            description =
                    "Makes the next version of the ontology. Leases that are out finish under theirs. Answers stay as they"
                            + " were given; merged labels and options are read as the one they were merged into in reports,"
                            + " releases and exports, retired ones are kept and marked; in results they are left out and"
                            + " counted as such.")
    @Allow(Role.REQUESTER)
    Changed change(
            ClientCaller caller, Attempt attempt, @PathVariable ProjectId project, @RequestBody ChangeRequest body) {
        var base = body.baseVersion();
        if (base == null) {
            throw EtalonException.invalidAt("/baseVersion", "is missing; it came with the preview");
        }
        var version = relabellings.apply(caller, project, base, operations(body.operations()), attempt, body);
        return new Changed(
                version, projects.change(caller.client().id(), project, version).entries());
    }

    private static List<LabelOperation> operations(@Nullable List<OperationBody> bodies) {
        return bodies == null
                ? List.of()
                : IntStream.range(0, bodies.size())
                        .mapToObj(i -> operation(bodies.get(i), "/operations/" + i))
                        .toList();
    }

    private static LabelOperation operation(@Nullable OperationBody body, String at) {
        if (body == null) {
            throw EtalonException.invalidAt(at, "is missing");
        }
        var question = body.question();
        if (question != null) {
            return ofQuestion(body, QuestionPlace.of(question.strip()), at);
        }
        if (body.option() != null) {
            throw EtalonException.invalidAt(at + "/question", "is missing; an option stands in a question");
        }
        return switch (String.valueOf(body.op())) {
            case "add" -> new LabelOperation.Add(label(body.label(), at));
            case "rename" ->
                new LabelOperation.Rename(required(body.id(), at + "/id"), required(body.name(), at + "/name"));
            case "merge" ->
                new LabelOperation.Merge(required(body.id(), at + "/id"), required(body.into(), at + "/into"));
            case "retire" -> new LabelOperation.Retire(required(body.id(), at + "/id"));
            default ->
                throw EtalonException.invalidAt(
                        at + "/op", "is “" + body.op() + "”; it must be add, rename, merge or retire");
        };
    }

    private static LabelOperation ofQuestion(OperationBody body, QuestionPlace place, String at) {
        return switch (String.valueOf(body.op())) {
            case "add" -> new LabelOperation.AddOption(place, option(body.option(), at));
            case "rename" ->
                new LabelOperation.RenameOption(
                        place, required(body.id(), at + "/id"), required(body.name(), at + "/name"));
            case "merge" ->
                new LabelOperation.MergeOption(
                        place, required(body.id(), at + "/id"), required(body.into(), at + "/into"));
            case "retire" ->
                body.id() == null
                        ? new LabelOperation.RetireQuestion(place)
                        : new LabelOperation.RetireOption(place, required(body.id(), at + "/id"));
            default ->
                throw EtalonException.invalidAt(
                        at + "/op", "is “" + body.op() + "”; it must be add, rename, merge or retire");
        };
    }

    private static String required(@Nullable String value, String pointer) {
        if (value == null || value.isBlank()) {
            throw EtalonException.invalidAt(pointer, "is missing");
        }
        return value.strip();
    }

    private static LabelClass label(@Nullable JsonNode json, String at) {
        if (json == null) {
            throw EtalonException.invalidAt(at + "/label", "is missing");
        }
        var whole = JSON.createObjectNode();
        whole.putArray("labels").add(json);
        whole.putArray("questions");
        return ProjectBodies.parsed(whole, "/ontology/labels/0", at + "/label")
                .labels()
                .getFirst();
    }

    /** Read as the one option of a question, so that it is read like those that stand in an ontology. */
    private static Option option(@Nullable JsonNode json, String at) {
        if (json == null) {
            throw EtalonException.invalidAt(at + "/option", "is missing");
        }
        var whole = JSON.createObjectNode();
        whole.putArray("labels");
        var question = whole.putArray("questions").addObject();
        question.put("id", "q").put("name", "q").put("type", "choice").put("required", false);
        // A choice has two at least: another one beside it.
        var other = json.path("id").asString("").equals("a") ? "b" : "a";
        question.putArray("options").add(json).addObject().put("id", other).put("name", other);
        return ProjectBodies.parsed(whole, "/ontology/questions/0/options/0", at + "/option")
                .questions()
                .getFirst()
                .options()
                .getFirst();
    }
}
