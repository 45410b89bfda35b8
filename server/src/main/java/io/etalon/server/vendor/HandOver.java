package io.etalon.server.vendor;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a drained workforce left behind, as it was when the last of its leases had ended.
 *
 * @param people who lost their roles, keys and invitations at this client; what they are qualified for is kept
 * @param cost of all that they handed in, a decimal number; empty without a contract, and where it is in several currencies
 * @param costs by currency; absent in reports of earlier versions
 */
public record HandOver(
        UUID drain,
        UUID vendor,
        String vendorName,
        UUID workforce,
        String workforceName,
        String reason,
        Instant orderedAt,
        List<PersonLine> people,
        List<ProjectLine> projects,
        String cost,
        String currency,
        @Nullable SortedMap<String, String> costs) {

    /** @param qualifications that the person holds at this client */
    public record PersonLine(UUID person, String name, List<String> qualifications) {}

    /**
     * One project.
     *
     * @param leasesEnded open ones that were fenced; their tasks wait for others
     * @param returnedMoved answers sent back to these people that others do now
     * @param returnedKept answers sent back to them that nobody else can do: each needs an annotator who is new to the task
     * @param unassigned tasks that were theirs alone and are everybody's now
     * @param answers that they handed in and that stay
     * @param waiting answers that are still to be given
     * @param annotatorsLeft who may give them
     */
    public record ProjectLine(
            UUID project,
            String name,
            int leasesEnded,
            int returnedMoved,
            int returnedKept,
            int unassigned,
            long answers,
            long waiting,
            int annotatorsLeft,
            String cost,
            String currency,
            @Nullable SortedMap<String, String> costs) {}
}
