package io.etalon.server.dataset;

import io.etalon.formats.media.AssetType;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;

/** The port that knows the projects; answered by the project feature through the app's wiring. Thread-safe. */
public interface ProjectDoor {
    /** @throws io.etalon.server.base.EtalonException not found, when the client has no such project */
    void require(ClientId client, ProjectId project);

    /** Whether the project takes assets of this type: an image project images, a text project texts. */
    boolean takes(ClientId client, ProjectId project, AssetType type);
}
