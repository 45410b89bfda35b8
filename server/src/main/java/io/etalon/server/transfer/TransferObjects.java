package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.dataset.ObjectOwner;
import io.etalon.server.job.Job;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobState;
import io.etalon.server.job.Jobs;
import io.etalon.server.keys.ClientKeys;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/**
 * The files of jobs as encrypted objects: an import's until it is done, an export's once it is. Thread-safe.
 */
@Component
final class TransferObjects implements ObjectOwner {
    static final ErrorCode LOST = ErrorCode.of("job-file-lost", ErrorKind.INTERNAL, "The job's file cannot be read");

    private final AssetBytes objects;
    private final ClientKeys keys;
    private final Jobs jobs;

    TransferObjects(AssetBytes objects, ClientKeys keys, Jobs jobs) {
        this.objects = objects;
        this.keys = keys;
        this.jobs = jobs;
    }

    /** Where a job's file is. */
    record Place(ClientId client, ProjectId project, UUID job) {
        static Place of(ClientId client, Job job) {
            return new Place(client, job.project(), job.id());
        }

        private String context() {
            return "file of job " + job;
        }
    }

    AssetBytes.Draft draft(ClientId client) throws IOException {
        return objects.draft(client);
    }

    /** Encrypts into a draft; closing it completes the ciphertext. */
    WritableByteChannel encrypting(Place place, AssetBytes.Draft draft) throws IOException {
        return keys.encrypting(place.client(), place.project(), place.context(), draft.sink());
    }

    /** Makes a complete draft the job's file, in place of an earlier one. */
    void keep(Place place, AssetBytes.Draft draft) throws IOException {
        draft.seal();
        draft.keep(name(place));
    }

    /** The plain bytes, decrypted as they are read; the caller closes. */
    SeekableByteChannel open(Place place) {
        try {
            return keys.decrypting(
                    place.client(), place.project(), place.context(), objects.open(place.client(), name(place)));
        } catch (IOException e) {
            throw new EtalonException(LOST, "The file of this job is gone; begin a new one.", e);
        }
    }

    /** An asset's name is made from 32 bytes, a job's from more: none can take the other's place. */
    private String name(Place place) {
        return keys.nameOf(place.client(), place.project(), place.context().getBytes(UTF_8));
    }

    @Override
    public void kept(ClientId client, ProjectId project, Consumer<Kept> consumer) {
        for (var job : jobs.ofKind(client, JobKind.IMPORT)) {
            if (job.project().equals(project) && job.state() != JobState.DONE) {
                consumer.accept(kept(Place.of(client, job)));
            }
        }
        for (var job : jobs.ofKind(client, JobKind.EXPORT)) {
            if (job.project().equals(project) && job.state() == JobState.DONE) {
                consumer.accept(kept(Place.of(client, job)));
            }
        }
    }

    private static Kept kept(Place place) {
        return new Kept(place.context().getBytes(UTF_8), place.context(), null);
    }

    /** A finished import needs its file no more. */
    @Override
    public void names(ClientId client, Consumer<String> consumer) {
        for (var job : jobs.ofKind(client, JobKind.IMPORT)) {
            if (job.state() != JobState.DONE) {
                consumer.accept(name(Place.of(client, job)));
            }
        }
        for (var job : jobs.ofKind(client, JobKind.EXPORT)) {
            consumer.accept(name(Place.of(client, job)));
        }
    }
}
