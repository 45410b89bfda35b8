package io.etalon.server.custody;

import io.etalon.server.base.EtalonException;
import io.etalon.server.custody.SealedColumns.Change;
import io.etalon.server.dataset.ObjectOwner;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobReport;
import io.etalon.server.job.JobRun;
import io.etalon.server.job.JobWork;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.util.ArrayList;
import org.springframework.stereotype.Component;

/**
 * Seals everything of a project anew that is not under the newest version of its data key, object by object and row by row,
 * while others read and write. What is under the newest already is left, so that one that was cut off goes on where it was,
 * and another finds nothing to do. Thread-safe.
 */
@Component
final class Reencryption implements JobWork {
    private static final int BATCH = 200;

    private final TenantScope scope;
    private final KeptObjects objects;
    private final ClientKeys keys;

    Reencryption(TenantScope scope, KeptObjects objects, ClientKeys keys) {
        this.scope = scope;
        this.objects = objects;
        this.keys = keys;
    }

    @Override
    public JobKind kind() {
        return JobKind.REENCRYPTION;
    }

    /** @throws IOException when an object cannot be read: scrub the project to see which */
    @Override
    public JobReport run(JobRun run) throws IOException {
        var client = run.client();
        var project = run.job().project();
        var all = objects.of(client, project);
        var resealed = 0L;
        for (var i = 0; i < all.size(); i++) {
            resealed += reseal(run, all.get(i)) ? 1 : 0;
            if ((i + 1) % BATCH == 0) {
                advance(run, i + 1, all.size());
            }
        }
        advance(run, all.size(), all.size());
        return JobReport.ofReencryption(all.size(), resealed + values(run));
    }

    private boolean reseal(JobRun run, ObjectOwner.Kept one) throws IOException {
        return objects.reseal(run.client(), run.job().project(), one);
    }

    private void advance(JobRun run, long done, long total) {
        scope.clientDo(run.client(), tx -> run.advance(tx, done, total, null));
    }

    /** Returns how many were sealed anew. A value that was changed meanwhile is under the newest key already. */
    private long values(JobRun run) {
        var client = run.client();
        var project = run.job().project();
        var newest = keys.newestPrefix(client, project);
        var count = 0L;
        for (var column : SealedColumns.ALL) {
            var waiting = new ArrayList<Change>();
            var written = new long[1];
            scope.clientDo(
                    client,
                    tx -> SealedColumns.read(tx, column, project, newest, value -> {
                        var plain = keys.open(client, project, value.context(), value.sealed());
                        waiting.add(new Change(value, keys.seal(client, project, value.context(), plain)));
                        if (waiting.size() == BATCH) {
                            written[0] += write(run, waiting);
                        }
                    }));
            count += written[0] + write(run, waiting);
        }
        return count;
    }

    /** @throws EtalonException when the client's key was taken away meanwhile */
    private int write(JobRun run, ArrayList<Change> waiting) {
        run.goOn();
        scope.clientDo(run.client(), tx -> SealedColumns.write(tx, waiting));
        var count = waiting.size();
        waiting.clear();
        return count;
    }
}
