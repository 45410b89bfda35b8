package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.benchmarks.Benchmark;
import io.etalon.benchmarks.Goal;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobState;
import io.etalon.server.job.Jobs;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.transfer.Imports;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Import of tasks from JSONL, whole (parsed, hashed, sealed, told to the log, planned), beside one COPY of the same lines
 * into a table of jsonb with a primary key, in the same database and run.
 */
public final class TransferBench implements Benchmark {
    private static final long SEED = 20_260_101;
    private static final int CHUNK = 1 << 16;

    @Override
    public String name() {
        return "transfer";
    }

    public static void main(String[] arguments) {
        for (var goal : new TransferBench().run(new Options(List.of(arguments).contains("--quick")))) {
            System.out.println(goal);
        }
    }

    @Override
    public List<Goal> run(Options options) {
        try {
            var data = Files.createTempDirectory("etalon-transfer-");
            try (var server = RunningServer.start(ServerConfig.local(data).onPorts(0, 0))) {
                return new Stage(server, options.quick() ? 200_000 : 1_000_000).goals();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A client on a server, and how many rows are measured. */
    private static final class Stage {
        private final RunningServer server;
        private final int rows;
        private final Client client;
        private final ClientCaller caller;

        Stage(RunningServer server, int rows) throws SQLException {
            this.server = server;
            this.rows = rows;
            this.client = server.part(Clients.class).create("transfer", "Transfer");
            this.caller = new ClientCaller(
                    client, new PersonId(UUID.randomUUID()), "session", "bench", Set.of(Role.REQUESTER), null);
        }

        List<Goal> goals() {
            // Made before the server looks at its projects for the first time.
            var warm = project();
            var project = project();
            // The first seconds of a fresh process measure the compiler.
            imported(warm, lines(rows, 1), 2);
            copied(lines(rows / 4, 2));
            var goals = new ArrayList<Goal>();
            var before = copied(lines(rows, 3));
            var one = imported(project, lines(rows, 4), 1);
            var two = imported(project, lines(rows, 5), 2);
            var yardstick = (before + copied(lines(rows, 6))) / 2;
            goals.add(Goal.ofRate("import of JSONL, one stream", "rows/s", one, yardstick, 0.7));
            goals.add(Goal.ofRate("import of JSONL, two streams", "rows/s", two, yardstick, 0.9));
            return goals;
        }

        private ProjectId project() {
            var project = new ProjectId(UUID.randomUUID());
            server.part(TenantScope.class)
                    .clientDo(
                            client.id(),
                            tx -> tx.db()
                                    .sql("""
                                    insert into project (id, name, code_name, kind, template, state, redundancy,
                                      review_share, default_rounds, licence, ontology_version, guideline_version, created_at)
                                    values (?, 'P', ?, 'text', 'text-classification', 'active', 3, 0, 1, '', 1, 1, now())""")
                                    .params(project.value(), project.toString())
                                    .update());
            return project;
        }

        /** About 300 bytes a line, no two alike. */
        private static byte[] lines(int count, int salt) {
            var random = new Random(SEED + salt);
            var out = new ByteArrayOutputStream(count * 320);
            for (var i = 0; i < count; i++) {
                var text = new StringBuilder(320)
                        .append("{\"text\":\"")
                        .append(salt)
                        .append(' ');
                while (text.length() < 240) {
                    text.append(Long.toString(random.nextLong() & Long.MAX_VALUE, 36))
                            .append(' ');
                }
                text.append(i)
                        .append("\",\"priority\":")
                        .append(i % 3)
                        .append(",\"source\":\"bench\",\"id\":")
                        .append(i);
                out.writeBytes(text.append("}\n").toString().getBytes(UTF_8));
            }
            return out.toByteArray();
        }

        private double imported(ProjectId project, byte[] file, int streams) {
            System.setProperty("etalon.import.streams", String.valueOf(streams));
            var jobs = server.part(Jobs.class);
            var queued = server.part(Imports.class)
                    .add(caller, project, "bench.jsonl", null, new ByteArrayInputStream(file));
            Job job;
            do {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
                job = jobs.get(client.id(), project, queued.id());
            } while (job.endedAt() == null);
            if (job.state() != JobState.DONE || job.startedAt() == null || job.report() == null) {
                throw new IllegalStateException("the import ended as " + job);
            }
            var accepted = job.report().accepted() == null ? 0 : job.report().accepted();
            return accepted
                    * 1e9
                    / Duration.between(job.startedAt(), job.endedAt()).toNanos();
        }

        /** Rows a second of one COPY, its commit included. */
        private double copied(byte[] lines) {
            var text = numbered(lines);
            try (var admin = admin();
                    var statement = admin.createStatement()) {
                statement.execute(
                        "create table if not exists bench_copy (id bigint primary key, payload jsonb not null)");
                statement.execute("truncate bench_copy");
                var start = System.nanoTime();
                var copy = admin.unwrap(PGConnection.class).getCopyAPI().copyIn("copy bench_copy from stdin");
                for (var at = 0; at < text.length; at += CHUNK) {
                    copy.writeToCopy(text, at, Math.min(CHUNK, text.length - at));
                }
                return copy.endCopy() * 1e9 / (System.nanoTime() - start);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private Connection admin() throws SQLException {
            try (var own = server.part(TenantScope.class).dedicated(client.id())) {
                var password = server.part(InstallationSecret.class).derive("database admin");
                return DriverManager.getConnection(
                        own.getMetaData().getURL(),
                        "etalon_admin",
                        Base64.getUrlEncoder().withoutPadding().encodeToString(password));
            }
        }

        /** The lines as the text form of COPY: a number, a tabulator, the line with its backslashes doubled. */
        private static byte[] numbered(byte[] lines) {
            var out = new ByteArrayOutputStream(lines.length + lines.length / 20);
            var number = 0;
            var begins = true;
            for (var b : lines) {
                if (begins) {
                    out.writeBytes((++number + "\t").getBytes(UTF_8));
                }
                if (b == '\\') {
                    out.write('\\');
                }
                out.write(b);
                begins = b == '\n';
            }
            return out.toByteArray();
        }
    }
}
