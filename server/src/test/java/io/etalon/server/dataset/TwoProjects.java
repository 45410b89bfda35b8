package io.etalon.server.dataset;

import io.etalon.formats.media.AssetType;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;

/** The port to projects over one project of images and one of texts. */
record TwoProjects(ProjectId images, ProjectId texts) implements ProjectDoor {
    @Override
    public void require(ClientId client, ProjectId project) {
        if (!project.equals(images) && !project.equals(texts)) {
            throw EtalonException.notFound();
        }
    }

    @Override
    public boolean takes(ClientId client, ProjectId project, AssetType type) {
        return project.equals(images) ? type.isImage() : type == AssetType.TEXT || type == AssetType.JSON;
    }
}
