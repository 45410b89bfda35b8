package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ConsistencyProof;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.Hash;
import io.etalon.ledger.InclusionProof;
import io.etalon.ledger.LogVerification.Broken;
import io.etalon.ledger.LogVerification.Complete;
import io.etalon.ledger.LogVerifier;
import io.etalon.ledger.LoggedHead;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TileId;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.People;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.faults.Cells;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The log of the clients' heads, as its readers have it: over HTTP, with keys that they got by another way. */
class OperatorLogTest {
    private static final String LOG = "/operator-log";

    private final TestServer server = TestServer.shared();
    private final OperatorLog operator = server.part(OperatorLog.class);
    private final VerifierKey operatorKey = VerifierKey.parse(operator.verifierKey());

    private ClientId client(String slug) throws SQLException {
        return server.clients().create(slug, "A name that nobody else may read").id();
    }

    private void write(ClientId client, int events) {
        for (var i = 0; i < events; i++) {
            var number = i;
            server.scope()
                    .clientDo(
                            client,
                            tx -> server.part(AuditLog.class)
                                    .append(
                                            tx,
                                            AuditEvent.of(AuditOp.VIEW, null, "system", null)
                                                    .with("number", number)));
        }
        operator.flush(client);
    }

    private VerifierKey key(ClientId client) {
        return VerifierKey.parse(server.part(AuditLog.class).verifierKey(client));
    }

    private Checkpoint head(ClientId client) {
        var note =
                SignedNote.parse(server.part(AuditLog.class).checkpoint(client).getBytes(UTF_8));
        return Checkpoint.open(note, key(client));
    }

    private TlogProof proof(ClientId client) {
        return TlogProof.parse(operator.proofOf(client, null, false).getBytes(UTF_8));
    }

    /** Somebody who is signed in and a member of nothing. */
    private Http stranger() {
        return Http.as(
                server,
                server.part(People.class)
                        .create("stranger-" + UUID.randomUUID() + "@oplog.example", "Stranger")
                        .id());
    }

    /** All entries and the head, as anybody who is signed in reads them. */
    private record Served(List<byte[]> entries, SignedNote head) {
        static Served of(Http reader) {
            var head = SignedNote.parse(reader.get(LOG + "/checkpoint").raw().body());
            var size = Checkpoint.parse(head.text()).size();
            var entries = new ArrayList<byte[]>();
            for (var index = 0L; index * TileId.FULL < size; index++) {
                var width = (int) Math.min(TileId.FULL, size - index * TileId.FULL);
                var path = new TileId(0, index, width).path().replace("tile/0/", "tile/entries/");
                entries.addAll(
                        EntryBundle.decode(reader.get(LOG + "/" + path).raw().body(), width));
            }
            return new Served(entries, head);
        }
    }

    @Test
    void aClientsCheckpointIsProvenOfflineByWhoHasTheTwoKeys() throws Exception {
        var client = client("oplog-proof");
        write(client, 3);
        var reader = stranger();
        assertThat(reader.get("/clients/oplog-proof/audit/operator-proof").status())
                .isEqualTo(404);
        var head = head(client);
        var proof = TlogProof.parse(operator.proofOf(client, head.size(), false).getBytes(UTF_8));

        var proven = LoggedHead.proven(proof, operatorKey);
        assertThat(proven).isEqualTo(LoggedHead.of(key(client), head));
        assertThat(proven.contradiction(key(client), head)).isEmpty();

        // Another head in the same place, and the proof under another key.
        var inclusion = new InclusionProof(
                proof.index(), Checkpoint.parse(proof.checkpoint().text()).size(), proof.path());
        var forged = new LoggedHead(proven.log(), proven.size(), Hash.sha256(new byte[1]))
                .proof(inclusion, proof.checkpoint());
        assertThatThrownBy(() -> LoggedHead.proven(forged, operatorKey)).isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> LoggedHead.proven(proof, key(client))).isInstanceOf(FormatException.class);
        var unknown = head.size() + 1_000;
        assertThatThrownBy(() -> operator.proofOf(client, unknown, false)).isInstanceOf(EtalonException.class);
    }

    @Test
    void everyCheckpointOfEveryClientStandsInItOnceAndNoName() throws Exception {
        var one = client("oplog-one");
        var two = client("oplog-two");
        for (var i = 0; i < 4; i++) {
            write(one, 1);
            write(two, 2);
        }
        var reader = stranger();
        var served = Served.of(reader);
        assertThat(LogVerifier.of(operatorKey).verify(served.entries().iterator(), served.head()))
                .isInstanceOf(Complete.class);
        for (var client : List.of(one, two)) {
            var log = LoggedHead.logOf(key(client));
            var sizes = served.entries().stream()
                    .map(LoggedHead::parse)
                    .filter(head -> head.log().equals(log))
                    .map(LoggedHead::size)
                    .toList();
            assertThat(sizes)
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .contains(head(client).size());
            assertThat(sizes).hasSizeGreaterThanOrEqualTo(4);
        }
        for (var entry : served.entries()) {
            assertThat(new String(entry, UTF_8))
                    .matches("\\{\"log\":\"[0-9a-f]{64}\",\"root\":\"[0-9a-f]{64}\",\"size\":\\d+}");
        }
    }

    @Test
    void isOneLogHoweverManyAppend() throws Exception {
        var clients = new ArrayList<ClientId>();
        for (var i = 0; i < 3; i++) {
            clients.add(client("oplog-many-" + i));
        }
        var acts = new ArrayList<Callable<Boolean>>();
        for (var i = 0; i < 24; i++) {
            var client = clients.get(i % clients.size());
            acts.add(() -> {
                write(client, 1);
                return Boolean.TRUE;
            });
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var end : threads.invokeAll(acts)) {
                end.get();
            }
        }
        var served = Served.of(stranger());
        assertThat(LogVerifier.of(operatorKey).verify(served.entries().iterator(), served.head()))
                .isInstanceOf(Complete.class);
        for (var client : clients) {
            var log = LoggedHead.logOf(key(client));
            assertThat(served.entries().stream()
                            .map(LoggedHead::parse)
                            .filter(head -> head.log().equals(log))
                            .map(LoggedHead::size))
                    .doesNotHaveDuplicates()
                    .isSorted();
        }
    }

    @Test
    void aLogThatASuperuserRolledBackContradictsIt() throws Exception {
        var client = client("oplog-back");
        write(client, 2);
        var old = head(client);
        write(client, 3);
        var logged = LoggedHead.proven(proof(client), operatorKey);
        assertThat(logged.size()).isGreaterThanOrEqualTo(old.size() + 3);
        // The control: nothing is said of the log as it is.
        assertThat(logged.contradiction(key(client), head(client))).isEmpty();

        try (var cell = Cells.of(server.data(), client)) {
            rollBack(cell, old.size());
        }
        assertThat(head(client)).isEqualTo(old);
        assertThat(logged.contradiction(key(client), head(client)).orElseThrow())
                .contains("it was cut");

        // It grows again to the size that it had: other entries, another root.
        while (head(client).size() < logged.size()) {
            write(client, 1);
        }
        var again = head(client);
        assertThat(again.size()).isEqualTo(logged.size());
        assertThat(logged.contradiction(key(client), again).orElseThrow()).contains("it was forked");

        // And past it: no proof leads from the logged head to the new one.
        write(client, 2);
        var past = head(client);
        assertThat(logged.contradiction(key(client), past)).isEmpty();
        ConsistencyProof consistency = server.part(AuditLog.class).consistencyProof(client, logged.size(), past.size());
        var before = new Checkpoint(past.origin(), logged.size(), logged.root());
        assertThat(past.extendsFrom(before, consistency)).isFalse();
        // What was logged first still stands, and beside it the head that contradicts it.
        var heads = Served.of(stranger()).entries().stream()
                .map(LoggedHead::parse)
                .filter(head -> head.log().equals(logged.log()) && head.size() == logged.size())
                .toList();
        assertThat(heads).hasSize(2).first().isEqualTo(logged);
    }

    private static void rollBack(Connection cell, long size) throws SQLException {
        try (var statement = cell.createStatement()) {
            statement.execute("delete from audit_run where first >= " + size);
            statement.execute(
                    "delete from audit_batch b where not exists (select from audit_run r where r.batch = b.id)");
            statement.execute("delete from audit_posting where first >= " + size);
            statement.execute("delete from audit_checkpoint where size > " + size);
            statement.execute("update audit_tile set hashes = substr(hashes, 1, 32 * " + size + ") where level = 0");
        }
    }

    @Test
    void anEditOfTheOperatorsLogItselfIsDetected() throws Exception {
        var client = client("oplog-edit");
        write(client, 2);
        var reader = stranger();
        var before = Served.of(reader);
        var index = proof(client).index();
        var postgres = Cells.control(server.data());
        try (postgres;
                var statement = postgres.createStatement()) {
            statement.execute("create temp table kept as select * from operator_entry where idx = " + index);
            statement.execute("update operator_entry set size = size + 1 where idx = " + index);
            try {
                var edited = Served.of(reader);
                assertThat(LogVerifier.of(operatorKey).verify(edited.entries().iterator(), edited.head()))
                        .isInstanceOf(Broken.class);
                var asked = TlogProof.parse(operator.inclusionProof(index).getBytes(UTF_8));
                assertThatThrownBy(() -> asked.verify(edited.entries().get((int) index), operatorKey))
                        .isInstanceOf(FormatException.class);
            } finally {
                statement.execute("update operator_entry e set size = k.size from kept k where e.idx = k.idx");
            }
        }
        var after = Served.of(reader);
        assertThat(LogVerifier.of(operatorKey)
                        .withOlder(before.head())
                        .verify(after.entries().iterator(), after.head()))
                .isInstanceOf(Complete.class);
    }

    @Test
    void theServersOwnLoginMayNotRewriteIt() throws Exception {
        write(client("oplog-login"), 1);
        for (var act : List.of(
                "update operator_entry set size = 0",
                "delete from operator_entry",
                "truncate operator_entry",
                "delete from operator_tile",
                "update operator_checkpoint set note = ''",
                "delete from operator_checkpoint")) {
            assertThatThrownBy(() ->
                            server.scope().controlDo(tx -> tx.db().sql(act).update()))
                    .as(act)
                    .hasStackTraceContaining("permission denied");
        }
    }
}
