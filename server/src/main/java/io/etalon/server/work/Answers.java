package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.Fault;
import io.etalon.annotation.Shape;
import io.etalon.formats.AnswerJson;
import io.etalon.formats.Parsed;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.SealedAnswer;
import io.etalon.server.work.engine.WorkCodes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Answers on their way in and out of the tables. What can be queried (labels, options, numbers, geometry) is kept as
 * JSON; an answer with free text is sealed whole beside it, and its JSON lacks the texts. Thread-safe.
 */
@Component
final class Answers {
    private final Projects projects;
    private final ClientKeys keys;

    Answers(Projects projects, ClientKeys keys) {
        this.projects = projects;
        this.keys = keys;
    }

    /** Reads an answer under a version of the ontology, without asking whether it is complete. */
    Answer read(ClientId client, ProjectId project, int ontologyVersion, @Nullable RawJson json) {
        if (json == null) {
            throw EtalonException.invalidAt("/answer", "is missing");
        }
        var ontology = projects.ontology(client, project, ontologyVersion).ontology();
        return switch (AnswerJson.read(ontology, json.text().getBytes(UTF_8))) {
            case Parsed.Sound<Answer>(var answer) -> answer;
            case Parsed.Faulty<Answer>(var faults) -> throw refused(faults);
        };
    }

    /** Refuses an answer that does not fit the ontology or the asset, with every fault's place in the request. */
    void check(ClientId client, ProjectId project, int ontologyVersion, Answer answer, AssetExtent extent) {
        var faults = faults(client, project, ontologyVersion, answer, extent);
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
    }

    /** What keeps an answer from being handed in. */
    List<Fault> faults(ClientId client, ProjectId project, int ontologyVersion, Answer answer, AssetExtent extent) {
        return AnswerCheck.check(
                projects.ontology(client, project, ontologyVersion).ontology(), answer, extent);
    }

    private static EtalonException refused(List<Fault> faults) {
        return EtalonException.withFaults(
                WorkCodes.INVALID_ANSWER,
                "The answer does not fit the ontology.",
                faults.stream()
                        .map(fault -> new Fault("/answer" + fault.pointer(), fault.message()))
                        .toList());
    }

    /** The form for the tables; the sealed part opens for this lease's row alone. */
    SealedAnswer seal(ClientId client, ProjectId project, long lease, Answer answer) {
        if (!hasTexts(answer)) {
            return new SealedAnswer(json(answer), null);
        }
        var texts = keys.seal(client, project, context(lease), AnswerJson.write(answer));
        return new SealedAnswer(json(withoutTexts(answer)), texts);
    }

    Answer open(ClientId client, ProjectId project, int ontologyVersion, SubmissionStore.Stored stored) {
        var json = stored.texts() == null
                ? stored.json().getBytes(UTF_8)
                : keys.open(client, project, context(stored.lease()), stored.texts());
        var ontology = projects.ontology(client, project, ontologyVersion).ontology();
        return AnswerJson.read(ontology, json).orThrow();
    }

    private static String context(long lease) {
        return AnswerSeal.context(lease);
    }

    byte[] sealText(ClientId client, ProjectId project, String context, byte[] plain) {
        return keys.seal(client, project, context, plain);
    }

    /** What somebody wrote when he skipped a task. */
    @Nullable
    String skipNote(ClientId client, ProjectId project, long lease, byte @Nullable [] sealed) {
        return sealed == null ? null : new String(openText(client, project, skipContext(lease), sealed), UTF_8);
    }

    static String skipContext(long lease) {
        return "note " + lease;
    }

    byte[] openText(ClientId client, ProjectId project, String context, byte[] sealed) {
        return keys.open(client, project, context, sealed);
    }

    static String json(Answer answer) {
        return new String(AnswerJson.write(answer), UTF_8);
    }

    private static boolean hasTexts(Answer answer) {
        return hasTexts(answer.answers()) || answer.shapes().stream().anyMatch(shape -> hasTexts(shape.attributes()));
    }

    private static boolean hasTexts(Map<String, AnswerValue> values) {
        return values.values().stream().anyMatch(AnswerValue.Text.class::isInstance);
    }

    private static Answer withoutTexts(Answer answer) {
        return new Answer(
                withoutTexts(answer.answers()),
                answer.shapes().stream()
                        .map(s -> new Shape(s.id(), s.label(), s.geometry(), withoutTexts(s.attributes())))
                        .toList());
    }

    private static Map<String, AnswerValue> withoutTexts(Map<String, AnswerValue> values) {
        var rest = new HashMap<>(values);
        rest.values().removeIf(value -> value instanceof AnswerValue.Text);
        return rest;
    }
}
