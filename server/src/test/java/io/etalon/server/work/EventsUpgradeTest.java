package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.app.TestCells;
import io.etalon.server.app.TestDatabase;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An installation with work gets an outbox, restorations, and counts of labels: what is there is counted, once. */
final class EventsUpgradeTest {
    private static final UUID PROJECT = new UUID(7, 7);

    @Test
    void countsTheAnswersThatAreThereAndLeavesWhatTheirEventsTell() throws Exception {
        var admin = TestDatabase.shared();
        var client =
                TestCells.shared().clients().create("events-upgrade", "Upgrade").id();
        var url = TestCells.shared()
                .clients()
                .scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute("create schema earlier; set search_path = earlier");
            run(statement, "V30__projects.sql");
            run(statement, "V50__work.sql");
            statement.execute("""
                    insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
                      guideline_version, active_seconds, sampled, answer)
                    select n, '%s', n, gen_random_uuid(), 1, 1, n, 1, 1, 1, false, case n %% 3
                      when 0 then '{"shapes":[]}'
                      when 1 then '{"shapes":[{"label":"coin"},{"label":"coin"}]}'
                      else '{"shapes":[{"label":"coin"},{"label":"medal"}]}' end::jsonb
                    from generate_series(1, 300) n""".formatted(PROJECT));
            statement.execute("insert into lease select n, '%s', n, null, gen_random_uuid(), 1, 1, 1, 1, now(), now()"
                            .formatted(PROJECT)
                    + " from generate_series(1, 300) n");
            run(statement, "V62__outbox.sql");
            statement.execute("insert into outbox (project, kind, payload) values ('" + PROJECT
                    + "', 'work.done', '{\"firstSubmission\": 1, \"lastSubmission\": 300}')");
            run(statement, "V63__restorations.sql");
            run(statement, "V65__label_changes.sql");

            assertThat(number(statement, "select submissions from label_use where label = 'coin'"))
                    .isEqualTo(200);
            assertThat(number(statement, "select submissions from label_use where label = 'medal'"))
                    .isEqualTo(100);
            assertThat(number(statement, """
                    select count(*) from outbox o join outbox_cursor c on c.listener = 'label-use'
                    where (o.xid, o.id) > (c.xid, c.id)""")).as("events of what is counted").isZero();
            assertThatThrownBy(() -> statement.execute(
                            "insert into label_change values ('" + PROJECT + "', 2, 0, 'merge', 'coin', null)"))
                    .hasMessageContaining("check");
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(Statement statement, String migration) throws IOException, SQLException {
        try (var in = Objects.requireNonNull(EventsUpgradeTest.class.getResourceAsStream("/db/client/" + migration))) {
            statement.execute(new String(in.readAllBytes(), UTF_8).replace("${role}", "pg_monitor"));
        }
    }
}
