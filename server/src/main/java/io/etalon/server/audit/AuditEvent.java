package io.etalon.server.audit;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One act, before it has a number in the log. The person becomes a keyed pseudonym when it is written; details hold
 * opaque ids, hashes, counts and states only, never content.
 *
 * @param actor who did it; null for the installation itself
 * @param via how the actor was known: {@code session}, {@code key} or {@code system}
 * @param details further members of the entry, in canonical order; strings and whole numbers below 2^53
 */
public record AuditEvent(
        AuditOp op,
        @Nullable PersonId actor,
        String via,
        @Nullable ProjectId project,
        @Nullable String asset,
        SortedMap<String, Object> details) {

    public AuditEvent {
        for (var value : details.values()) {
            if (!(value instanceof String) && !(value instanceof Long) && !(value instanceof Integer)) {
                throw new IllegalArgumentException("an audit detail is a string or a whole number, not " + value);
            }
        }
    }

    public static AuditEvent of(AuditOp op, @Nullable PersonId actor, String via, @Nullable ProjectId project) {
        return new AuditEvent(op, actor, via, project, null, new TreeMap<>());
    }

    public AuditEvent about(String assetId) {
        return new AuditEvent(op, actor, via, project, assetId, details);
    }

    public AuditEvent with(Map<String, Object> more) {
        var all = new TreeMap<>(details);
        all.putAll(more);
        return new AuditEvent(op, actor, via, project, asset, all);
    }

    public AuditEvent with(String key, Object value) {
        return with(Map.of(key, value));
    }
}
