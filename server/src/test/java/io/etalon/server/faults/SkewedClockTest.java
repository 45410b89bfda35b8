package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The clock of the server's machine is wrong by a day, before or behind, and jumps between starts: leases, their tokens and
 * the order of what happened follow the database's clock. The whole form tries more clocks.
 */
final class SkewedClockTest {
    @Test
    void leasesLastAsLongAsTheDatabaseSaysAndTheirRowsAreInOrder() throws Exception {
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = start(data, port, "PT24H", "skewed", "anna", "ben");
        try {
            var job = new SmallJob(child.url(), "skewed", child.sessions())
                    .project(1, 0)
                    .images(6)
                    .plan();
            var held = job.lease("anna").json();
            var made = new ArrayList<Long>();
            for (var skew : List.of("PT-24H", "PT5M", "PT-5M").subList(0, Faults.times(1, 3))) {
                child.kill();
                child = start(data, port, skew);
                // A lease of the process before is as good as ever, and nobody else is given its task.
                assertThat(held.at("/task/id").asLong())
                        .isNotEqualTo(job.lease("ben").json().at("/task/id").asLong());
                var bens = job.as("ben").get(job.path() + "/leases").json().at("/items/0");
                made.add(submission(job.submit("ben", bens, SmallJob.answer(skew), "ben" + skew)));
            }
            made.add(submission(job.submit("anna", held, SmallJob.answer("kept through all"), "anna")));
            try (var cell = Cells.only(data)) {
                assertThat(number(cell, "select count(*) from lease_end where how = 'expired'"))
                        .as("leases that ended early")
                        .isZero();
                assertThat(number(
                                cell,
                                "select count(*) from lease where granted_at > now() + interval '5 s'"
                                        + " or granted_at < now() - interval '10 min' or deadline <= granted_at"))
                        .as("leases by a wrong clock")
                        .isZero();
                assertThat(inTheirOrder(cell)).as("as they were handed in").isEqualTo(made);
            }
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    private static long submission(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().at("/submission/id").asLong();
    }

    private static List<Long> inTheirOrder(Connection cell) throws Exception {
        var ids = new ArrayList<Long>();
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery("select id from submission order by submitted_at")) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    /** The control: an own clock that is right does end the lease of who does nothing, after its time. */
    @Test
    void aLeaseThatNobodyRenewsEndsAlsoWhereTheMachineIsADayBehind() throws Exception {
        var data = TestServer.freshData();
        var child = ChildServer.start(
                data,
                Faults.twoFreePorts(),
                Map.of("etalon.lease", "3s", ChildServer.SKEW, "PT-24H"),
                "behind",
                "anna",
                "ben");
        try {
            var job = new SmallJob(child.url(), "behind", child.sessions())
                    .project(1, 0)
                    .images(1)
                    .plan();
            assertThat(job.lease("anna").status()).isEqualTo(201);
            assertThat(job.lease("ben").status()).isEqualTo(204);
            Await.until(
                    "the lease ends after its time",
                    Duration.ofSeconds(30),
                    () -> job.lease("ben").status() == 201);
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    private static ChildServer start(java.nio.file.Path data, int port, String skew, String... clientAndPeople)
            throws Exception {
        return ChildServer.start(data, port, Map.of(ChildServer.SKEW, skew), clientAndPeople);
    }

    private static int number(Connection cell, String sql) throws Exception {
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
