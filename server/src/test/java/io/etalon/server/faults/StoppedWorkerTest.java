package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A worker's program is stopped (SIGSTOP) with a lease in its hands, and goes on when the lease is long another's. */
final class StoppedWorkerTest {
    private static final String LEASE = "3s";

    @Test
    void isFencedHisWorkIsKeptAndTheTaskIsCountedOnce() throws Exception {
        var data = TestServer.freshData();
        var child =
                ChildServer.start(data, Faults.twoFreePorts(), Map.of("etalon.lease", LEASE), "stopped", "anna", "ben");
        try {
            var job = new SmallJob(child.url(), "stopped", child.sessions())
                    .project(1, 0)
                    .images(1)
                    .plan();
            var worker = Worker.start(child.url() + "/api/v1" + job.path(), job.cookie("anna"));
            try {
                assertThat(worker.says()).isEqualTo("leased 201");
                worker.signal("STOP");
                Await.until(
                        "the lease of who does nothing is given to somebody else",
                        Duration.ofSeconds(30),
                        () -> job.lease("ben").status() == 201);
                var bens = job.as("ben").get(job.path() + "/leases").json().at("/items/0");
                assertThat(job.submit("ben", bens, SmallJob.answer("ben's"), "ben-1")
                                .status())
                        .isEqualTo(201);
                worker.signal("CONT");
                assertThat(worker.says()).isEqualTo("submitted 409 lease-stale");
            } finally {
                worker.end();
            }
            var progress = job.as("requester").get(job.path()).json().get("progress");
            assertThat(progress.get("submissions").asInt()).isEqualTo(1);
            try (var cell = Cells.only(data);
                    var statement = cell.createStatement();
                    var rows = statement.executeQuery(
                            "select (select count(*) from submission),"
                                    + " (select count(*) from draft), (select count(*) from lease_end where how = 'expired')")) {
                rows.next();
                assertThat(rows.getInt(1)).as("submissions").isEqualTo(1);
                assertThat(rows.getInt(2))
                        .as("the late work is kept as a draft")
                        .isEqualTo(1);
                assertThat(rows.getInt(3)).as("expired leases").isEqualTo(1);
            }
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** The control: who is not stopped for longer than his lease hands in what he did. */
    @Test
    void handsInWhenHeGoesOnInTime() throws Exception {
        var job = SmallJob.on(TestServer.shared(), "stopped-shortly", "anna", "ben")
                .project(1, 0)
                .images(1)
                .plan();
        var worker = Worker.start(TestServer.shared().url() + "/api/v1" + job.path(), job.cookie("anna"));
        try {
            assertThat(worker.says()).isEqualTo("leased 201");
            worker.signal("STOP");
            assertThat(job.lease("ben").status()).isEqualTo(204);
            worker.signal("CONT");
            assertThat(worker.says()).isEqualTo("submitted 201");
        } finally {
            worker.end();
        }
    }

    /** A program that takes a task, works on it for a moment, and hands it in. */
    record Worker(Process process, BufferedReader output) {
        static Worker start(String project, String cookie) throws Exception {
            var process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            ChildServer.classPath(),
                            Worker.class.getName(),
                            project,
                            cookie))
                    .redirectErrorStream(true)
                    .start();
            return new Worker(
                    process,
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
        }

        String says() throws Exception {
            return output.readLine();
        }

        void signal(String name) throws Exception {
            var kill = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start();
            assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
        }

        void end() throws Exception {
            process.destroyForcibly().waitFor();
        }

        public static void main(String[] arguments) throws Exception {
            var slash = arguments[0].indexOf("/api/v1");
            var me = Http.at(arguments[0].substring(0, slash))
                    .with("Cookie", arguments[1])
                    .with("X-Etalon-Csrf", "1");
            var path = arguments[0].substring(slash + "/api/v1".length());
            var lease = me.post(path + "/leases", Map.of());
            System.out.println("leased " + lease.status());
            // Long enough to be stopped in the midst of it.
            Thread.sleep(1_000);
            var body = new LinkedHashMap<String, Object>();
            body.put("token", lease.json().get("token"));
            body.put("answer", SmallJob.answer("anna's"));
            body.put("activeSeconds", 1);
            body.put("next", false);
            var done = me.with("Idempotency-Key", "late")
                    .send(
                            "POST",
                            path + "/leases/" + lease.json().get("id").asLong() + "/submission",
                            JsonMapper.builder().build().writeValueAsString(body));
            System.out.println("submitted " + done.status() + (done.status() == 201 ? "" : " " + done.code()));
        }
    }
}
