package io.etalon.server.project;

import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A project's settings as they stand now.
 *
 * @param name as the client's people see it
 * @param codeName as annotators see it: says nothing of the client or the content
 * @param template the ready-made form it began from
 * @param redundancy how many independent annotations a task needs
 * @param reviewShare the part of submissions that a reviewer looks at, 0 to 1
 * @param workforces whose people may take its tasks
 * @param licence SPDX identifier of the assets' licence, for the release's datasheet; empty when unknown
 */
public record Project(
        ProjectId id,
        String name,
        String codeName,
        AssetKind kind,
        String template,
        ProjectState state,
        int redundancy,
        double reviewShare,
        Repeats repeats,
        List<UUID> workforces,
        String licence,
        int ontologyVersion,
        int guidelineVersion,
        Instant createdAt) {
    public Project {
        workforces = workforces.stream().distinct().sorted().toList();
    }
}
