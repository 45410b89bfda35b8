package io.etalon.server.work.engine;

import io.etalon.server.app.TestCells;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.gold.GoldItem;
import io.etalon.server.work.gold.GoldSchedule;
import io.etalon.server.work.gold.GoldSetting;
import io.etalon.server.work.gold.GoldSource;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.review.Seat;
import io.etalon.server.work.review.Way;
import io.etalon.server.work.review.Workflow;
import io.etalon.server.work.state.TaskState;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A fresh client with one project on the real PostgreSQL, a dispatcher over it, and people. */
final class WorkCell implements AutoCloseable {
    /** A clock whose hands a test turns. */
    static final class Hands extends Clock {
        final AtomicLong ahead = new AtomicLong();

        void turn(Duration by) {
            ahead.addAndGet(by.toMillis());
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plusMillis(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return Clock.systemUTC().getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("tests read instants only");
        }
    }

    private static final AtomicInteger NUMBER = new AtomicInteger();
    static final SealedAnswer CONTENT = new SealedAnswer("{\"answers\":{\"fitness\":\"2\"},\"shapes\":[]}", null);

    final TenantScope scope;
    final ClientId client;
    final ProjectId project = new ProjectId(UUID.randomUUID());
    final Hands hands = new Hands();
    final List<AuditEvent> audit = Collections.synchronizedList(new ArrayList<>());
    final Ids ids = new Ids(new SecureRandom(), hands);
    WorkConfig config = WorkConfig.DEFAULT;
    int redundancy;
    volatile GoldSource gold = GoldSource.NONE;
    QueuePolicy policy = QueuePolicy.OPEN;
    Dispatcher dispatcher;

    WorkCell(int redundancy) {
        this.redundancy = redundancy;
        var clients = TestCells.shared().clients();
        try {
            client = clients.create("work-" + NUMBER.incrementAndGet(), "Work").id();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        scope = clients.scope();
        scope.clientDo(client, tx -> tx.db().sql("""
                        insert into project (id, name, code_name, kind, template, state, redundancy, review_share,
                          default_rounds, licence, ontology_version, guideline_version, created_at)
                        values (?, 'P', 'P', 'image', 'image-boxes', 'active', 3, 0, 1, '', 1, 1, now())""").param(project.value()).update());
        dispatcher = started();
    }

    private Dispatcher started() {
        AuditTrail store = (tx, events) -> {
            audit.addAll(events);
            return List.of();
        };
        return new Dispatcher(
                client,
                new Dispatcher.Ground(scope, ids, hands, store, config, () -> gold),
                new Settings(id -> redundancy, id -> policy, (id, rules) -> {}, Routing.NONE));
    }

    /** The server goes and comes back: what is in memory is lost. */
    void restart() {
        dispatcher.close();
        dispatcher = started();
    }

    List<Long> plan(int tasks) {
        var assets = Stream.generate(UUID::randomUUID).limit(tasks).toList();
        dispatcher.plan(project, assets, 0, made -> made);
        return query("select id from task order by id");
    }

    /** Makes gold of tasks, of three categories and two difficulties in turn, and has it used. */
    List<GoldItem> gild(List<Long> tasks, GoldSchedule schedule, GoldSource.Exam exam, Set<Long> examTasks) {
        for (var i = 0; i < tasks.size(); i++) {
            var category = "abc".substring(i % 3, i % 3 + 1);
            var difficulty = 1 + i / 3 % 2;
            var task = tasks.get(i);
            scope.clientDo(
                    client,
                    tx -> tx.db()
                            .sql("""
                            insert into gold (project, task, category, difficulty, ontology_version, answer, added_by)
                            values (?, ?, ?, ?, 1, '', ?)""")
                            .params(
                                    project.value(),
                                    task,
                                    category,
                                    difficulty,
                                    person(99).value())
                            .update());
        }
        var items = scope.client(
                client,
                tx -> tx.db()
                        .sql("select id, task, category, difficulty from gold order by id")
                        .query((row, n) ->
                                new GoldItem(row.getLong(1), row.getLong(2), row.getString(3), row.getInt(4)))
                        .list());
        var forExam = items.stream()
                .filter(item -> examTasks.contains(item.task()))
                .map(GoldItem::id)
                .collect(Collectors.toSet());
        gold = new GoldSource() {
            @Override
            public GoldSetting load(Tx clientTx, ProjectId of) {
                return new GoldSetting(schedule, items, forExam);
            }

            @Override
            public GoldSource.Exam exam(ClientId of, ProjectId in, PersonId who) {
                return exam;
            }
        };
        dispatcher.with(project, queue -> {
            queue.gold.source(gold);
            return true;
        });
        dispatcher.regild(project);
        return items;
    }

    /** Puts rules into force, as if they were read from the tables. */
    void rules(QueuePolicy rules) {
        policy = rules;
        dispatcher.policy(project, rules);
    }

    Batch batch(int number, int priority, @Nullable Instant deadline) {
        var batch = new Batch(number, "batch " + number, priority, deadline);
        return dispatcher.batch(project, made -> made, tx -> {
            tx.db()
                    .sql(
                            "insert into batch (project, number, name, priority, deadline, person) values (?, ?, ?, ?, ?, ?)")
                    .params(
                            project.value(),
                            number,
                            batch.name(),
                            priority,
                            deadline == null ? null : deadline.atOffset(ZoneOffset.UTC),
                            person(99).value())
                    .update();
            return batch;
        });
    }

    List<Long> plan(int tasks, Dispatcher.Place place) {
        var before = query("select coalesce(max(id), 0) from task").getFirst();
        dispatcher.plan(project, Stream.generate(UUID::randomUUID).limit(tasks).toList(), place, made -> made);
        return query("select id from task where id > " + before + " order by id");
    }

    int act(TaskAct act, Pick pick) {
        return dispatcher.act(
                project, new Dispatcher.ActOrder(act, pick, person(99), "session", (tx, tally) -> {}), made -> made);
    }

    void pause(int number, boolean paused) {
        var batch = dispatcher.with(project, WorkQueue::batches).stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
        dispatcher.batch(project, made -> made, tx -> {
            tx.db()
                    .sql("insert into batch_pause (project, batch, paused, person) values (?, ?, ?, ?)")
                    .params(project.value(), number, paused, person(99).value())
                    .update();
            return batch.paused(paused);
        });
    }

    /** Deletes tasks under a number that is new. */
    int delete(long number, Pick pick) {
        var order = new Dispatcher.ActOrder(
                new TaskAct.Delete(number),
                pick,
                person(99),
                "session",
                (tx, tally) -> tx.db()
                        .sql("""
                                insert into deletion (id, project, filter, tasks, answers, decisions, person)
                                values (?, ?, '{}', ?, ?, ?, ?)""")
                        .params(
                                number,
                                project.value(),
                                tally.tasks(),
                                tally.answers(),
                                tally.decisions(),
                                person(99).value())
                        .update());
        return dispatcher.act(project, order, made -> made);
    }

    int undelete(long number) {
        return act(new TaskAct.Undelete(number), among(List.of()));
    }

    static AnswerActs.Choice answers(List<Long> submissions) {
        return new AnswerActs.Choice(tx -> submissions, null);
    }

    /** The row of a deletion of answers. */
    void noteDeletion(long number) {
        scope.clientDo(client, tx -> note(tx, number, 0, 0));
    }

    private void note(Tx tx, long number, int tasks, long answers) {
        tx.db()
                .sql("""
                        insert into deletion (id, project, scope, filter, tasks, answers, decisions, person)
                        values (?, ?, 'answers', '{}', ?, ?, 0, ?)""")
                .params(number, project.value(), tasks, answers, person(99).value())
                .update();
    }

    /** Deletes single answers under a number that is new. */
    void deleteAnswers(long number, List<Long> submissions) {
        var order = new AnswerActs.Order(
                number,
                answers(submissions),
                "session",
                (tx, found) -> note(tx, number, found.tasks().size(), found.answers()));
        dispatcher.answers().delete(project, order, made -> made);
    }

    /** Brings back what can be; returns how many answers. */
    int restoreAnswers(long number) {
        return dispatcher.answers().restore(project, number, person(99), (tx, back) -> {});
    }

    static Pick among(List<Long> tasks) {
        return new Pick(null, null, null, tasks.stream().mapToLong(t -> t).toArray());
    }

    static PersonId person(int number) {
        return new PersonId(new UUID(7, number));
    }

    static Dispatcher.Worker worker(int person) {
        return worker(person, 1);
    }

    static Dispatcher.Worker worker(int person, int rounds) {
        return new Dispatcher.Worker(person(person), "session", rounds, new OpenLease.Versions(1, 1));
    }

    static Dispatcher.Worker judge(int person, Reach reach) {
        return new Dispatcher.Worker(person(person), "session", 1, new OpenLease.Versions(1, 1), reach);
    }

    OpenLease lease(int person) {
        return dispatcher.annotate(project, worker(person));
    }

    OpenLease review(int person) {
        return dispatcher.review(project, worker(person));
    }

    static Dispatcher.Ticket ticket(OpenLease lease) {
        return new Dispatcher.Ticket(lease.id, lease.token);
    }

    static Dispatcher.KeyUse key(String text) {
        return new Dispatcher.KeyUse(text, new byte[32]);
    }

    Dispatcher.KeyUse freshKey() {
        return key(UUID.randomUUID().toString());
    }

    /** @param share the part of submissions that goes to review */
    Outcome submit(OpenLease lease, double share) {
        var worker = new Dispatcher.Worker(lease.person, "session", 1, new OpenLease.Versions(1, 1));
        return dispatcher.submit(
                project, worker, ticket(lease), new Dispatcher.Answered(5, share, CONTENT), freshKey(), false);
    }

    Outcome submit(OpenLease lease, Workflow workflow, boolean unsure) {
        var worker = new Dispatcher.Worker(lease.person, "session", 1, new OpenLease.Versions(1, 1));
        var answered = new Dispatcher.Answered(5, workflow, unsure, OptionalDouble.empty(), CONTENT, null);
        return dispatcher.submit(project, worker, ticket(lease), answered, freshKey(), false);
    }

    /** A refused answer with its author. */
    record Refusal(PersonId author, Dispatcher.Refused refused) {}

    /** The refusals that stand and were not appealed, as the tables show them. */
    List<Refusal> refusals() {
        return scope.client(
                client,
                tx -> tx.db()
                        .sql("""
                                select s.id, s.task, s.annotator, s.round, s.revision, s.route, d.stage, d.seat, d.decision,
                                  (select array_agg(j.reviewer order by j.stage, j.seat desc) from review_decision j
                                   where j.submission = s.id) as judges,
                                  exists (select 1 from review_decision f where f.submission = s.id
                                    and f.decision = 'fix') as mended
                                from review_decision d join submission s on s.id = d.submission
                                where d.decision in ('return', 'reject')
                                  and not exists (select 1 from appeal a where a.submission = s.id)
                                order by s.id""")
                        .query((row, n) -> {
                            var judges = (UUID[]) row.getArray("judges").getArray();
                            var way = new Way(
                                    row.getInt("route"),
                                    row.getInt("stage"),
                                    Seat.ofKey(row.getString("seat")),
                                    row.getBoolean("mended"),
                                    row.getString("decision").equals("reject"),
                                    Stream.of(judges).map(PersonId::new).toList());
                            return new Refusal(
                                    new PersonId(row.getObject("annotator", UUID.class)),
                                    new Dispatcher.Refused(
                                            row.getLong("id"),
                                            row.getLong("task"),
                                            row.getInt("round"),
                                            row.getInt("revision"),
                                            way));
                        })
                        .list());
    }

    Outcome appeal(Refusal refusal) {
        var author = new Dispatcher.Worker(refusal.author(), "session", 1, new OpenLease.Versions(1, 1));
        return dispatcher.appeal(project, author, refusal.refused(), new byte[] {1}, freshKey());
    }

    Outcome decide(OpenLease lease, Decision decision) {
        var worker = new Dispatcher.Worker(lease.person, "session", 1, new OpenLease.Versions(1, 1));
        var judged = new Dispatcher.Judged(
                decision,
                decision == Decision.FIX ? CONTENT : null,
                decision == Decision.RETURN ? new byte[] {1} : null);
        return dispatcher.decide(project, worker, ticket(lease), judged, freshKey(), false);
    }

    TaskState state(long task) {
        return dispatcher.with(project, queue -> queue.book.state(queue.tasks.find(task)));
    }

    List<String> snapshot() {
        return dispatcher.with(project, WorkQueue::snapshot);
    }

    List<Long> query(String sql) {
        return scope.client(client, tx -> tx.db().sql(sql).query(Long.class).list());
    }

    long count(String table) {
        return query("select count(*) from " + table).getFirst();
    }

    @Override
    public void close() {
        dispatcher.close();
    }
}
