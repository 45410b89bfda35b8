package io.etalon.server.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.TestCells;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.faults.Faults;
import io.etalon.server.tenant.TenantScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The outbox on the real PostgreSQL: nothing passed over, nothing lost though the courier dies anywhere. */
class OutboxTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

    private final TenantScope scope = TestCells.shared().clients().scope();
    private final ClientId client = client();
    private final ProjectId project = new ProjectId(UUID.randomUUID());
    private final Events events = new Events();
    private final OutboxStore store = new OutboxStore();
    private final AtomicLong parked = new AtomicLong();

    private static ClientId client() {
        try {
            return TestCells.shared()
                    .clients()
                    .create("outbox-" + NUMBER.incrementAndGet(), "Outbox")
                    .id();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(Tx tx, int number) {
        events.append(tx, client, project, EventKind.TASKS_PLANNED, Map.of("tasks", number));
    }

    private static long number(Event event) {
        return Long.parseLong(event.payload().replaceAll("\\D", ""));
    }

    /** What a listener did in the cell, and elsewhere. Any table of the cell serves as its notebook. */
    private final class Notebook implements EventListener {
        final List<Long> elsewhere = new ArrayList<>();
        private final BooleanSupplier dies;
        private long poison = -1;

        Notebook(BooleanSupplier dies) {
            this.dies = dies;
        }

        @Override
        public String name() {
            return "notebook";
        }

        @Override
        public void on(Tx tx, ClientId of, Event event) {
            if (number(event) == poison) {
                throw new IllegalStateException("I cannot read this");
            }
            elsewhere.add(number(event));
            tx.db()
                    .sql("insert into draft (project, task, person, sealed, active_seconds) values (?, ?, ?, '', 0)")
                    .params(project.value(), number(event), UUID.randomUUID())
                    .update();
            if (dies.getAsBoolean()) {
                // For the database this is what kill -9 of the server is: the session is gone, nothing was committed.
                tx.db()
                        .sql("select pg_terminate_backend(pg_backend_pid())")
                        .query()
                        .listOfRows();
            }
        }

        List<Long> inTheCell() {
            return scope.client(
                    client,
                    tx -> tx.db()
                            .sql("select task from draft where project = ? order by task")
                            .param(project.value())
                            .query(Long.class)
                            .list());
        }
    }

    private Delivery delivery(EventListener listener) {
        var config = new OutboxConfig(
                7,
                3,
                Duration.ofMillis(10),
                Duration.ofMillis(40),
                Duration.ofMillis(40),
                Duration.ofMillis(1),
                Duration.ofDays(7));
        return new Delivery(scope, client, listener, config, parked);
    }

    /** Delivers until nothing is left; each death is followed by a new courier that knows nothing of the old one. */
    private int deliverThroughDeaths(EventListener listener) {
        var deaths = 0;
        var courier = delivery(listener);
        for (var quiet = 0; quiet < 2; ) {
            try {
                quiet = courier.pass(NOON) ? 0 : quiet + 1;
            } catch (EtalonException e) {
                deaths++;
                quiet = 0;
                courier = delivery(listener);
            }
        }
        return deaths;
    }

    @Test
    void aCourierThatIsKilledAnywhereLosesNothingAndDoublesNothingInTheCell() {
        var seed = Long.getLong("etalon.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        // Every sixth delivery or so is a death.
        var events = Faults.times(60, 1_500);
        for (var n = 0; n < events; n++) {
            var number = n;
            scope.clientDo(client, tx -> append(tx, number));
        }
        var notebook = new Notebook(() -> random.nextInt(6) == 0);

        var deaths = deliverThroughDeaths(notebook);

        var all = LongStream.range(0, events).boxed().toList();
        Faults.saw(deaths + " couriers died over " + events + " events");
        assertThat(deaths).as("seed " + seed).isGreaterThanOrEqualTo(Faults.times(1, 200));
        assertThat(notebook.inTheCell()).as("once in the cell, seed " + seed).isEqualTo(all);
        assertThat(new TreeSet<>(notebook.elsewhere))
                .as("at least once elsewhere")
                .containsExactlyElementsOf(all);
        var firstTime = notebook.elsewhere.stream().distinct().toList();
        assertThat(firstTime).as("in order").isEqualTo(all);
    }

    /** The negative control: a courier that moves its cursor before it delivers loses events to the same deaths. */
    @Test
    void aCourierThatMovesItsCursorFirstLosesEvents() {
        for (var n = 0; n < 20; n++) {
            var number = n;
            scope.clientDo(client, tx -> append(tx, number));
        }
        var calls = new AtomicInteger();
        var notebook = new Notebook(() -> calls.incrementAndGet() % 5 == 0);
        while (true) {
            var next = scope.client(client, tx -> {
                var found = store.after(tx, store.place(tx, "notebook").position(), 1);
                found.forEach(event -> store.move(tx, "notebook", event.position()));
                return found;
            });
            if (next.isEmpty()) {
                break;
            }
            try {
                scope.clientDo(client, tx -> notebook.on(tx, client, next.getFirst()));
            } catch (EtalonException e) {
                continue;
            }
        }
        assertThat(notebook.inTheCell()).hasSize(16);
    }

    @Test
    void passesOverNoEventOfATransactionThatCommitsLate() throws Exception {
        var notebook = new Notebook(() -> false);
        var courier = delivery(notebook);
        try (var slow = scope.begin(client)) {
            append(slow.tx(), 1);
            scope.clientDo(client, tx -> append(tx, 2));
            courier.pass(NOON);
            assertThat(notebook.elsewhere)
                    .as("2 waits for what may come before it")
                    .isEmpty();
            // The control: by number alone 2 would be taken, and 1 be behind the cursor for ever.
            assertThat(byNumberAlone()).containsExactly(2L);
            slow.commit();
        }
        courier.pass(NOON);
        assertThat(notebook.elsewhere).containsExactly(1L, 2L);
    }

    private List<Long> byNumberAlone() {
        return scope.client(
                client,
                tx -> tx.db()
                        .sql("select (payload->>'tasks')::bigint from outbox order by id")
                        .query(Long.class)
                        .list());
    }

    @Test
    void parksAPoisonEventAfterItsTriesAndGoesOn() {
        for (var n = 0; n < 5; n++) {
            var number = n;
            scope.clientDo(client, tx -> append(tx, number));
        }
        var notebook = new Notebook(() -> false);
        notebook.poison = 2;
        var courier = delivery(notebook);
        var now = NOON;
        for (var pass = 0; pass < 12; pass++) {
            courier.pass(now);
            now = now.plusSeconds(1);
        }

        assertThat(notebook.inTheCell()).containsExactly(0L, 1L, 3L, 4L);
        assertThat(parked).hasValue(1);
        assertThat(scope.client(client, store::parked)).isEqualTo(1);
    }

    @Test
    void waitsBetweenTwoTriesOfARefusedEvent() {
        scope.clientDo(client, tx -> append(tx, 0));
        var notebook = new Notebook(() -> false);
        notebook.poison = 0;
        var courier = delivery(notebook);
        courier.pass(NOON);
        courier.pass(NOON);
        for (var hasty = 0; hasty < 10; hasty++) {
            courier.pass(NOON);
        }
        assertThat(scope.client(client, tx -> store.place(tx, "notebook")).attempts())
                .isEqualTo(1);
    }

    @Test
    void removesOldEventsOnlyWhenEveryListenerHasHeardThem() throws Exception {
        scope.clientDo(client, tx -> {
            append(tx, 1);
            append(tx, 2);
        });
        var heard = List.of("notebook", "another");
        assertThat(pruned(heard, Duration.ZERO)).as("nobody heard").isZero();
        var notebook = new Notebook(() -> false);
        while (delivery(notebook).pass(NOON)) {}
        assertThat(pruned(heard, Duration.ZERO)).as("one has not").isZero();
        assertThat(pruned(List.of("notebook"), Duration.ofDays(7)))
                .as("too young")
                .isZero();
        assertThat(pruned(List.of("notebook"), Duration.ZERO)).isEqualTo(2);
    }

    private int pruned(List<String> listeners, Duration kept) {
        return scope.client(client, tx -> store.prune(tx, listeners, kept));
    }

    @Test
    void aFollowerHearsWhatItMissedAndThenWhatComesEachOnce() throws Exception {
        scope.clientDo(client, tx -> append(tx, 1));
        var first =
                scope.client(client, tx -> store.after(tx, Position.START, 1)).getFirst();
        scope.clientDo(client, tx -> append(tx, 2));
        var feed = new Feed(scope, client);
        try (var followed = feed.follow(project, first.position())) {
            scope.clientDo(client, tx -> append(tx, 3));
            feed.pass();
            var heard = new ArrayList<Long>();
            for (var i = 0; i < 3; i++) {
                followed.next(Duration.ofMillis(50)).forEach(event -> heard.add(number(event)));
            }
            assertThat(heard).containsExactly(2L, 3L);
        }
    }

    @Test
    void bearsIdsAndNumbersAndNoContent() {
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> scope.clientDo(
                        client,
                        tx -> events.append(
                                tx, client, project, EventKind.PROJECT_CHANGED, Map.of("name", "Secret coins"))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
