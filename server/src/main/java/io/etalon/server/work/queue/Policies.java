package io.etalon.server.work.queue;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.policy.QueuePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** The versions of queues' rules, read from the tables. Thread-safe. */
@Component
public final class Policies {
    private final TenantScope scope;
    private final ObjectMapper json;
    private final PolicyStore store = new PolicyStore();

    Policies(TenantScope scope, ObjectMapper json) {
        this.scope = scope;
        this.json = json;
    }

    /**
     * Rules with their number.
     *
     * @param version 0 when none were ever set
     */
    record Version(
            int version,
            QueuePolicy policy,
            @Nullable Instant setAt,
            @Nullable PersonId setBy) {}

    /** The rules in force. */
    public QueuePolicy of(ClientId client, ProjectId project) {
        return scope.client(client, tx -> newest(tx, project)).policy();
    }

    Version newest(ClientId client, ProjectId project) {
        return scope.client(client, tx -> newest(tx, project));
    }

    Version newest(Tx tx, ProjectId project) {
        return store.newest(tx, project)
                .map(row -> new Version(
                        row.version(), json.readValue(row.settings(), QueuePolicy.class), row.at(), row.setBy()))
                .orElse(new Version(0, QueuePolicy.OPEN, null, null));
    }

    void add(Tx tx, ProjectId project, int version, QueuePolicy policy, PersonId by) {
        store.insert(tx, project, version, json.writeValueAsString(policy), by);
    }
}
