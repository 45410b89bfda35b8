package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import io.etalon.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Nothing that belongs to a client is written into the server's log or PostgreSQL's, also when things go wrong. */
final class QuietLogTest {
    /** One for each kind of content; none can come about by chance. */
    private static final String CANARY = "kanarienvogel";

    @Test
    void noClientContentStandsInAnyLog() throws Exception {
        try (var log = new Capture();
                var server = TestServer.start()) {
            var job = SmallJob.on(server, "quiet", "anna-" + CANARY);
            log.probe();
            job.project(Map.of(
                    "name",
                    CANARY + "-project",
                    "ontology",
                    SmallJob.ontology(CANARY + "-label"),
                    "guidelines",
                    "# " + CANARY + "-guideline",
                    "redundancy",
                    1,
                    "reviewShare",
                    1));
            assertThat(job.upload(CANARY + "-asset.png", SmallJob.png(1)).status())
                    .isEqualTo(201);
            assertThat(job.upload(CANARY + "-asset-2.png", SmallJob.png(2)).status())
                    .isEqualTo(201);
            job.plan();
            mistakes(job);
            work(job);
            whileTheDatabaseDies(server, job);
            breakATable(server, job);

            assertThat(log.text())
                    .as("the capture works")
                    .contains(Capture.PROBE)
                    .contains("internal id=");
            assertThat(log.text()).doesNotContainIgnoringCase(CANARY);
            var postgres = Files.readString(server.data().resolve("postgres/postgres.log"), ISO_8859_1);
            assertThat(postgres).contains("check constraint").doesNotContainIgnoringCase(CANARY);
        }
    }

    private static void mistakes(SmallJob job) {
        var requester = job.as("requester");
        requester.upload(job.path() + "/assets?name=" + CANARY + ".png", (CANARY + " is no picture").getBytes(UTF_8));
        requester.upload(job.path() + "/archives", CANARY.getBytes(UTF_8));
        requester.post(job.path() + "/guidelines", "{\"markdown\":\"" + CANARY);
        requester.post(job.path() + "/ontologies", Map.of("ontology", Map.of("labels", CANARY)));
        requester.get(job.path() + "/assets?sort=" + CANARY);
        requester.get("/clients/" + CANARY + "/projects");
        requester.post("/session", Map.of("email", CANARY + "@example.org", "password", CANARY + "-password"));
        requester.post(
                job.clientPath() + "/invitations",
                Map.of("email", CANARY + "@example.org", "name", CANARY, "roles", List.of("annotator")));
    }

    private static void work(SmallJob job) {
        var anna = "anna-" + CANARY;
        var lease = job.lease(anna).json();
        job.submit(anna, lease, SmallJob.answer(CANARY, CANARY, 1, 1, 5, 5), "k-0");
        assertThat(job.submit(anna, lease, SmallJob.answer(CANARY + "-note"), "k-1")
                        .status())
                .isEqualTo(201);
        job.submit(anna, lease, SmallJob.answer(CANARY + "-other"), "k-1");
        job.submit(anna, lease, SmallJob.answer(CANARY + "-late"), "k-2");
        var review = job.as("reviewer").post(job.path() + "/reviews", Map.of()).json();
        var decision = Map.of(
                "token", review.get("token"),
                "decision", "return",
                "comments", List.of(Map.of("text", CANARY + "-comment")));
        var decided = job.as("reviewer")
                .with("Idempotency-Key", "r-1")
                .post(job.path() + "/reviews/" + review.get("id").asLong() + "/decision", decision);
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
    }

    private static void whileTheDatabaseDies(TestServer server, SmallJob job) throws Exception {
        var anna = "anna-" + CANARY;
        var lease = job.lease(anna).json();
        Postmaster.of(server.data()).kill();
        Await.until(
                "it is back",
                java.time.Duration.ofSeconds(60),
                () -> job.submit(anna, lease, SmallJob.answer(CANARY + "-again"), "k-3")
                                .status()
                        == 201);
        // The last processes of the one that was killed may have taken the answer.
        Await.until("it takes connections", java.time.Duration.ofSeconds(60), () -> takesConnections(server));
    }

    private static boolean takesConnections(TestServer server) {
        try (var admin = Postmaster.of(server.data()).admin(server.data(), "postgres")) {
            return admin.isValid(1);
        } catch (java.io.IOException | java.sql.SQLException e) {
            return false;
        }
    }

    /** A constraint that the program does not know of: PostgreSQL would quote the failing row. */
    private static void breakATable(TestServer server, SmallJob job) throws Exception {
        var postgres = Postmaster.of(server.data());
        var client = server.clients()
                .find("quiet")
                .orElseThrow()
                .id()
                .value()
                .toString()
                .replace("-", "");
        try (var admin = postgres.admin(server.data(), "client_" + client);
                var statement = admin.createStatement()) {
            statement.execute("alter table asset add constraint broken check (name not like '%" + CANARY + "-third%')");
            statement.execute("alter table project add constraint broken check (name not like '%" + CANARY + "-new%')");
        }
        assertThat(job.upload(CANARY + "-third.png", SmallJob.png(3)).status()).isEqualTo(500);
        var renamed = job.as("requester").patch(job.path(), Map.of("name", CANARY + "-new"));
        assertThat(renamed.status()).isEqualTo(500);
        assertThat(renamed.body()).doesNotContain(CANARY);
    }

    /** Everything that the server logs, in the form in which it stands on the terminal, stack traces whole. */
    private static final class Capture implements AutoCloseable {
        static final String PROBE = "the capture listens";
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final List<OutputStreamAppender<ILoggingEvent>> attached = new ArrayList<>();

        private void attach() {
            var context = (LoggerContext) LoggerFactory.getILoggerFactory();
            var encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern("%level %logger %msg%n%ex{full}");
            encoder.start();
            var appender = new OutputStreamAppender<ILoggingEvent>();
            appender.setContext(context);
            appender.setEncoder(encoder);
            appender.setOutputStream(bytes);
            appender.start();
            context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
            attached.add(appender);
        }

        /** Spring has set logging up anew by now, so the capture begins here; the control shows that it hears. */
        void probe() {
            attach();
            LoggerFactory.getLogger("io.etalon.probe").info(PROBE);
        }

        String text() {
            return bytes.toString(UTF_8);
        }

        @Override
        public void close() {
            var context = (LoggerContext) LoggerFactory.getILoggerFactory();
            attached.forEach(context.getLogger(Logger.ROOT_LOGGER_NAME)::detachAppender);
        }
    }
}
