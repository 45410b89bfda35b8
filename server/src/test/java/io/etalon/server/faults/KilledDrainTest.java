package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.server.access.Sessions;
import io.etalon.server.base.ClientId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The server is killed while a vendor is drained: what was ordered is carried out by the next start, what was not is not half
 * done, and the same request gets its report then. Its short form, without a kill, is {@code DrainCutOffTest}.
 */
final class KilledDrainTest {
    private static final int KILLS = Faults.kills(0, 12);
    private static final int LONGEST_NANOS = 150_000_000;

    private final Path data = TestServer.freshData();
    private final Map<String, String> tokens = new HashMap<>();
    private final List<Object> vendors = new ArrayList<>();
    private ClientId client;
    private String clientPath;
    private String project;

    @Test
    void aDrainThatWasCutOffIsDoneOnceAndWhole() throws Exception {
        assumeThat(Faults.whole())
                .as("each kill costs a start; it runs with ./etalon test faults")
                .isTrue();
        var seed = Faults.seed();
        var random = new Random(seed);
        prepare();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port);
        var before = 0;
        try {
            for (var i = 0; i < KILLS; i++) {
                var cut = child.url();
                var vendor = i;
                try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
                    var sent = thread.submit(() -> drain(cut, vendor));
                    LockSupport.parkNanos(random.nextInt(LONGEST_NANOS));
                    child.kill();
                    assertThat(sent).as("answered or cut off").isNotNull();
                }
                child = ChildServer.start(data, port);
                before += isOrdered(i) ? 1 : 0;
                var url = child.url();
                var report = VendorHands.patient(() -> drain(url, vendor));
                assertThat(report.status())
                        .as("seed %d %s", seed, report.body())
                        .isEqualTo(201);
                assertThat(report.json().at("/items/0/people")).hasSize(2);
                leftNothing(url, i);
            }
            Faults.saw(
                    KILLS + " kills in a drain, " + before + " of them after its order was committed: each done once");
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** A vendor for each kill, each of whose people holds a lease. */
    private void prepare() throws Exception {
        try (var server = TestServer.over(data)) {
            var story = new VendorStory(server, "killed-drain");
            for (var i = 0; i < KILLS; i++) {
                vendors.add(story.vendor("V" + i, "v" + i + "a", "v" + i + "b"));
            }
            project = story.project(2 * KILLS, 1);
            client = story.client.id();
            clientPath = story.path();
            tokens.put(
                    "rita",
                    server.part(Sessions.class).open(story.person("rita")).token());
            for (var i = 0; i < KILLS; i++) {
                for (var name : List.of("v" + i + "a", "v" + i + "b")) {
                    tokens.put(
                            name,
                            server.part(Sessions.class).open(story.person(name)).token());
                    assertThat(story.lease(project, name).status()).isEqualTo(201);
                }
            }
        }
    }

    private Answer drain(String url, int vendor) {
        return Http.at(url)
                .session(tokens.get("rita"))
                .with("Idempotency-Key", "drain-" + vendor)
                .post(clientPath + "/vendors/" + vendors.get(vendor) + "/drain", Map.of("reason", "Gone."));
    }

    private boolean isOrdered(int vendor) throws Exception {
        try (var control = Cells.control(data);
                var rows = control.createStatement().executeQuery("select count(*) from drain")) {
            rows.next();
            return rows.getInt(1) == vendor + 1;
        }
    }

    private void leftNothing(String url, int vendor) throws Exception {
        for (var name : List.of("v" + vendor + "a", "v" + vendor + "b")) {
            var seen = VendorHands.patient(
                    () -> Http.at(url).session(tokens.get(name)).get(project + "/leases"));
            assertThat(seen.status()).as(name).isEqualTo(401);
        }
        var reports = Http.at(url)
                .session(tokens.get("rita"))
                .get(clientPath + "/vendors/" + vendors.get(vendor) + "/hand-overs");
        assertThat(reports.json().get("items")).hasSize(1);
        try (var cell = Cells.of(data, client);
                var rows = cell.createStatement().executeQuery("select count(*) from lease_end where how = 'fenced'")) {
            rows.next();
            assertThat(rows.getInt(1)).as("leases that were fenced").isEqualTo(2 * (vendor + 1));
        }
    }
}
