package io.etalon.server.custody;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.custody.BrokenStore.Broken;
import io.etalon.server.job.JobKind;
import io.etalon.server.job.JobReport;
import io.etalon.server.job.JobRun;
import io.etalon.server.job.JobWork;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Reads everything that is kept of a project through, and lists what does not open: objects to their last byte, then every
 * sealed value. A scrub that was cut off goes on behind the objects that it had read. It fails, and finds nothing broken, while
 * the client's key is away. Thread-safe.
 */
@Component
final class Scrub implements JobWork {
    private static final int BATCH = 100;
    /** No sealed value begins so. */
    private static final byte[] NOTHING = new byte[5];

    private final TenantScope scope;
    private final KeptObjects objects;
    private final ClientKeys keys;
    private final AuditLog log;
    private final Clock clock;
    private final BrokenStore store = new BrokenStore();

    Scrub(TenantScope scope, KeptObjects objects, ClientKeys keys, AuditLog log, Clock clock) {
        this.scope = scope;
        this.objects = objects;
        this.keys = keys;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public JobKind kind() {
        return JobKind.SCRUB;
    }

    @Override
    public JobReport run(JobRun run) {
        var client = run.client();
        var project = run.job().project();
        var all = objects.of(client, project);
        var from = (int) Math.min(run.job().done(), all.size());
        if (from == 0) {
            scope.clientDo(client, tx -> store.forgetAll(tx, project));
        }
        var found = new ArrayList<Broken>();
        for (var i = from; i < all.size(); i++) {
            var one = all.get(i);
            try {
                objects.read(client, project, one);
            } catch (IOException e) {
                found.add(new Broken(objects.nameOf(client, project, one), one.asset(), clock.instant()));
            }
            if ((i + 1) % BATCH == 0) {
                advance(run, i + 1, all.size(), found);
            }
        }
        advance(run, all.size(), all.size(), found);
        var values = values(run, found);
        advance(run, all.size(), all.size(), found);
        var broken = scope.client(client, tx -> store.count(tx, project));
        if (broken > 0) {
            log.commit(
                    client,
                    AuditEvent.of(AuditOp.BIT_ROT, null, "system", project)
                            .with("broken", broken)
                            .with("job", run.job().id().toString()));
        }
        return JobReport.ofScrub(all.size() + values, broken);
    }

    private void advance(JobRun run, long done, long total, List<Broken> found) {
        scope.clientDo(run.client(), tx -> {
            store.add(tx, run.job().project(), found);
            run.advance(tx, done, total, null);
        });
        found.clear();
    }

    private long values(JobRun run, List<Broken> found) {
        var client = run.client();
        var project = run.job().project();
        var count = new long[1];
        for (var column : SealedColumns.ALL) {
            scope.clientDo(
                    client,
                    tx -> SealedColumns.read(tx, column, project, NOTHING, value -> {
                        count[0]++;
                        if (count[0] % BATCH == 0) {
                            run.goOn();
                        }
                        try {
                            keys.open(client, project, value.context(), value.sealed());
                        } catch (EtalonException e) {
                            // A key that is away is no broken value.
                            if (e.code().kind() != ErrorKind.INTERNAL) {
                                throw e;
                            }
                            found.add(new Broken(
                                    column + " " + value.place().row() + ": " + value.context(),
                                    null,
                                    clock.instant()));
                        }
                    }));
        }
        return count[0];
    }
}
