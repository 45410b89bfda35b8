package io.etalon.server.vendor;

import io.etalon.server.workforce.Workforce;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who does work for a client: an organisation with its workforces there, or one in-house team.
 *
 * @param id of the organisation; of an in-house team the workforce's
 * @param kind as {@link Workforce#kind}
 * @param country of an organisation's seat
 */
public record Vendor(
        UUID id, String name, String kind, @Nullable String country, List<Workforce> workforces) {
    public Vendor {
        workforces = List.copyOf(workforces);
    }

    /** Whether a workforce is one of its. */
    public boolean has(@Nullable UUID workforce) {
        return workforces.stream().anyMatch(one -> one.id().equals(workforce));
    }
}
