package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an operator can see of a server that works. */
final class MeasurementsTest {
    private final TestServer server = TestServer.shared();
    private final Http nobody = Http.of(server);

    @Test
    void healthTellsTheStateOfDatabaseAndDiskAndNoDetail() {
        var health = nobody.get("//health");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.json().at("/status").asString()).isEqualTo("UP");
        assertThat(health.json().at("/components/database/status").asString()).isEqualTo("UP");
        assertThat(health.json().at("/components/disk/status").asString()).isEqualTo("UP");
        assertThat(health.body()).doesNotContain("details").doesNotContain("path");
    }

    @Test
    void countsWhatIsDoneInPrometheusText() throws Exception {
        var leases = value("etalon_leases_total");
        var submissions = value("etalon_submissions_total");
        var ingested = value("etalon_assets_ingested_total");
        var entries = value("etalon_audit_entries_total");

        var job =
                SmallJob.on(server, "measured", "anna").project(1, 0).images(3).plan();
        for (var i = 0; i < 2; i++) {
            var lease = job.lease("anna").json();
            assertThat(job.submit("anna", lease, SmallJob.answer("x"), "k-" + i).status())
                    .isEqualTo(201);
        }

        Await.until(
                "the log numbers two submissions",
                Duration.ofSeconds(20),
                () -> value("etalon_submissions_total") >= submissions + 2);
        assertThat(value("etalon_leases_total")).isGreaterThanOrEqualTo(leases + 2);
        assertThat(value("etalon_assets_ingested_total")).isGreaterThanOrEqualTo(ingested + 3);
        assertThat(value("etalon_audit_entries_total")).isGreaterThanOrEqualTo(entries + 7);
        assertThat(value("etalon_pool_connections{state=\"active\"}")).isGreaterThanOrEqualTo(0);
        assertThat(value("etalon_pool_connections{state=\"idle\"}")).isPositive();
        assertThat(value("etalon_disk_usable_bytes")).isPositive();
        assertThat(nobody.get("//metrics").body())
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count", "process_cpu_usage")
                .doesNotContain("measured");
    }

    private double value(String name) {
        var answer = nobody.get("//metrics");
        assertThat(answer.header("Content-Type")).startsWith("text/plain");
        return answer.body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not measured"));
    }
}
