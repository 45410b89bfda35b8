package io.etalon.server.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.app.TestCells;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.pack.AssetCounts;
import io.etalon.server.dataset.pack.TextBatch;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The assets of an installation that kept every one as an object under a hash in hex, after its upgrade. */
final class PackUpgradeTest {
    private static final ProjectId FIRST = new ProjectId(new UUID(3, 1));
    private static final ProjectId SECOND = new ProjectId(new UUID(3, 2));
    private static final List<String> MIGRATIONS =
            List.of("V60__packs.sql", "V61__jobs.sql", "V66__packs_in_pages.sql", "V67__asset_content.sql");

    @Test
    void findsEveryAssetByItsBytesAndRefusesThemTwiceInOneProject() throws Exception {
        var admin = TestDatabase.shared();
        var clients = TestCells.shared().clients();
        var client = clients.create("pack-upgrade", "Upgrade").id();
        var url = clients.scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "create schema earlier; set search_path = earlier; create table project (id uuid primary key)");
            statement.execute("insert into project values ('%s'), ('%s')".formatted(FIRST, SECOND));
            run(statement, "V40__dataset.sql");
            run(statement, "V50__work.sql");
            statement.execute("""
                    insert into asset (id, project, name, sha256, type, size, code_points, created_at)
                    select gen_random_uuid(), p.id, 'a' || n, encode(sha256(int4send(n)), 'hex'), 'text/plain', 1, 1, now()
                    from project p, generate_series(1, 500) n""");
            statement.execute("insert into task (project, asset) select project, id from asset");
            for (var migration : MIGRATIONS) {
                run(statement, migration);
            }

            var tx = new Tx(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            assertThat(AssetCounts.of(tx, FIRST)).isEqualTo(500);
            var store = new AssetStore();
            for (var n = 1; n <= 500; n++) {
                var found = store.findByHash(tx, SECOND, HexFormat.of().formatHex(hash(n).bytes()));
                assertThat(found.orElseThrow().name()).isEqualTo("a" + n);
                assertThat(found.orElseThrow().project()).isEqualTo(SECOND);
            }
            assertThat(TextBatch.known(tx, FIRST, List.of(hash(7), hash(501)))).containsExactly(hash(7));
            assertThat(TextBatch.known(tx, new ProjectId(new UUID(3, 3)), List.of(hash(7))))
                    .isEmpty();
            assertThatThrownBy(
                            () -> statement.execute(
                                    "insert into asset (id, project, name, sha256, type, size, code_points, created_at)"
                                            + " select gen_random_uuid(), project, name, sha256, type, 1, 1, now() from asset limit 1"))
                    .hasMessageContaining("asset_content_once");
        }
    }

    private static ContentHash hash(int number) {
        var digest = ContentHash.digest();
        return ContentHash.of(digest.digest(new byte[] {0, 0, (byte) (number >> 8), (byte) number}));
    }

    private static void run(Statement statement, String migration) throws IOException, SQLException {
        try (var in = Objects.requireNonNull(PackUpgradeTest.class.getResourceAsStream("/db/client/" + migration))) {
            statement.execute(new String(in.readAllBytes(), UTF_8).replace("${role}", "pg_monitor"));
        }
    }
}
