package io.etalon.server.dataset;

import io.etalon.annotation.AssetExtent;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.UUID;

/**
 * One image or text of a project, as its own bytes tell.
 *
 * @param name as it was uploaded, 1 to 500 characters; a label, never a path
 * @param sha256 of the plain bytes, 64 hex digits
 * @param type the sniffed media type
 * @param size of the plain bytes
 * @param extent pixels as displayed (EXIF orientation applied), or code points
 */
public record Asset(
        UUID id,
        ProjectId project,
        String name,
        String sha256,
        String type,
        long size,
        AssetExtent extent,
        Instant createdAt) {}
