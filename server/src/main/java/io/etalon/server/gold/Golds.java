package io.etalon.server.gold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Fault;
import io.etalon.formats.AnswerJson;
import io.etalon.formats.Parsed;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.Assets;
import io.etalon.server.gold.GoldBodies.GoldImport;
import io.etalon.server.gold.GoldBodies.GoldMade;
import io.etalon.server.gold.GoldBodies.GoldRefused;
import io.etalon.server.gold.GoldBodies.NewGoldItem;
import io.etalon.server.project.Projects;
import io.etalon.server.work.engine.WorkCodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A project's gold: added, retired, listed. Only quality leads and requesters come here. Thread-safe. */
@Component
final class Golds {
    private static final int MAX_LINES = 1_000;
    private static final int MAX_FEEDBACK = 2_000;
    private static final int USUAL_DIFFICULTY = 3;

    private final GoldRoom room;
    private final Projects projects;
    private final Assets assets;
    private final SealedGold sealed;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final GoldStore store = new GoldStore();
    private final ObjectMapper json = new ObjectMapper();

    Golds(GoldRoom room, Projects projects, Assets assets, SealedGold sealed, Idempotency idempotency, AuditLog audit) {
        this.room = room;
        this.projects = projects;
        this.assets = assets;
        this.sealed = sealed;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    /**
     * Makes a task gold.
     *
     * @throws EtalonException not found, when the project lacks the task; not reviewed, when it is to bring its answer and
     *     has none; invalid answer; gold already
     */
    GoldMade add(ClientCaller caller, ProjectId project, NewGoldItem item, Attempt attempt) {
        return room.change(
                caller,
                project,
                tx -> idempotency.once(tx, attempt, item, GoldMade.class, same -> {
                    store.lock(same, project);
                    return new GoldMade(add(same, caller, project, item));
                }));
    }

    /** Makes tasks gold, one a line of JSON; a line that is refused hinders no other. */
    GoldImport importAll(ClientCaller caller, ProjectId project, String lines, Attempt attempt) {
        var all = lines.lines().toList();
        if (all.size() > MAX_LINES) {
            throw EtalonException.invalid("an import of gold has at most " + MAX_LINES + " lines");
        }
        return room.change(
                caller,
                project,
                tx -> idempotency.once(tx, attempt, lines, GoldImport.class, same -> {
                    store.lock(same, project);
                    var refused = new ArrayList<GoldRefused>();
                    var accepted = 0;
                    for (var i = 0; i < all.size(); i++) {
                        if (all.get(i).isBlank()) {
                            continue;
                        }
                        try {
                            add(same, caller, project, json.readValue(all.get(i), NewGoldItem.class));
                            accepted++;
                        } catch (JacksonException e) {
                            refused.add(new GoldRefused(i + 1, "is no JSON object of gold"));
                        } catch (EtalonException e) {
                            refused.add(new GoldRefused(i + 1, reason(e)));
                        }
                    }
                    return new GoldImport(accepted, refused);
                }));
    }

    private static String reason(EtalonException e) {
        return e.faults().isEmpty()
                ? Objects.requireNonNullElse(e.getMessage(), e.code().title())
                : e.faults().stream()
                        .map(fault -> fault.pointer() + " " + fault.message())
                        .collect(Collectors.joining("; "));
    }

    private long add(Tx tx, ClientCaller caller, ProjectId project, NewGoldItem item) {
        var client = caller.client().id();
        var task = Checks.required(item.task(), "/task");
        var asset = store.asset(tx, project, task).orElseThrow(EtalonException::notFound);
        if (store.isGold(tx, project, task)) {
            throw new EtalonException(GoldCodes.GOLD_ALREADY, "Retire what is there first.");
        }
        var difficulty = item.difficulty() == null ? USUAL_DIFFICULTY : item.difficulty();
        if (difficulty < 1 || difficulty > 5) {
            throw Checks.fault("/difficulty", "must be from 1 to 5");
        }
        var given = item.answer();
        Answer answer;
        Long from = null;
        var version = projects.get(client, project).ontologyVersion();
        if (given == null || given.isNull()) {
            var reviewed = store.reviewed(tx, project, task)
                    .orElseThrow(() -> new EtalonException(
                            GoldCodes.NOT_REVIEWED, "Send the answer along, or have one reviewed first."));
            answer = sealed.given(client, project, reviewed);
            version = reviewed.ontologyVersion();
            from = reviewed.submission();
        } else {
            answer = read(caller, project, version, given);
            var extent = assets.get(tx, project, asset).extent();
            refuse(AnswerCheck.check(projects.ontology(client, project, version).ontology(), answer, extent));
        }
        var feedback = item.feedback() == null ? null : Checks.text(item.feedback(), "/feedback", MAX_FEEDBACK);
        var id = store.add(
                tx,
                project,
                new GoldStore.NewGold(
                        task,
                        item.category() == null ? category(answer) : Checks.text(item.category(), "/category", 100),
                        difficulty,
                        version,
                        sealed.answer(client, project, task, answer),
                        feedback == null ? null : sealed.feedback(client, project, task, feedback),
                        from),
                caller.person());
        log(tx, caller, project, Map.of("act", "add", "gold", id, "task", task));
        return id;
    }

    private Answer read(ClientCaller caller, ProjectId project, int version, JsonNode given) {
        var ontology = projects.ontology(caller.client().id(), project, version).ontology();
        return switch (AnswerJson.read(ontology, given.toString().getBytes(UTF_8))) {
            case Parsed.Sound<Answer>(var answer) -> answer;
            case Parsed.Faulty<Answer>(var faults) -> {
                refuse(faults);
                throw new IllegalStateException("an answer is faulty without a fault");
            }
        };
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(
                    WorkCodes.INVALID_ANSWER,
                    "The answer does not fit the ontology.",
                    faults.stream()
                            .map(fault -> new Fault("/answer" + fault.pointer(), fault.message()))
                            .toList());
        }
    }

    /** What an answer is about: its first choice, else its first label, else nothing. */
    private static String category(Answer answer) {
        for (var value : answer.answers().values()) {
            if (value instanceof AnswerValue.Choice choice) {
                return choice.optionId();
            }
        }
        return answer.shapes().isEmpty() ? "none" : answer.shapes().getFirst().label();
    }

    /** Takes gold out of use: nobody is shown it any more, and its results no longer count. */
    void retire(ClientCaller caller, ProjectId project, long gold, GoldBodies.Reason body, Attempt attempt) {
        var reason = Checks.text(body.reason(), "/reason", 500);
        room.change(
                caller,
                project,
                tx -> idempotency.once(tx, attempt, body, GoldMade.class, same -> {
                    store.lock(same, project);
                    var row = store.find(same, project, gold).orElseThrow(EtalonException::notFound);
                    if (row.retired() != null) {
                        throw new EtalonException(GoldCodes.ENDED, "This gold was retired before.");
                    }
                    store.retire(same, project, gold, reason, caller.person());
                    log(same, caller, project, Map.of("act", "retire", "gold", gold));
                    return new GoldMade(gold);
                }));
    }

    void log(Tx tx, ClientCaller caller, ProjectId project, Map<String, Object> details) {
        audit.append(
                tx,
                AuditEvent.of(AuditOp.GOLD_CHANGE, caller.person(), caller.via(), project)
                        .with(details));
    }

    List<GoldStore.Row> list(ClientCaller caller, ProjectId project, long after, int limit) {
        return room.read(caller, project, tx -> store.list(tx, project, after, limit));
    }

    GoldBodies.GoldDetail detail(ClientCaller caller, ProjectId project, long gold) {
        var client = caller.client().id();
        var row =
                room.read(caller, project, tx -> store.find(tx, project, gold)).orElseThrow(EtalonException::notFound);
        return new GoldBodies.GoldDetail(
                GoldBodies.GoldLine.of(row),
                new String(AnswerJson.write(sealed.known(client, project, row)), UTF_8),
                sealed.feedback(client, project, row));
    }

    /** @return the policy in force */
    GoldBodies.PolicyBody policy(ClientCaller caller, ProjectId project) {
        return room.read(caller, project, tx -> {
            var row = store.policy(tx, project);
            return new GoldBodies.PolicyBody(
                    row.map(GoldStore.PolicyRow::version).orElse(0),
                    row.map(found -> json.readValue(found.body(), GoldPolicy.class))
                            .orElse(GoldPolicy.NONE));
        });
    }

    /** Puts a new version of the policy in force at once; what it changes of the schedule begins with the block under way. */
    GoldBodies.PolicyBody change(
            ClientCaller caller, ProjectId project, GoldBodies.PolicyRequest request, Attempt attempt) {
        var policy = request.policy();
        policy.check();
        return room.change(
                caller,
                project,
                tx -> idempotency.once(tx, attempt, request, GoldBodies.PolicyBody.class, same -> {
                    store.lock(same, project);
                    examExists(same, project, policy.exam());
                    var version = 1
                            + store.policy(same, project)
                                    .map(GoldStore.PolicyRow::version)
                                    .orElse(0);
                    store.addPolicy(same, project, version, json.writeValueAsString(policy), caller.person());
                    log(same, caller, project, Map.of("act", "policy", "version", version));
                    return new GoldBodies.PolicyBody(version, policy);
                }));
    }

    private void examExists(Tx tx, ProjectId project, GoldPolicy.@Nullable Exam exam) {
        if (exam != null) {
            var there = store.items(tx, project).stream().map(item -> item.id()).collect(Collectors.toSet());
            if (!there.containsAll(exam.items())) {
                throw Checks.fault("/exam/items", "must be gold of this project that is not retired");
            }
        }
    }
}
