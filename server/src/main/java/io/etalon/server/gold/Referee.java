package io.etalon.server.gold;

import io.etalon.quality.stopping.SequentialTest;
import io.etalon.server.access.Grants;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.gold.GoldCourse;
import io.etalon.server.work.gold.GoldReferee;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/**
 * Compares answers to gold with the known ones and draws the consequences: a pause, a qualification. Which answers were
 * not compared yet is told by the tables, so none is left out when a server dies in between. Thread-safe.
 */
@Component
final class Referee implements GoldReferee, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Referee.class);

    private final TenantScope scope;
    private final SealedGold sealed;
    private final GoldRoster roster;
    private final Qualifications qualifications;
    private final AuditLog audit;
    private final Clock clock;
    private final ObjectMapper json = new ObjectMapper();
    private final GoldStore store = new GoldStore();
    private final PauseStore pauses = new PauseStore();
    private final ExecutorService later = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("gold-referee").factory());

    /**
     * Why somebody was paused, or was not admitted.
     *
     * @param right how many of the steps
     * @param lower the evidence at which the test fails
     * @param upper the evidence at which it passes
     * @param pass how many had to be right in an exam; null where the sequential test decides
     */
    @Schema(name = "GoldEvidence")
    record Evidence(
            int right,
            int wrong,
            GoldPolicy.Test test,
            double lower,
            double upper,
            @Nullable Integer pass,
            List<Trial.Step> steps) {
        static Evidence of(Trial trial, GoldPolicy.Test test, @Nullable Integer pass) {
            return new Evidence(
                    trial.rights(),
                    trial.wrongs(),
                    test,
                    StrictMath.log(test.falseFail() / (1 - test.falsePass())),
                    StrictMath.log((1 - test.falseFail()) / test.falsePass()),
                    pass,
                    trial.steps());
        }
    }

    Referee(
            TenantScope scope,
            SealedGold sealed,
            GoldRoster roster,
            Qualifications qualifications,
            AuditLog audit,
            Clock clock) {
        this.scope = scope;
        this.sealed = sealed;
        this.roster = roster;
        this.qualifications = qualifications;
        this.audit = audit;
        this.clock = clock;
        roster.onFirstMeeting((client, project) -> later.execute(() -> catchUp(client, project)));
    }

    private void catchUp(ClientId client, ProjectId project) {
        try {
            scope.client(client, tx -> store.behind(tx, project)).forEach(person -> judge(client, project, person));
        } catch (RuntimeException e) {
            LOG.warn("gold not judged client={} project={} reason={}", client, project, e.toString());
        }
    }

    @Override
    public Optional<Feedback> answered(ClientId client, ProjectId project, PersonId person, long submission) {
        var tells = roster.policy(client, project).feedback();
        if (!tells && roster.exam(client, project, person) == null) {
            // Not before the reply: it would take longer than that of other work.
            later.execute(() -> {
                try {
                    judge(client, project, person);
                } catch (RuntimeException e) {
                    LOG.warn("gold not judged client={} project={} reason={}", client, project, e.toString());
                }
            });
            return Optional.empty();
        }
        judge(client, project, person);
        return tells ? feedback(client, project, person, submission) : Optional.empty();
    }

    private Optional<Feedback> feedback(ClientId client, ProjectId project, PersonId person, long submission) {
        return scope.client(
                client,
                tx -> store.results(tx, project, person).stream()
                        .filter(result -> result.submission() == submission)
                        .findFirst()
                        .map(result -> {
                            var gold = store.find(tx, project, result.gold()).orElseThrow();
                            return new Feedback(result.right(), sealed.feedback(client, project, gold));
                        }));
    }

    private void judge(ClientId client, ProjectId project, PersonId person) {
        scope.clientDo(client, tx -> {
            store.lock(tx, project);
            var unjudged = store.unjudged(tx, project, person);
            if (unjudged.isEmpty()) {
                return;
            }
            var policy = roster.policy(tx, project);
            for (var answer : unjudged) {
                var gold = store.find(tx, project, answer.gold()).orElseThrow();
                var verdict = Verdict.of(
                        sealed.given(client, project, answer.answer()),
                        sealed.known(client, project, gold),
                        policy.match());
                store.addResult(tx, project, person, answer, verdict);
            }
            var of = pauses.all(tx, project).stream()
                    .filter(pause -> pause.person().equals(person))
                    .toList();
            var results = store.results(tx, project, person);
            atWork(tx, project, person, policy, of, results);
            var exam = policy.exam();
            if (exam != null && !qualifications.of(client, person).contains(exam.qualification())) {
                inExam(tx, project, person, policy, of, results);
            }
        });
        roster.forget(client, project);
        qualifications.forget(client, person);
    }

    /** A pause that was lifted begins the test anew. */
    private void atWork(
            Tx tx,
            ProjectId project,
            PersonId person,
            GoldPolicy policy,
            List<Pause> of,
            List<GoldStore.Result> results) {
        var before =
                of.stream().filter(pause -> pause.reason().equals(Pause.GOLD)).toList();
        if (before.stream().anyMatch(pause -> pause.lift() == null)) {
            return;
        }
        var counted = counted(results, before);
        var trial = Trial.of(policy.test().sequential(), counted, true);
        if (trial.standing() == SequentialTest.Standing.FAIL) {
            pause(tx, project, person, Pause.GOLD, Evidence.of(trial, policy.test(), null), null);
        }
    }

    /** The answers that the test at work sees: what came before the newest lift does not count. */
    static List<GoldStore.Result> counted(List<GoldStore.Result> results, List<Pause> ofPerson) {
        var since = Instant.MIN;
        for (var pause : ofPerson) {
            var lift = pause.lift();
            if (lift != null && pause.reason().equals(Pause.GOLD) && lift.at().isAfter(since)) {
                since = lift.at();
            }
        }
        var begin = since;
        return results.stream()
                .filter(result ->
                        result.attempt() == GoldCourse.AT_WORK && result.at().isAfter(begin))
                .toList();
    }

    private void inExam(
            Tx tx,
            ProjectId project,
            PersonId person,
            GoldPolicy policy,
            List<Pause> of,
            List<GoldStore.Result> results) {
        var exam = policy.exam();
        if (exam == null) {
            return;
        }
        var attempt = GoldRoster.attempt(of);
        var counted =
                results.stream().filter(result -> result.attempt() == attempt).toList();
        var trial = ExamRule.trial(exam, policy.test().sequential(), counted);
        var evidence = Evidence.of(trial, policy.test(), exam.pass());
        switch (ExamRule.standing(exam, trial)) {
            case OPEN -> {}
            case PASS ->
                qualifications.grant(
                        tx,
                        person,
                        exam.qualification(),
                        null,
                        json.writeValueAsString(java.util.Map.of(
                                "exam", project.toString(), "attempt", attempt, "right", evidence.right())),
                        Grants.By.SYSTEM);
            case FAIL -> {
                var until = clock.instant().plus(Duration.ofMinutes(exam.retryMinutes()));
                pause(tx, project, person, Pause.EXAM, evidence, until);
            }
        }
    }

    private void pause(
            Tx tx, ProjectId project, PersonId person, String reason, Evidence evidence, @Nullable Instant until) {
        var id = pauses.add(
                tx, project, person, new PauseStore.NewPause(reason, json.writeValueAsString(evidence), until));
        audit.append(
                tx,
                AuditEvent.of(AuditOp.WORK_PAUSE, null, "system", project)
                        .with("act", "pause")
                        .with("pause", id)
                        .with("reason", reason)
                        .with("person", audit.pseudonym(tx, person))
                        .with("right", evidence.right())
                        .with("wrong", evidence.wrong()));
    }

    @Override
    public void close() {
        later.close();
    }
}
