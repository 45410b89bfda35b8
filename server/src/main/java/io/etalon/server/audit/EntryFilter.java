package io.etalon.server.audit;

import org.jspecify.annotations.Nullable;

/**
 * Which entries to list; null means any.
 *
 * @param asset the asset's id
 * @param actor the pseudonym, such as {@code p-0123456789abcdef}
 */
public record EntryFilter(
        @Nullable String asset,
        @Nullable String actor,
        @Nullable AuditOp op) {
    public static final EntryFilter ALL = new EntryFilter(null, null, null);
}
