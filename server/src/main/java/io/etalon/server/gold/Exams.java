package io.etalon.server.gold;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** How a person did in entry exams, for himself: which tasks they were stays untold, since it would end the exam for others. Thread-safe. */
@Service
public final class Exams {
    private final TenantScope scope;
    private final GoldStore store = new GoldStore();

    /**
     * One try.
     *
     * @param attempt from 1 on
     * @param answers that were compared
     * @param outcome {@code passed}, {@code failed} or {@code open}
     */
    @Schema(name = "OwnRecordExam")
    public record Taken(UUID project, int attempt, int answers, int right, String outcome, Instant lastAt) {}

    Exams(TenantScope scope) {
        this.scope = scope;
    }

    /** All tries of a person at a client, in their order by project. */
    public List<Taken> of(ClientId client, PersonId person) {
        return scope.client(client, tx -> store.exams(tx, person));
    }
}
