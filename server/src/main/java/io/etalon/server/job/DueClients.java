package io.etalon.server.job;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.TenantScope;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * The control table {@code job_client}: which clients may have unfinished jobs, whichever server queued them. One who has none
 * is not asked, and needs no connection. Thread-safe.
 */
final class DueClients {
    private final TenantScope scope;

    /** A client and when a job of his was queued last, by the database's clock. */
    record Due(ClientId client, OffsetDateTime at) {}

    DueClients(TenantScope scope) {
        this.scope = scope;
    }

    /** Before the transaction that queues a job ends: where the server dies after it, another one finds the job. */
    void add(ClientId client) {
        scope.controlDo(tx -> tx.db()
                .sql("insert into job_client (client) values (?)"
                        + " on conflict (client) do update set at = clock_timestamp()")
                .param(client.value())
                .update());
    }

    List<Due> all() {
        return scope.control(tx -> tx.db()
                .sql("select client, at from job_client order by at")
                .query((row, n) -> new Due(
                        new ClientId(row.getObject("client", UUID.class)), row.getObject("at", OffsetDateTime.class)))
                .list());
    }

    /** Nothing was found, and nothing was queued meanwhile. No transaction that queues a job lasts as long as ten minutes. */
    void remove(Due due) {
        scope.controlDo(tx -> tx.db()
                .sql("delete from job_client where client = ? and at = ?"
                        + " and at < clock_timestamp() - interval '10 minutes'")
                .params(due.client().value(), due.at())
                .update());
    }
}
