package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.TestCells;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The log of an installation that wrote a row an event, after its upgrade. */
final class AuditUpgradeTest {
    private static final int NUMBERED = 9_000;
    private static final ProjectId PROJECT = new ProjectId(new UUID(1, 2));

    @Test
    void carriesEveryEntryOverAndFindsItAgain() throws Exception {
        var admin = TestDatabase.shared();
        var clients = TestCells.shared().clients();
        var client = clients.create("audit-upgrade", "Upgrade").id();
        var url = clients.scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute("create schema earlier; set search_path = earlier");
            connection.setAutoCommit(false);
            var tx = new Tx(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            run(tx, "V10__audit.sql");
            fill(tx);
            run(tx, "V80__audit_by_project.sql");
            run(tx, "V52__audit_batches.sql");
            connection.commit();

            var store = new AuditStore();
            var all = LongStream.range(0, NUMBERED).boxed().toList();
            assertThat(store.size(tx)).isEqualTo(NUMBERED);
            assertThat(store.leaves(tx, all))
                    .as("each at its index, byte for byte")
                    .allSatisfy(leaf -> assertThat(new String(leaf.bytes(), UTF_8))
                            .isEqualTo(new String(leaf(NUMBERED - leaf.index()), UTF_8)));
            var waiting = store.waiting(tx, 0, 10).batches();
            assertThat(waiting).as("the one without an index still waits").hasSize(1);
            assertThat(waiting.getFirst().leaves().getFirst()).isEqualTo(leaf(NUMBERED + 1));
            var postings = new Postings();
            var keys = Postings.keys(new EntryFilter(PROJECT, "asset-3", "p-1", AuditOp.LEASE));
            assertThat(postings.find(tx, keys, 0, NUMBERED, 100_000))
                    .isEqualTo(all.stream()
                            .filter(index -> (NUMBERED - index) % 2 == 1 && (NUMBERED - index) % 7 == 3)
                            .toList());
            assertThat(store.insert(tx, List.of(leaf(1))).batch())
                    .as("ids go on behind those that were carried over")
                    .isGreaterThan(NUMBERED + 1);
        }
    }

    private static byte[] leaf(long n) {
        var op = n % 2 == 1 ? AuditOp.LEASE : AuditOp.SUBMIT;
        var event = new AuditEvent(op, new PersonId(new UUID(0, 1)), "session", PROJECT, asset(n), new TreeMap<>());
        return new LeafJson.Spelling(Instant.ofEpochSecond(n)).of(event, "p-1", new byte[16]);
    }

    private static String asset(long n) {
        return "asset-" + n % 7;
    }

    /** As the first version wrote them: indexes in another order than ids. */
    private static void fill(Tx tx) throws SQLException {
        try (var events = tx.connection()
                        .prepareStatement(
                                "insert into audit_event (op, actor, project, asset, leaf) values (?, 'p-1', ?, ?, ?)");
                var leaves = tx.connection().prepareStatement("insert into audit_leaf (idx, event) values (?, ?)")) {
            for (var n = 1L; n <= NUMBERED + 1; n++) {
                events.setString(1, n % 2 == 1 ? "LEASE" : "SUBMIT");
                events.setObject(2, PROJECT.value());
                events.setString(3, asset(n));
                events.setBytes(4, leaf(n));
                events.addBatch();
                if (n <= NUMBERED) {
                    leaves.setLong(1, NUMBERED - n);
                    leaves.setLong(2, n);
                    leaves.addBatch();
                }
            }
            events.executeBatch();
            leaves.executeBatch();
        }
    }

    private static void run(Tx tx, String migration) throws IOException, SQLException {
        try (var in = Objects.requireNonNull(AuditUpgradeTest.class.getResourceAsStream("/db/client/" + migration));
                var statement = tx.connection().createStatement()) {
            statement.execute(new String(in.readAllBytes(), UTF_8).replace("${role}", "pg_monitor"));
        }
    }
}
