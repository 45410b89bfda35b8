package io.etalon.server.work.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.app.TestCells;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The tables of work of an installation that kept keys as they came, after its upgrade. */
final class WorkUpgradeTest {
    private static final PersonId ADA = new PersonId(new UUID(-7, 11));

    @Test
    void findsEveryKeyAgainAndStillRefusesASecondAnswerInOneSlot() throws Exception {
        var admin = TestDatabase.shared();
        var clients = TestCells.shared().clients();
        var client = clients.create("work-upgrade", "Upgrade").id();
        var url = clients.scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "create schema earlier; set search_path = earlier; create table project (id uuid primary key)");
            run(statement, "V50__work.sql");
            statement.execute("""
                    insert into work_key (person, key, body_hash, status, made, state, next_lease)
                    select '%s', 'schlüssel ' || n, decode(repeat('0a', 32), 'hex'), 201, n, 'submitted', nullif(n, 5)
                    from generate_series(1, 500) n""".formatted(ADA));
            statement.execute("""
                    insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
                      guideline_version, active_seconds, sampled, answer)
                    select n, gen_random_uuid(), n, '%s', 1, 1, n, 1, 1, 1, false, '{}' from generate_series(1, 500) n""".formatted(ADA));
            run(statement, "V53__narrow_work_keys.sql");

            run(statement, "V56__qualification.sql");
            run(statement, "V57__gold.sql");
            try (var rows = statement.executeQuery("select count(*) from submission where not gold")) {
                rows.next();
                assertThat(rows.getLong(1))
                        .as("what was answered before is no gold")
                        .isEqualTo(500);
            }

            var tx = new Tx(connection, JdbcClient.create(new SingleConnectionDataSource(connection, true)));
            var store = new WorkStore((t, events) -> List.of());
            for (var n = 1L; n <= 500; n++) {
                var outcome = Objects.requireNonNull(store.key(tx, ADA, "schlüssel " + n));
                assertThat(outcome.made()).isEqualTo(n);
                assertThat(outcome.nextLease()).isEqualTo(n == 5 ? null : Long.valueOf(n));
            }
            assertThat(store.key(tx, new PersonId(new UUID(-7, 12)), "schlüssel 1"))
                    .isNull();
            assertThatThrownBy(() -> statement.execute(
                            "insert into submission select 900, s.project, s.task, s.annotator, s.round, s.revision, 900, 1, 1, 1,"
                                    + " false, '{}' from submission s where id = 3"))
                    .hasMessageContaining("submission_of_slot");
        }
    }

    @Test
    void keepsTasksAndTheirOrderWhenQueuesGetRules() throws Exception {
        var admin = TestDatabase.shared();
        var clients = TestCells.shared().clients();
        var client = clients.create("rules-upgrade", "Upgrade").id();
        var url = clients.scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "create schema earlier; set search_path = earlier; create table project (id uuid primary key)");
            run(statement, "V50__work.sql");
            statement.execute("insert into project select gen_random_uuid();"
                    + " insert into task (project, asset, priority) select p.id, gen_random_uuid(), n"
                    + " from project p, generate_series(1, 500) n");
            run(statement, "V54__queue_policy.sql");
            run(statement, "V55__batches_and_acts.sql");
            try (var rows = statement.executeQuery(
                    "select count(*), count(batch), sum(priority), count(*) filter (where id = priority) from task")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(500);
                assertThat(rows.getInt(2)).as("no task is in a batch").isZero();
                assertThat(rows.getInt(3)).isEqualTo(125_250);
                assertThat(rows.getInt(4)).isEqualTo(500);
            }
            assertThatThrownBy(
                            () -> statement.execute(
                                    "insert into batch (project, number, name, priority, person) select id, 0, 'x', 0, id from project"))
                    .hasMessageContaining("batch_number_check");
        }
    }

    /** Answers and decisions from before there were stages. */
    @Test
    void whatWasSampledPassesTheFirstStageAndDecisionsWereMadeThere() throws Exception {
        var admin = TestDatabase.shared();
        var clients = TestCells.shared().clients();
        var client = clients.create("stage-upgrade", "Upgrade").id();
        var url = clients.scope()
                .client(client, tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.createStatement()) {
            statement.execute(
                    "create schema earlier; set search_path = earlier; create table project (id uuid primary key)");
            run(statement, "V50__work.sql");
            run(statement, "V53__narrow_work_keys.sql");
            statement.execute("""
                    insert into submission (id, project, task, annotator, round, revision, lease, ontology_version,
                      guideline_version, active_seconds, sampled, answer)
                    select n, gen_random_uuid(), n, '%1$s', 1, 1, n, 1, 1, 1, n %% 2 = 0, '{}' from generate_series(1, 100) n;
                    insert into review_decision (submission, id, project, lease, reviewer, decision, answer)
                    select id, id + 1000, project, lease, '%1$s', case when id %% 4 = 0 then 'fix' else 'accept' end,
                      case when id %% 4 = 0 then '{}'::jsonb end
                    from submission where sampled""".formatted(ADA));
            run(statement, "V58__workflows.sql");
            run(statement, "V59__merges.sql");
            try (var row = statement.executeQuery("""
                    select count(*) filter (where sampled and route = 1), count(*) filter (where not sampled and route = 0),
                      (select count(*) from review_decision where stage = 1 and seat = 'review') from submission""")) {
                row.next();
                assertThat(row.getInt(1)).isEqualTo(50);
                assertThat(row.getInt(2)).isEqualTo(50);
                assertThat(row.getInt(3)).isEqualTo(50);
            }
            var again = "insert into review_decision (submission, id, project, lease, reviewer, decision, stage)"
                    + " select submission, id + 5000, project, lease, reviewer, 'accept', %d from review_decision"
                    + " where submission = 2";
            statement.execute(again.formatted(2));
            assertThatThrownBy(() -> statement.execute(again.formatted(1))).hasMessageContaining("review_decision");
        }
    }

    private static void run(Statement statement, String migration) throws IOException, SQLException {
        try (var in = Objects.requireNonNull(WorkUpgradeTest.class.getResourceAsStream("/db/client/" + migration))) {
            statement.execute(new String(in.readAllBytes(), UTF_8).replace("${role}", "pg_monitor"));
        }
    }
}
