package io.etalon.server.transfer;

import io.etalon.formats.AnswerJson;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobReport;
import io.etalon.server.job.JobRun;
import io.etalon.server.job.JobState;
import io.etalon.server.job.JobWork;
import io.etalon.server.job.Jobs;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.LabelMap;
import io.etalon.server.project.Projects;
import io.etalon.server.project.Relabellings;
import io.etalon.server.quality.MethodNames;
import io.etalon.server.quality.Qualities;
import io.etalon.server.transfer.TransferBodies.NewExport;
import io.etalon.server.wall.ExportRequests;
import io.etalon.server.work.AnswerSeal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.DigestOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Exports of answers, one COPY on one snapshot, and of what they amount to; streamed into a sealed object that can be
 * fetched in ranges. An export that is interrupted begins anew. Answers need the same memory whatever their number; of a
 * consensus, which is learnt from all of them together, only the votes are held, as numbers. Thread-safe.
 */
@Service
public final class Exports implements JobWork {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ROWS_A_LOOK = 20_000;
    private static final ErrorCode NOT_READY =
            ErrorCode.of("export-not-ready", ErrorKind.CONFLICT, "The export has no file");

    private final ImportGround ground;
    private final TransferObjects objects;
    private final Jobs jobs;
    private final Projects projects;
    private final Relabellings relabellings;
    private final ClientKeys keys;
    private final Idempotency idempotency;
    private final Qualities qualities;
    private final ExportRequests leave;

    Exports(
            ImportGround ground,
            TransferObjects objects,
            Jobs jobs,
            ClientKeys keys,
            Idempotency idempotency,
            Told told) {
        this.ground = ground;
        this.objects = objects;
        this.jobs = jobs;
        this.projects = told.projects();
        this.relabellings = told.relabellings();
        this.keys = keys;
        this.idempotency = idempotency;
        this.qualities = told.qualities();
        this.leave = told.leave();
    }

    /** What an export tells of. */
    @Component
    record Told(Projects projects, Relabellings relabellings, Qualities qualities, ExportRequests leave) {}

    /**
     * Queues an export; the same attempt again queues none and tells of the first.
     *
     * @throws EtalonException not found; invalid, when the format is none
     */
    public Job add(ClientCaller caller, ProjectId project, NewExport body, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, project);
        leave.require(caller, project);
        var request = JSON.writeValueAsBytes(ExportRequest.of(body));
        var total = ground.tasks().progress(client, project).submissions();
        UUID id = ground.scope()
                .client(
                        client,
                        tx -> idempotency.once(
                                tx,
                                attempt,
                                body,
                                UUID.class,
                                same -> jobs.queue(
                                                same,
                                                caller,
                                                new Jobs.NewJob(ground.ids().next(), project, JobKind.EXPORT),
                                                request,
                                                total)
                                        .id()));
        jobs.wake(client);
        return jobs.get(client, project, id);
    }

    @Override
    public JobKind kind() {
        return JobKind.EXPORT;
    }

    @Override
    public JobReport run(JobRun run) throws IOException {
        // Asked again: it may have waited, or been begun anew, since a wall closed.
        leave.require(run.client(), run.job().by(), run.job().via(), run.job().project());
        var request = JSON.readValue(run.request(), ExportRequest.class);
        var place = TransferObjects.Place.of(run.client(), run.job());
        try (var draft = objects.draft(run.client())) {
            var digest = ContentHash.digest();
            var cipher = Channels.newOutputStream(objects.encrypting(place, draft));
            var counted = new Counted(new DigestOutputStream(cipher, digest));
            var rows = 0L;
            try (var out = new RelayedOutput(counted)) {
                var method = request.method();
                rows = method == null ? answers(run, request, out) : consensus(run, request, method, out);
            }
            objects.keep(place, draft);
            return JobReport.ofExport(rows, counted.size, HexFormat.of().formatHex(digest.digest()));
        }
    }

    private long answers(JobRun run, ExportRequest request, OutputStream out) throws IOException {
        try (var writer = writer(request, out)) {
            return ground.scope().client(run.client(), tx -> {
                var writing = new Writing(run, writer);
                AnswerRows.each(tx, run.job().project(), writing::row);
                return writing.rows;
            });
        }
    }

    /** A line a task that somebody answered, in the order of the tasks. */
    private long consensus(JobRun run, ExportRequest request, TruthMethod method, OutputStream out) throws IOException {
        try (var writer = ConsensusWriter.of(request.format(), MethodNames.of(method), out)) {
            var rows = new long[1];
            return qualities.eachConsensus(run.client(), run.job().project(), method, entry -> {
                writer.write(entry);
                if (++rows[0] % ROWS_A_LOOK == 0) {
                    look(run, rows[0]);
                }
            });
        }
    }

    /** On a connection of its own: the snapshot's is busy, and must not wait for its end to tell. */
    private void look(JobRun run, long rows) {
        var total = Math.max(rows, run.job().total());
        ground.scope().clientDo(run.client(), tx -> run.advance(tx, rows, total, null));
    }

    private static AnswerWriter writer(ExportRequest request, OutputStream out) throws IOException {
        return switch (request.format()) {
            case JSONL -> new AnswerJsonl(out);
            case CSV -> new AnswerCsv(out);
            case PARQUET -> new AnswerParquet(out);
        };
    }

    /** One attempt's way from rows to lines. */
    private final class Writing {
        private final JobRun run;
        private final AnswerWriter writer;
        private final Map<UUID, String> people = new HashMap<>();
        private final Map<Integer, LabelMap> labels = new HashMap<>();
        private long rows;

        Writing(JobRun run, AnswerWriter writer) {
            this.run = run;
            this.writer = writer;
        }

        void row(AnswerRows.Row row) throws IOException {
            var texts = row.texts();
            var answer = texts == null
                    ? row.answer()
                    : keys.open(run.client(), run.job().project(), AnswerSeal.context(row.lease()), texts);
            var labels = labels(row.ontologyVersion());
            if (labels.isPlain()) {
                write(row, List.of(), answer);
            } else {
                var ontology = projects.ontology(run.client(), run.job().project(), row.ontologyVersion())
                        .ontology();
                var given = AnswerJson.read(ontology, answer).orThrow();
                write(row, labels.retiredIn(given), AnswerJson.write(labels.of(given)));
            }
            rows++;
            if (rows % ROWS_A_LOOK == 0) {
                look(run, rows);
            }
        }

        private void write(AnswerRows.Row row, List<String> retired, byte[] answer) throws IOException {
            var names = new AnswerWriter.Names(name(row.annotator()), nullableName(row.reviewer()), retired);
            writer.write(row, names, answer);
        }

        private LabelMap labels(int version) {
            return labels.computeIfAbsent(
                    version, of -> relabellings.since(run.client(), run.job().project(), of));
        }

        private @Nullable String nullableName(@Nullable UUID person) {
            return person == null ? null : name(person);
        }

        private String name(UUID person) {
            return people.computeIfAbsent(
                    person,
                    id -> ground.scope()
                            .client(run.client(), tx -> ground.audit().pseudonym(tx, new PersonId(id))));
        }
    }

    /** A finished export as it is fetched. */
    record Exported(Job job, ExportRequest request, String sha256, long size) {}

    /** @throws EtalonException not found, also when it is another project's; conflict, when it is not done */
    Exported get(ClientId client, ProjectId project, UUID id) {
        var job = jobs.get(client, project, id);
        if (job.kind() != JobKind.EXPORT) {
            throw EtalonException.notFound();
        }
        var report = job.report();
        if (job.state() != JobState.DONE || report == null || report.sha256() == null || report.size() == null) {
            throw new EtalonException(
                    NOT_READY, "The export is " + job.state().text() + "; only one that is done has a file.");
        }
        var request = JSON.readValue(jobs.request(client, job), ExportRequest.class);
        return new Exported(job, request, report.sha256(), report.size());
    }

    /** @throws EtalonException forbidden, where a wall keeps the data here */
    void requireLeave(ClientCaller caller, ProjectId project) {
        leave.require(caller, project);
    }

    /** Commits the EXPORT entry, and only then opens the file; the caller closes it. */
    SeekableByteChannel open(ClientCaller caller, Exported export) {
        var client = caller.client().id();
        ground.scope()
                .clientDo(
                        client,
                        tx -> ground.audit()
                                .append(
                                        tx,
                                        AuditEvent.of(
                                                        AuditOp.EXPORT,
                                                        caller.person(),
                                                        caller.via(),
                                                        export.job().project())
                                                .with("job", export.job().id().toString())
                                                .with("sha256", export.sha256())));
        return objects.open(TransferObjects.Place.of(client, export.job()));
    }

    private static final class Counted extends java.io.FilterOutputStream {
        private long size;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            size += length;
        }
    }
}
