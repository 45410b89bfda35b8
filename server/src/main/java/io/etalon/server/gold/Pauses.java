package io.etalon.server.gold;

import io.etalon.quality.stopping.SequentialTest;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.People;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.gold.GoldCourse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Who is paused and why, how everybody does on gold, and the lifting of pauses. Thread-safe. */
@Component
final class Pauses {
    private final GoldRoom room;
    private final GoldRoster roster;
    private final People people;
    private final Idempotency idempotency;
    private final AuditLog audit;
    private final Clock clock;
    private final GoldStore store = new GoldStore();
    private final PauseStore pauses = new PauseStore();
    private final ObjectMapper json = new ObjectMapper();

    Pauses(GoldRoom room, GoldRoster roster, People people, Idempotency idempotency, AuditLog audit, Clock clock) {
        this.room = room;
        this.roster = roster;
        this.people = people;
        this.idempotency = idempotency;
        this.audit = audit;
        this.clock = clock;
    }

    /** All pauses of a project, newest first, each with its evidence. */
    List<GoldBodies.PauseBody> all(ClientCaller caller, ProjectId project) {
        var now = clock.instant();
        return room.read(
                caller,
                project,
                tx -> pauses.all(tx, project).stream()
                        .map(pause -> body(tx, pause, now))
                        .toList());
    }

    private GoldBodies.PauseBody body(Tx tx, Pause pause, Instant now) {
        var lift = pause.lift();
        return new GoldBodies.PauseBody(
                pause.id(),
                pause.person().value(),
                people.get(pause.person()).name(),
                audit.pseudonym(tx, pause.person()),
                pause.reason(),
                pause.isOn(now),
                pause.at(),
                pause.until(),
                json.readValue(pause.evidence(), Referee.Evidence.class),
                lift == null
                        ? null
                        : new GoldBodies.LiftBody(people.get(lift.by()).name(), lift.reason(), lift.at()));
    }

    /** Ends a pause: the person may work again at once, and the test begins anew. */
    GoldBodies.PauseBody lift(
            ClientCaller caller, ProjectId project, long id, GoldBodies.Reason body, Attempt attempt) {
        var reason = Checks.text(body.reason(), "/reason", 500);
        return room.changePauses(
                caller,
                project,
                tx -> idempotency.once(tx, attempt, body, GoldBodies.PauseBody.class, same -> {
                    store.lock(same, project);
                    var now = clock.instant();
                    var pause = pauses.find(same, project, id).orElseThrow(EtalonException::notFound);
                    if (!pause.isOn(now)) {
                        throw new EtalonException(GoldCodes.ENDED, "This pause has ended before.");
                    }
                    pauses.lift(same, project, id, reason, caller.person());
                    audit.append(
                            same,
                            AuditEvent.of(AuditOp.WORK_PAUSE, caller.person(), caller.via(), project)
                                    .with("act", "lift")
                                    .with("pause", id)
                                    .with("person", audit.pseudonym(same, pause.person())));
                    return body(same, pauses.find(same, project, id).orElseThrow(), now);
                }));
    }

    /** How everybody does who has answered gold at work. */
    List<GoldBodies.GoldAnnotator> annotators(ClientCaller caller, ProjectId project) {
        var policy = roster.policy(caller.client().id(), project);
        var now = clock.instant();
        return room.read(caller, project, tx -> {
            var paused = pauses.all(tx, project);
            return store.results(tx, project, null).stream()
                    .filter(result -> result.attempt() == GoldCourse.AT_WORK)
                    .collect(Collectors.groupingBy(GoldStore.Result::person))
                    .entrySet()
                    .stream()
                    .map(entry -> annotator(
                            tx,
                            policy.test(),
                            entry.getKey(),
                            entry.getValue(),
                            paused.stream()
                                    .filter(pause -> pause.person().equals(entry.getKey()))
                                    .toList(),
                            now))
                    .toList();
        });
    }

    private GoldBodies.GoldAnnotator annotator(
            Tx tx,
            GoldPolicy.Test test,
            PersonId person,
            List<GoldStore.Result> results,
            List<Pause> paused,
            Instant now) {
        var trial = Trial.of(test.sequential(), Referee.counted(results, paused), true);
        var evidence = Referee.Evidence.of(trial, test, null);
        var begun = trial.standing() == SequentialTest.Standing.PASS
                || trial.steps().isEmpty();
        var right = (int) results.stream().filter(GoldStore.Result::right).count();
        return new GoldBodies.GoldAnnotator(
                person.value(),
                people.get(person).name(),
                audit.pseudonym(tx, person),
                right,
                results.size() - right,
                begun ? 0 : trial.steps().getLast().evidence(),
                evidence.lower(),
                evidence.upper(),
                paused.stream().anyMatch(pause -> pause.isOn(now)));
    }
}
