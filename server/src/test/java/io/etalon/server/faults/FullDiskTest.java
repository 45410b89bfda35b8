package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** The whole data directory on a small disk of its own, which is filled for real. */
final class FullDiskTest {
    private Path disk;
    private Path ballast;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = TestServer.freshData();
        ballast = disk.resolve("ballast");
        var mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400m,mode=755", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        mounted = mount.waitFor() == 0;
        assumeThat(mounted)
                .as(
                        "filling a disk for real needs root, to mount one; AssetBytes' own tests hold the promise elsewhere")
                .isTrue();
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(new ProcessBuilder("umount", disk.toString()).start().waitFor())
                    .isZero();
        }
    }

    private void fill(long leave) throws IOException {
        if (disk.toFile().getUsableSpace() <= leave) {
            return;
        }
        var block = new byte[1 << 20];
        try (var file = Files.newOutputStream(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            while (disk.toFile().getUsableSpace() > leave) {
                file.write(block, 0, (int) Math.min(block.length, disk.toFile().getUsableSpace() - leave));
            }
        }
    }

    @Test
    void refusesWritesByTheirReasonReadsOnAndTakesWorkAgainWhenThereIsSpace() throws Exception {
        try (var server = TestServer.over(disk)) {
            var job = SmallJob.on(server, "full-disk", "anna")
                    .project(1, 0)
                    .images(2)
                    .plan();
            var lease = job.lease("anna").json();
            var random = new Random(1);
            var text = random.ints(300_000, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            newLogFile();
            assertThat(guidelines(job, "a first line").status()).isEqualTo(201);
            fill(0);

            var bytes = new byte[2_000_000];
            random.nextBytes(bytes);
            System.arraycopy(SmallJob.png(77), 0, bytes, 0, SmallJob.png(77).length);
            var upload = job.upload("large.png", bytes);
            assertThat(upload.status()).as(upload.body()).isEqualTo(507);
            assertThat(upload.code()).isEqualTo("storage-full");
            var write = guidelines(job, text);
            assertThat(write.status()).as(write.body()).isEqualTo(507);
            assertThat(write.code()).isEqualTo("storage-full");
            assertThat(Integer.parseInt(write.header("Retry-After"))).isPositive();

            assertThat(job.assets()).isEqualTo(2);
            assertThat(job.as("requester")
                            .get(job.path() + "/guidelines")
                            .json()
                            .get("markdown")
                            .asString())
                    .isEqualTo("a first line");
            var health = Http.of(server).get("//health");
            assertThat(health.status()).isEqualTo(503);
            assertThat(health.json().at("/components/disk/status").asString()).isEqualTo("DOWN");
            assertThat(health.json().at("/components/database/status").asString())
                    .isEqualTo("UP");

            Files.delete(ballast);
            assertThat(guidelines(job, text).status()).isEqualTo(201);
            assertThat(job.upload("large.png", bytes).status()).isEqualTo(201);
            assertThat(job.submit("anna", lease, SmallJob.answer("kept"), "k").status())
                    .isEqualTo(201);
            assertThat(job.assets()).isEqualTo(3);
            try (var left = Files.list(disk.resolve("temporary"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** When even its log finds no room PostgreSQL stops at once; it is tried again until there is space. */
    @Test
    void comesBackByItselfAfterTheDatabaseCouldNotEvenWriteItsLog() throws Exception {
        try (var server = TestServer.over(disk)) {
            var job = SmallJob.on(server, "full-log", "anna")
                    .project(1, 0)
                    .images(2)
                    .plan();
            var lease = job.lease("anna").json();
            assertThat(job.submit("anna", lease, SmallJob.answer("kept"), "k-1").status())
                    .isEqualTo(201);
            var next = job.lease("anna").json();
            newLogFile();
            fill(0);
            Await.until("PostgreSQL gives up", Duration.ofSeconds(30), () -> {
                try {
                    newLogFile();
                    fill(0);
                    return false;
                } catch (IOException e) {
                    return false;
                } catch (SQLException e) {
                    return isTheEnd(e);
                }
            });
            var early = job.submit("anna", next, SmallJob.answer("now"), "k-2");
            assertThat(early.status()).as(early.body()).isIn(201, 503, 507);

            Files.delete(ballast);
            Await.until(
                    "the answer is taken",
                    Duration.ofSeconds(90),
                    () -> job.submit("anna", next, SmallJob.answer("now"), "k-2")
                                    .status()
                            == 201);
            var again = job.submit("anna", lease, SmallJob.answer("kept"), "k-1");
            assertThat(again.header("Idempotent-Replay")).as(again.body()).isEqualTo("true");
        }
    }

    /** PostgreSQL's own log cannot tell: it stands on the same full disk. */
    private static boolean isTheEnd(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        var panic = e instanceof PSQLException server
                && server.getServerErrorMessage() != null
                && "PANIC".equals(server.getServerErrorMessage().getSeverity());
        return panic || state.startsWith("08") || state.startsWith("57P");
    }

    private static Http.Answer guidelines(SmallJob job, String text) {
        var requester = job.as("requester");
        var inForce = requester.get(job.path()).json().path("guidelineVersion").asInt();
        return requester.post(job.path() + "/guidelines", Map.of("baseVersion", inForce, "markdown", text));
    }

    /** Begins the next file of the write-ahead log, so that what is written next does not need yet another one. */
    private void newLogFile() throws SQLException, IOException {
        try (var admin = Postmaster.of(disk).admin(disk, "postgres");
                var statement = admin.createStatement()) {
            statement.execute("create table if not exists ballast (x int)");
            statement.execute("insert into ballast values (1)");
            statement.execute("select pg_switch_wal()");
            statement.execute("insert into ballast values (1)");
        }
    }
}
