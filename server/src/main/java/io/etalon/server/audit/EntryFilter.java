package io.etalon.server.audit;

import io.etalon.server.base.ProjectId;
import org.jspecify.annotations.Nullable;

/**
 * Which entries to list; null means any.
 *
 * @param project the project that the act took place in
 * @param asset the asset's id
 * @param actor the pseudonym, such as {@code p-0123456789abcdef}
 */
public record EntryFilter(
        @Nullable ProjectId project,
        @Nullable String asset,
        @Nullable String actor,
        @Nullable AuditOp op) {
    public static final EntryFilter ALL = new EntryFilter(null, null, null, null);
}
