package io.etalon.server.work.prelabel;

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
import org.junit.jupiter.api.Test;

/** An installation with work gets pre-labels; what is purged takes its own along, and nothing else. */
final class PreLabelUpgradeTest {
    private static final String PROJECT = "00000000-0000-7000-8000-000000000093";

    @Test
    void whatIsPurgedTakesItsPreLabelsAlong() throws Exception {
        var admin = TestDatabase.shared();
        var client = TestCells.shared()
                .clients()
                .create("pre-label-upgrade", "Upgrade")
                .id();
        var url = TestCells.shared()
                .clients()
                .scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute("create schema earlier; set search_path = earlier");
            run(statement, "V30__projects.sql");
            run(statement, "V50__work.sql");
            worked(statement);
            run(statement, "V93__pre_labels.sql");
            labelled(statement);

            assertThatThrownBy(() -> statement.execute("update pre_label set confidence = 2"))
                    .hasMessageContaining("check");
            // In the order of purge_deletion.
            statement.execute("delete from submission where task = 1");
            statement.execute("delete from lease where task = 1");
            statement.execute("delete from task where id = 1");

            for (var table : new String[] {"pre_label", "lease_pre_label", "submission_pre_label"}) {
                assertThat(number(statement, "select count(*) from " + table))
                        .as(table)
                        .isEqualTo(1);
            }
            assertThat(number(statement, "select task from pre_label")).isEqualTo(2);
        }
    }

    private static void worked(Statement statement) throws SQLException {
        statement.execute("""
                insert into project (id, name, code_name, kind, template, state, redundancy, review_share, default_rounds,
                  licence, ontology_version, guideline_version, created_at)
                values ('%s', 'P', 'p', 'text', 't', 'active', 1, 0, 1, '', 1, 1, now())""".formatted(PROJECT));
        statement.execute("insert into task (id, project, asset) overriding system value select n, '" + PROJECT
                + "', gen_random_uuid() from generate_series(1, 2) n");
        statement.execute("insert into lease select n, '" + PROJECT
                + "', n, null, gen_random_uuid(), 1, 1, 1, 1, now(), now() from generate_series(1, 2) n");
        statement.execute("""
                insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
                  guideline_version, active_seconds, sampled, answer)
                select n, '%s', n, gen_random_uuid(), 1, 1, n, 1, 1, 1, false, '{}' from generate_series(1, 2) n""".formatted(PROJECT));
    }

    private static void labelled(Statement statement) throws SQLException {
        statement.execute("insert into pre_label_model (project, name, version) values ('" + PROJECT + "', 'm', '1')");
        statement.execute("insert into pre_label (id, project, task, model, ontology_version, sealed) select n, '"
                + PROJECT + "', n, 1, 1, '\\x00' from generate_series(1, 2) n");
        statement.execute("insert into lease_pre_label select n, '" + PROJECT + "', n from generate_series(1, 2) n");
        statement.execute(
                "insert into submission_pre_label select n, '" + PROJECT + "', n, true from generate_series(1, 2) n");
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(Statement statement, String migration) throws IOException, SQLException {
        try (var in =
                Objects.requireNonNull(PreLabelUpgradeTest.class.getResourceAsStream("/db/client/" + migration))) {
            statement.execute(new String(in.readAllBytes(), UTF_8).replace("${role}", "pg_monitor"));
        }
    }
}
