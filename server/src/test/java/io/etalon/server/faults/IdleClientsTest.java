package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients for whom nobody works keep no session of the database, so that an installation may have hundreds of them. */
final class IdleClientsTest {
    private static final int CLIENTS = 4;
    /** HikariCP looks after its pools twice a minute; here more often, so that the ten seconds of idleness are waited for alone. */
    private static final String LOOKS = "com.zaxxer.hikari.housekeeping.periodMs";

    @Test
    void holdNoConnectionAndOneWithAnOpenTransactionDoes() throws Exception {
        System.setProperty(LOOKS, "500");
        try (var server = TestServer.start()) {
            var idle = new ArrayList<String>();
            for (var i = 0; i < CLIENTS; i++) {
                var slug = "idle-" + i;
                var job = SmallJob.on(server, slug, "ann");
                assertThat(job.as("requester")
                                .get(job.clientPath() + "/projects")
                                .status())
                        .isEqualTo(200);
                idle.add(database(server, slug));
            }
            var held = idle.removeFirst();
            assertThat(sessions(server.data(), idle)).as("they were asked").isPositive();
            // The control: the same look at a client of whom a transaction is open.
            var client = server.clients().find("idle-0").orElseThrow().id();
            try (var open = server.scope().begin(client)) {
                Await.until("idle clients hold nothing", Duration.ofMinutes(5), () -> quiet(server.data(), idle));
                assertThat(open).isNotNull();
                assertThat(sessions(server.data(), List.of(held))).isPositive();
            }
        } finally {
            System.clearProperty(LOOKS);
        }
    }

    private static boolean quiet(Path data, List<String> databases) {
        try {
            return sessions(data, databases) == 0;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String database(TestServer server, String slug) {
        var id = server.clients().find(slug).orElseThrow().id();
        return "client_" + id.toString().replace("-", "");
    }

    private static int sessions(Path data, List<String> databases) throws Exception {
        try (var admin = Postmaster.of(data).admin(data, "postgres")) {
            return sessions(admin, databases);
        }
    }

    private static int sessions(Connection admin, List<String> databases) throws SQLException {
        try (var count =
                admin.prepareStatement("select count(*) from pg_stat_activity where datname = any (?::text[])")) {
            count.setArray(1, admin.createArrayOf("text", databases.toArray()));
            try (var row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
