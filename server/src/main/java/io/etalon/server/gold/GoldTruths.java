package io.etalon.server.gold;

import io.etalon.annotation.Answer;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** What gold knows, for features that measure by it. Nothing of it may be told to who annotates. Thread-safe. */
@Service
public final class GoldTruths {
    private static final int MOST = 100_000;

    private final TenantScope scope;
    private final SealedGold sealed;
    private final GoldStore store = new GoldStore();

    /**
     * How one answer to gold compared.
     *
     * @param gold the number of the known answer
     * @param score 0 to 1
     */
    public record Mark(PersonId person, long gold, boolean right, double score, Instant at) {}

    GoldTruths(TenantScope scope, SealedGold sealed) {
        this.scope = scope;
        this.sealed = sealed;
    }

    /** The known answers by task, without retired ones. */
    public Map<Long, Answer> known(ClientId client, ProjectId project) {
        var rows = scope.client(client, tx -> store.list(tx, project, 0, MOST));
        var known = new HashMap<Long, Answer>();
        rows.stream()
                .filter(row -> row.retired() == null)
                .forEach(row -> known.put(row.item().task(), sealed.known(client, project, row)));
        return known;
    }

    /** How people's answers to gold compared, exams included, without those to retired gold. */
    public List<Mark> marks(ClientId client, ProjectId project) {
        return scope.client(client, tx -> store.results(tx, project, null)).stream()
                .map(result -> new Mark(result.person(), result.gold(), result.right(), result.score(), result.at()))
                .toList();
    }
}
