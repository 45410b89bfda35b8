package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.JsonValue.JsonNull;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import io.etalon.ledger.LogVerification;
import io.etalon.ledger.LogVerifier;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TileId;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.TestVault;
import io.etalon.server.tenant.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditLogTest {
    private static final PersonId ADA = new PersonId(new UUID(1, 1));
    private static final PersonId BO = new PersonId(new UUID(2, 2));

    private TestVault vault;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        vault = new TestVault();
        client = vault.newClient();
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void writesACanonicalLeafThatNamesAPseudonymAndNotThePerson() {
        var project = new ProjectId(new UUID(3, 3));
        append(AuditEvent.of(AuditOp.VIEW, ADA, "session", project)
                .about("asset-1")
                .with("round", 2));
        vault.log.flush(client.id());

        var entry = entries().getLast();
        var leaf = (JsonObject) CanonicalJson.readCanonical(entry.getBytes(UTF_8));
        var pseudonym = vault.scope().client(client.id(), tx -> vault.log.pseudonym(tx, ADA));
        assertThat(leaf.members().keySet())
                .containsExactly("actor", "asset", "op", "project", "round", "salt", "time", "v", "via");
        assertThat(leaf.get("actor")).contains(new JsonString(pseudonym));
        assertThat(leaf.get("time")).contains(new JsonString("2026-01-02T03:04:05.000006Z"));
        assertThat(pseudonym).matches("p-[0-9a-f]{16}");
        assertThat(entry).doesNotContain(ADA.toString());
    }

    @Test
    void refusesADetailThatWouldOverwriteAMember() {
        assertThatThrownBy(() -> append(event().with("actor", "somebody else")))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("actor");
    }

    @Test
    void provesEveryEntryToAVerifierThatHasOnlyTheKey() {
        for (var i = 0; i < 300; i++) {
            append(event().with("n", i));
        }
        assertThat(vault.log.flush(client.id())).isEqualTo(300);

        var key = VerifierKey.parse(vault.log.verifierKey(client.id()));
        assertThat(key.name()).isEqualTo("etalon/" + client.id());
        var entries = entries();
        for (var index : List.of(0, 1, 255, 256, 299)) {
            var proof =
                    TlogProof.parse(vault.log.inclusionProof(client.id(), index).getBytes(UTF_8));
            assertThat(proof.verify(entries.get(index).getBytes(UTF_8), key).size())
                    .isEqualTo(300);
            var forged = entries.get(index).replace("VIEW", "SKIP").getBytes(UTF_8);
            assertThatThrownBy(() -> proof.verify(forged, key)).isInstanceOf(FormatException.class);
        }
        assertThatThrownBy(() -> vault.log.inclusionProof(client.id(), 300)).isInstanceOf(EtalonException.class);
    }

    @Test
    void servesTilesOfHashesAndEntriesUnderTheCheckpointOnly() {
        for (var i = 0; i < 258; i++) {
            append(event().with("n", i));
        }
        vault.log.flush(client.id());

        var full = vault.log.tile(client.id(), "tile/entries/000");
        assertThat(EntryBundle.decode(full, 256)).hasSize(256);
        assertThat(vault.log.tile(client.id(), "tile/0/001.p/2")).hasSize(64);
        assertThat(vault.log.tile(client.id(), new TileId(1, 0, 1).path())).hasSize(32);
        for (var path : List.of(
                "tile/0/001.p/3", "tile/0/002", "tile/entries/001", "tile/9/000.p/1", "tile/0/../0", "tile/0/x", "")) {
            assertThatThrownBy(() -> vault.log.tile(client.id(), path)).as(path).isInstanceOf(EtalonException.class);
        }
    }

    @Test
    void numbersEachCommittedEventOnceWhateverTheOrderOfCommits() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var committed = new AtomicInteger();
        var running = new AtomicBoolean(true);
        try (var threads = Executors.newFixedThreadPool(10)) {
            var writers = new ArrayList<Future<?>>();
            for (var w = 0; w < 8; w++) {
                var random = new Random(seed + w);
                writers.add(threads.submit(() -> {
                    for (var i = 0; i < 60; i++) {
                        write(random, committed);
                    }
                }));
            }
            var flusher = threads.submit(() -> {
                while (running.get()) {
                    vault.log.flush(client.id());
                }
            });
            for (var writer : writers) {
                writer.get();
            }
            running.set(false);
            flusher.get();
        }

        assertThat(vault.log.flush(client.id())).isEqualTo(committed.get());
        assertIntact(committed.get());
    }

    /** Holds its transaction open for a while after the insert, so that ids and commits fall out of order. */
    private void write(Random random, AtomicInteger committed) {
        var rolledBack = random.nextInt(5) == 0;
        var count = 1 + random.nextInt(3);
        try {
            vault.scope().clientDo(client.id(), tx -> {
                for (var i = 0; i < count; i++) {
                    vault.log.append(tx, AuditEvent.of(AuditOp.VIEW, random.nextBoolean() ? ADA : BO, "session", null));
                }
                LockSupport.parkNanos(random.nextInt(4_000_000));
                if (rolledBack) {
                    throw EtalonException.invalid("rolled back on purpose");
                }
            });
            committed.addAndGet(count);
        } catch (EtalonException e) {
            assertThat(e).hasMessage("rolled back on purpose");
        }
    }

    @Test
    void numbersAnEventThatCommitsAfterYoungerOnes() throws Exception {
        var inserted = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var slow = thread.submit(() -> vault.scope().clientDo(client.id(), tx -> {
                vault.log.append(tx, AuditEvent.of(AuditOp.VIEW, BO, "session", null));
                inserted.countDown();
                mayCommit.await();
            }));
            inserted.await();
            append(event().with("n", 2));
            assertThat(vault.log.flush(client.id())).isEqualTo(1);
            assertThat(vault.log.flush(client.id())).isEqualTo(1);
            mayCommit.countDown();
            slow.get();
        }
        assertThat(vault.log.flush(client.id())).isEqualTo(2);
        assertIntact(2);
    }

    @Test
    void takesUpWhatAnEarlierProcessLeftBehind() throws Exception {
        append(event());
        vault.log.flush(client.id());
        vault.log.close();
        append(event());
        append(event());
        var before = vault.log.checkpoint(client.id());

        vault.restart();
        vault.open(client);
        assertThat(vault.log.flush(client.id())).isEqualTo(3);
        assertIntact(3);
        assertThat(verify(LogVerifier.of(key()).withOlder(note(before)))).isInstanceOf(LogVerification.Complete.class);
    }

    @Test
    void leavesNothingOfARoundThatDiedBeforeItsCommit() {
        // Without its own clock the living log numbers only when it is asked to.
        vault.log.close();
        append(event());
        append(event());
        var dying = vault.anotherLog(new CellTransactions() {
            @Override
            public <T> T client(ClientId id, Tx.Work<T> work) {
                return vault.scope().client(id, tx -> {
                    var result = work.run(tx);
                    if (!(result instanceof String)) {
                        throw new IllegalStateException("the process died here");
                    }
                    return result;
                });
            }
        });
        dying.open(client.id());
        assertThatThrownBy(() -> dying.flush(client.id())).hasMessageContaining("died here");
        dying.close();
        assertThat(count("audit_run")).isZero();
        assertThat(count("audit_posting")).isZero();
        assertThat(count("audit_tile")).isZero();
        assertThat(count("audit_checkpoint")).isZero();

        assertThat(vault.log.flush(client.id())).isEqualTo(2);
        assertIntact(2);
    }

    @Test
    void letsTwoServersNumberOneLog() throws Exception {
        var second = vault.anotherLog(vault.scope());
        second.open(client.id());
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<Future<?>>();
            for (var log : List.of(vault.log, second, vault.log, second)) {
                done.add(threads.submit(() -> {
                    for (var i = 0; i < 40; i++) {
                        vault.scope().client(client.id(), tx -> log.append(tx, event()));
                        log.flush(client.id());
                    }
                }));
            }
            for (var one : done) {
                one.get();
            }
        }
        second.close();
        assertThat(vault.log.flush(client.id())).isEqualTo(160);
        assertIntact(160);
    }

    @Test
    void signsACheckpointWithinFiveSecondsWithoutBeingAsked() {
        append(event());
        var deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (count("audit_checkpoint") == 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(50_000_000);
        }
        assertThat(count("audit_run")).isEqualTo(1);
        assertThat(count("audit_checkpoint")).isEqualTo(1);
    }

    @Test
    void givesTheVerifierAwayARowThatASuperuserChanged() throws Exception {
        for (var i = 0; i < 20; i++) {
            append(event().with("n", i));
        }
        vault.log.flush(client.id());
        assertIntact(20);
        asSuperuser(
                // The op stands somewhere behind the length's two bytes.
                "update audit_batch set leaves = overlay(leaves placing 'SKIP'::bytea from position('VIEW'::bytea in leaves))"
                        + " where id = (select batch from audit_run where first = 7)");

        assertThat(verify(LogVerifier.of(key()))).isInstanceOf(LogVerification.Broken.class);
        var proof = TlogProof.parse(vault.log.inclusionProof(client.id(), 7).getBytes(UTF_8));
        var seven = entries().get(7).getBytes(UTF_8);
        assertThatThrownBy(() -> proof.verify(seven, key())).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesTheCellsRoleToChangeWhatIsWritten() {
        append(event());
        vault.log.flush(client.id());
        for (var sql : List.of(
                "update audit_batch set leaves = '\\x00'",
                "delete from audit_batch",
                "truncate audit_batch cascade",
                "update audit_run set first = 9",
                "delete from audit_run",
                "update audit_posting set last = 9",
                "delete from audit_posting",
                "delete from audit_tile",
                "delete from audit_checkpoint",
                "update audit_checkpoint set note = ''")) {
            assertThatThrownBy(() -> vault.scope()
                            .clientDo(client.id(), tx -> tx.db().sql(sql).update()))
                    .as(sql)
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void unlinksAPersonAndLeavesTheTreeWhole() {
        append(AuditEvent.of(AuditOp.VIEW, ADA, "session", null));
        var before = pseudonym(client, ADA);
        assertThat(pseudonym(client, ADA)).isEqualTo(before);
        assertThat(pseudonym(client, BO)).isNotEqualTo(before);

        vault.scope().clientDo(client.id(), tx -> vault.log.forget(tx, ADA));
        assertThat(pseudonym(client, ADA)).isNotEqualTo(before);
        vault.log.flush(client.id());
        assertIntact(1);
    }

    @Test
    void namesOnePersonUnlikeInTwoClientsLogs() throws Exception {
        assertThat(pseudonym(client, ADA)).isNotEqualTo(pseudonym(vault.newClient(), ADA));
    }

    @Test
    void forgetsThePseudonymOfATransactionThatWasRolledBack() {
        var names = new ArrayList<String>();
        assertThatThrownBy(() -> vault.scope().clientDo(client.id(), tx -> {
                    names.add(vault.log.pseudonym(tx, ADA));
                    names.add(vault.log.pseudonym(tx, ADA));
                    throw EtalonException.invalid("no");
                }))
                .hasMessage("no");
        var kept = pseudonym(client, ADA);
        vault.clock.turn(Duration.ofMinutes(2));
        assertThat(names.get(0)).isEqualTo(names.get(1)).isNotEqualTo(kept);
        assertThat(pseudonym(client, ADA)).isEqualTo(kept);
    }

    @Test
    void findsEntriesByAssetActorAndOperation() {
        append(event().about("one"));
        append(event().about("two"));
        append(AuditEvent.of(AuditOp.EXPORT, ADA, "key", null));
        append(AuditEvent.of(AuditOp.ADMIN_READ, null, "system", null));
        vault.log.flush(client.id());

        assertThat(indexes(new EntryFilter(null, "two", null, null))).hasSize(1);
        assertThat(indexes(new EntryFilter(null, null, pseudonym(client, ADA), null)))
                .hasSize(3);
        assertThat(indexes(new EntryFilter(null, null, null, AuditOp.EXPORT))).hasSize(1);
        var system = (JsonObject) CanonicalJson.read(entries().getLast().getBytes(UTF_8));
        assertThat(system.get("actor")).contains(new JsonNull());
    }

    @Test
    void listsAProjectsEntriesPageByPageFromAnIndexOfTheirOwn() throws Exception {
        var projects = LongStream.range(0, 20)
                .mapToObj(n -> new ProjectId(new UUID(5, n)))
                .toList();
        for (var round = 0; round < 40; round++) {
            vault.scope()
                    .clientDo(
                            client.id(),
                            tx -> vault.log.appendAll(
                                    tx,
                                    projects.stream()
                                            .map(project -> AuditEvent.of(AuditOp.VIEW, ADA, "session", project))
                                            .toList()));
        }
        append(event());
        vault.log.flush(client.id());
        var filter = new EntryFilter(projects.get(7), null, null, null);

        var first = vault.log.entries(client.id(), filter, 0, 25);
        var rest = vault.log.entries(client.id(), filter, first.getLast().index() + 1, 25);
        assertThat(first).hasSize(25);
        assertThat(rest).hasSize(15);
        assertThat(Stream.concat(first.stream(), rest.stream()))
                .allMatch(entry -> entry.entry().contains(projects.get(7).toString()))
                .isSortedAccordingTo(Comparator.comparingLong(LogEntry::index));
        assertThat(indexes(new EntryFilter(new ProjectId(new UUID(5, 99)), null, null, null)))
                .isEmpty();
        assertThat(plan("project " + filter.project()))
                .contains("audit_posting_pkey")
                .doesNotContain("Seq Scan", "Sort");
    }

    private String plan(String key) throws SQLException {
        var sql = Postings.SEGMENTS.replace(":key", "'" + key + "'").replace(":from", "100");
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            // Eight hundred rows fit into a few pages; these plans are what a log of millions gets.
            statement.execute("analyze audit_posting; set enable_seqscan = off;"
                    + " set enable_bitmapscan = off; set enable_hashjoin = off; set enable_mergejoin = off");
            var plan = new StringBuilder();
            try (var rows = statement.executeQuery("explain " + sql)) {
                while (rows.next()) {
                    plan.append(rows.getString(1)).append('\n');
                }
            }
            return plan.toString();
        }
    }

    private List<Long> indexes(EntryFilter filter) {
        return vault.log.entries(client.id(), filter, 0, 100_000).stream()
                .map(LogEntry::index)
                .toList();
    }

    private static AuditEvent event() {
        return AuditEvent.of(AuditOp.VIEW, ADA, "session", null);
    }

    private void append(AuditEvent event) {
        vault.scope().clientDo(client.id(), tx -> vault.log.append(tx, event));
    }

    private String pseudonym(Client of, PersonId person) {
        return vault.scope().client(of.id(), tx -> vault.log.pseudonym(tx, person));
    }

    private List<String> entries() {
        return vault.log.entries(client.id(), EntryFilter.ALL, 0, 100_000).stream()
                .map(LogEntry::entry)
                .toList();
    }

    private long count(String table) {
        return number("select count(*) from " + table);
    }

    private long number(String sql) {
        return vault.scope()
                .client(client.id(), tx -> tx.db().sql(sql).query(Long.class).single());
    }

    private VerifierKey key() {
        return VerifierKey.parse(vault.log.verifierKey(client.id()));
    }

    private static SignedNote note(String text) {
        return SignedNote.parse(text.getBytes(UTF_8));
    }

    private LogVerification verify(LogVerifier verifier) {
        var leaves = entries().stream().map(entry -> entry.getBytes(UTF_8)).iterator();
        return verifier.verify(leaves, note(vault.log.checkpoint(client.id())));
    }

    /** Indexes without a gap, and the ledger's own replay of every entry to the signed root. */
    private void assertIntact(int size) {
        assertThat(indexes(EntryFilter.ALL))
                .isEqualTo(LongStream.range(0, size).boxed().toList());
        assertThat(number("select coalesce(sum(width), 0) from audit_batch")).isEqualTo(size);
        assertThat(Checkpoint.open(note(vault.log.checkpoint(client.id())), key())
                        .size())
                .isEqualTo(size);
        assertThat(verify(LogVerifier.of(key()))).isInstanceOf(LogVerification.Complete.class);
    }

    private void asSuperuser(String sql) throws SQLException {
        try (var connection = superuser();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isEqualTo(1);
        }
    }

    private Connection superuser() throws SQLException {
        var admin = TestDatabase.shared();
        var url = vault.scope()
                .client(client.id(), tx -> tx.connection().getMetaData().getURL());
        return DriverManager.getConnection(url, admin.user(), admin.password());
    }
}
