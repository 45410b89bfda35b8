package io.etalon.server.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.People;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.testing.TestServer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The wall between two clients is a constraint of the database: no history and no race passes it. */
class EngagementsTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final AtomicInteger PEOPLE = new AtomicInteger();
    private static final EngagementStore STORE = new EngagementStore();
    private static final List<ClientId> CLIENTS = new ArrayList<>();
    private static Conflict first;
    private static Conflict second;

    @BeforeAll
    static void conflicts() throws Exception {
        for (var slug : List.of("engaged-a", "engaged-b", "engaged-c")) {
            CLIENTS.add(SERVER.clients().create(slug, slug).id());
        }
        first = conflict(0, 1, 1);
        second = conflict(1, 2, 2);
    }

    private static Conflict conflict(int one, int other, int days) {
        var a = CLIENTS.get(one);
        var b = CLIENTS.get(other);
        var lower = a.toString().compareTo(b.toString()) < 0;
        return new Conflict(SERVER.part(Ids.class).next(), lower ? a : b, lower ? b : a, days);
    }

    private static PersonId person() {
        return SERVER.part(People.class)
                .create("engaged-" + PEOPLE.incrementAndGet() + "@walls.example", "Somebody")
                .id();
    }

    /** Runs with both conflicts on record, and undoes everything. */
    private static void undone(Tx.Action action) {
        class Undone extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }
        try {
            SERVER.scope().controlDo(tx -> {
                STORE.lock(tx);
                STORE.insert(tx, first);
                STORE.insert(tx, second);
                action.run(tx);
                throw new Undone();
            });
        } catch (Undone e) {
            assertThat(e).as("nothing is kept").isNotNull();
        }
    }

    /** What {@link Engagements#engage} does, within a transaction of the test's; undoes itself when refused. */
    private static boolean look(Tx tx, int client, PersonId person, OffsetDateTime at) throws SQLException {
        var before = tx.connection().setSavepoint();
        for (var conflict : List.of(first, second)) {
            if (conflict.isOf(CLIENTS.get(client)) && !STORE.engage(tx, conflict, CLIENTS.get(client), person, at)) {
                tx.connection().rollback(before);
                return false;
            }
        }
        return true;
    }

    private record View(int worker, int client, Duration at) {}

    /** The reference: refused is who saw a rival, and has not cooled down since. */
    private static boolean mayLook(List<View> admitted, View view) {
        for (var past : admitted) {
            var days = past.client() + view.client() == 1 ? 1 : past.client() + view.client() == 3 ? 2 : 0;
            if (past.worker() == view.worker()
                    && past.client() != view.client()
                    && days > 0
                    && view.at().compareTo(past.at().plusDays(days).plus(Engagements.STEP)) < 0) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everySmallHistoryIsDecidedAsTheReferenceDecides() {
        var times = List.of(
                Duration.ZERO,
                Duration.ofHours(1),
                Duration.ofDays(1).plus(Engagements.STEP),
                Duration.ofDays(2).plus(Engagements.STEP).plusHours(1));
        var people = List.of(person(), person(), person());
        var checked = new int[2];
        undone(tx -> {
            grow(tx, people, times, List.of(), 0, 3, 3, checked);
            grow(tx, people, times, List.of(), 0, 4, 1, checked);
        });
        System.out.println("histories " + checked[0] + " refused " + checked[1]);
        assertThat(checked[0]).isGreaterThan(5_000);
        assertThat(checked[1]).isGreaterThan(500);
    }

    private static void grow(
            Tx tx,
            List<PersonId> people,
            List<Duration> times,
            List<View> admitted,
            int from,
            int length,
            int workers,
            int[] checked)
            throws SQLException {
        if (length == 0) {
            return;
        }
        // A worker who did nothing yet is like every other one: one of them stands for all.
        var known = admitted.stream().mapToInt(View::worker).max().orElse(-1) + 1;
        for (var worker = 0; worker < Math.min(workers, known + 1); worker++) {
            for (var client = 0; client < CLIENTS.size(); client++) {
                for (var time = from; time < times.size(); time++) {
                    var view = new View(worker, client, times.get(time));
                    var before = tx.connection().setSavepoint();
                    var at = OffsetDateTime.of(2025, 6, 13, 12, 0, 0, 0, ZoneOffset.UTC)
                            .plus(view.at());
                    var let = look(tx, client, people.get(worker), at);
                    assertThat(let).as(admitted + " then " + view).isEqualTo(mayLook(admitted, view));
                    checked[0]++;
                    checked[1] += let ? 0 : 1;
                    var more = new ArrayList<>(admitted);
                    if (let) {
                        more.add(view);
                    }
                    grow(tx, people, times, more, time, length - 1, workers, checked);
                    tx.connection().rollback(before);
                }
            }
        }
    }

    @Test
    void theCoolDownEndsToTheSecondAlsoWhereClocksAreTurned() {
        var paris = ZoneId.of("Europe/Paris");
        undone(tx -> {
            tx.db().sql("set local time zone 'Europe/Paris'").update();
            for (var day : List.of("2025-03-29T12:00", "2025-10-25T12:00", "2025-06-13T12:00")) {
                var person = person();
                var looked = java.time.LocalDateTime.parse(day).atZone(paris).toOffsetDateTime();
                assertThat(look(tx, 0, person, looked)).isTrue();
                var free = looked.plusHours(24).plus(Engagements.STEP);
                assertThat(look(tx, 1, person, free.minusSeconds(1))).as(day).isFalse();
                assertThat(look(tx, 1, person, free)).as(day).isTrue();
                assertThat(look(tx, 0, person, free.plusSeconds(1))).as("back").isFalse();
            }
        });
    }

    @Test
    void theDatabasesClockDecidesWhateverTheServersSays() throws Exception {
        var engagements = new Engagements(SERVER.scope(), SERVER.part(Ids.class));
        var person = person();
        var before = SERVER.scope().control(tx -> STORE.enter(tx, null));
        assertThat(engagements.engage(CLIENTS.get(0), person, (OffsetDateTime) null))
                .isEmpty();
        OffsetDateTime seen = SERVER.scope()
                .control(tx -> tx.db()
                        .sql("select last_view from engaged where person = ?")
                        .param(person.value())
                        .query(OffsetDateTime.class)
                        .single());
        assertThat(Duration.between(before, seen)).isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }

    @Test
    void ofTwoFirstLooksAtOnceTheConstraintLetsOneIn() throws Exception {
        var pairs = 1_000;
        var people = new ArrayList<PersonId>();
        for (var i = 0; i < pairs; i++) {
            people.add(person());
        }
        SERVER.scope().controlDo(tx -> STORE.insert(tx, first));
        try {
            var engagements = new Engagements(SERVER.scope(), SERVER.part(Ids.class));
            var walled = race(
                    people,
                    (client, person) -> engagements
                            .engage(client, person, (OffsetDateTime) null)
                            .isEmpty());
            assertThat(walled.both()).as("both admitted").isZero();
            assertThat(walled.one()).as("somebody is let in").isEqualTo(pairs);

            var others = new ArrayList<PersonId>();
            for (var i = 0; i < 300; i++) {
                others.add(person());
            }
            var naive = race(others, EngagementsTest::checkThenInsert);
            System.out.println("check-then-insert let both in " + naive.both() + " of 300 times");
            assertThat(naive.both()).as("the negative control fails").isPositive();
        } finally {
            SERVER.scope().controlDo(tx -> STORE.delete(tx, first));
        }
    }

    private interface Door {
        boolean opens(ClientId client, PersonId person);
    }

    private record Let(int both, int one) {}

    private static Let race(List<PersonId> people, Door door) throws Exception {
        var both = new AtomicInteger();
        var one = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var barrier = new CyclicBarrier(2);
            var answers = new boolean[2][people.size()];
            var running = new ArrayList<java.util.concurrent.Future<?>>();
            for (var side = 0; side < 2; side++) {
                var own = side;
                running.add(threads.submit(() -> {
                    for (var i = 0; i < people.size(); i++) {
                        barrier.await();
                        answers[own][i] = door.opens(CLIENTS.get(own), people.get(i));
                    }
                    return null;
                }));
            }
            for (var run : running) {
                run.get();
            }
            for (var i = 0; i < people.size(); i++) {
                (answers[0][i] && answers[1][i] ? both : answers[0][i] || answers[1][i] ? one : new AtomicInteger())
                        .incrementAndGet();
            }
        }
        return new Let(both.get(), one.get());
    }

    /** The wall as it would be without the constraint: look, then write. */
    private static boolean checkThenInsert(ClientId client, PersonId person) {
        return SERVER.scope().control(tx -> {
            var rival = tx.db()
                    .sql("select exists (select from engaged where person = ? and client <> ?)")
                    .params(person.value(), client.value())
                    .query(Boolean.class)
                    .single();
            if (!rival) {
                STORE.saw(tx, client, person, OffsetDateTime.of(2025, 6, 13, 12, 0, 0, 0, ZoneOffset.UTC));
            }
            return !rival;
        });
    }

    @Test
    void whatWasSeenBeforeTheConflictWasKnownCounts() {
        var later = CLIENTS.get(1);
        var both = person();
        var one = person();
        undone(tx -> {
            STORE.delete(tx, first);
            STORE.delete(tx, second);
            var now = STORE.enter(tx, null);
            STORE.saw(tx, CLIENTS.get(0), both, now.minusHours(3));
            STORE.saw(tx, later, both, now.minusHours(2));
            STORE.saw(tx, CLIENTS.get(0), one, now.minusHours(1));
            var engagements = new Engagements(SERVER.scope(), SERVER.part(Ids.class));
            var organisation = UUID.randomUUID();
            var rule = new WallRule(
                    UUID.randomUUID(),
                    1,
                    new Terms.Rival(java.util.Set.of(organisation), 1),
                    true,
                    UUID.randomUUID(),
                    java.time.Instant.EPOCH);
            var made = engagements.reconcile(
                    tx, java.util.Map.of(CLIENTS.get(0), List.of(rule)), java.util.Map.of(later, organisation));
            assertThat(made).hasSize(1);
            assertThat(STORE.kept(tx, later).keySet()).contains(both, one);
            assertThat(STORE.kept(tx, CLIENTS.get(0)).keySet()).contains(both).doesNotContain(one);
            var conflict = made.getFirst();
            var cooled = now.minusHours(3).plusDays(1).plus(Engagements.STEP);
            assertThat(STORE.engage(tx, conflict, later, both, cooled.minusSeconds(1)))
                    .isFalse();
            assertThat(STORE.engage(tx, conflict, later, both, cooled)).isTrue();
            assertThat(engagements.reconcile(tx, java.util.Map.of(), java.util.Map.of()))
                    .isEmpty();
        });
    }

    @AfterAll
    static void leaveNothing() {
        SERVER.part(Walls.class).refresh();
    }
}
