package io.etalon.server.transfer;

import io.etalon.formats.FormatException;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobReport;
import io.etalon.server.job.JobRun;
import io.etalon.server.job.JobWork;
import io.etalon.server.job.Jobs;
import io.etalon.server.project.AssetKind;
import io.etalon.server.project.Projects;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Imports of tasks: a file is kept sealed as it comes in, and taken in by a job. Thread-safe. */
@Service
public final class Imports implements JobWork {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** How many connections one import writes on. */
    private static final String STREAMS = "etalon.import.streams";

    private static final int USUAL_STREAMS = 2;
    private static final int CHUNK = 1 << 16;
    private static final ErrorCode EMPTY =
            ErrorCode.of("empty", ErrorKind.INVALID, "There are no bytes").withStatus(415);
    private static final ErrorCode CUT_OFF =
            ErrorCode.of("upload-cut-off", ErrorKind.INVALID, "The upload did not arrive whole");
    private static final ErrorCode UNREADABLE =
            ErrorCode.of("import-unreadable", ErrorKind.INVALID, "The file cannot be read as what it should be");

    private final ImportGround ground;
    private final TransferObjects objects;
    private final Jobs jobs;
    private final Projects projects;
    private final ImportStore store = new ImportStore();

    Imports(ImportGround ground, TransferObjects objects, Jobs jobs, Projects projects) {
        this.ground = ground;
        this.objects = objects;
        this.jobs = jobs;
        this.projects = projects;
    }

    /**
     * Keeps a file and queues its import.
     *
     * @param name of the file; its ending tells the format when {@code format} does not
     * @param body read to its end
     * @throws EtalonException not found; invalid, when the name, the format or the bytes are not there
     */
    public Job add(ClientCaller caller, ProjectId project, String name, @Nullable String format, InputStream body) {
        var client = caller.client().id();
        projects.get(client, project);
        var read = ImportRequest.format(ImportRequest.checkedName(name), format);
        var id = ground.ids().next();
        var place = new TransferObjects.Place(client, project, id);
        try (var draft = objects.draft(client)) {
            var size = 0L;
            try (var sink = objects.encrypting(place, draft)) {
                var chunk = new byte[CHUNK];
                for (var count = read(body, chunk); count > 0; count = read(body, chunk)) {
                    size += count;
                    var bytes = ByteBuffer.wrap(chunk, 0, count);
                    while (bytes.hasRemaining()) {
                        sink.write(bytes);
                    }
                }
            }
            if (size == 0) {
                throw new EtalonException(EMPTY, "The file has no bytes.");
            }
            objects.keep(place, draft);
            var request = JSON.writeValueAsBytes(new ImportRequest(name, read, size));
            var total = size;
            Job job = ground.scope()
                    .client(
                            client,
                            tx -> jobs.queue(tx, caller, new Jobs.NewJob(id, project, JobKind.IMPORT), request, total));
            jobs.wake(client);
            return job;
        } catch (IOException e) {
            throw new EtalonException(
                    ErrorCode.STORAGE_FULL, "The file could not be kept; is the disk full? Nothing was kept.", e);
        }
    }

    private static int read(InputStream body, byte[] chunk) {
        try {
            return body.readNBytes(chunk, 0, chunk.length);
        } catch (IOException e) {
            throw new EtalonException(CUT_OFF, "The upload broke off; nothing of it was kept.", e);
        }
    }

    @Override
    public JobKind kind() {
        return JobKind.IMPORT;
    }

    @Override
    public JobReport run(JobRun run) throws IOException, InterruptedException {
        var request = JSON.readValue(run.request(), ImportRequest.class);
        var project = projects.get(run.client(), run.job().project());
        var attempt = new ImportRun(ground, run, request, Integer.getInteger(STREAMS, USUAL_STREAMS));
        try (var file = objects.open(TransferObjects.Place.of(run.client(), run.job()))) {
            return attempt.run(cutter(request, file, attempt.position()), project.kind() == AssetKind.TEXT);
        } catch (FormatException e) {
            throw new EtalonException(UNREADABLE, "The file cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private static Cutter cutter(ImportRequest request, SeekableByteChannel file, Cutter.Position position)
            throws IOException {
        return switch (request.format()) {
            case JSONL -> {
                // The cipher knows its size after the first read only.
                file.read(ByteBuffer.allocate(1));
                yield new JsonlCutter(Channels.newInputStream(file.position(position.offset())), position);
            }
            case CSV -> new CsvCutter(Channels.newInputStream(file), position);
        };
    }

    /** The lines that became no task, in their order; of one outcome, or of both when it is null. */
    List<LineNote> notes(ClientId client, UUID job, @Nullable String outcome, long after, int limit) {
        return ground.scope().client(client, tx -> store.notes(tx, job, outcome, after, limit));
    }
}
