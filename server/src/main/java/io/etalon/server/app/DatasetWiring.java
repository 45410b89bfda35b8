package io.etalon.server.app;

import io.etalon.formats.media.AssetType;
import io.etalon.server.access.Credentials;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.ProjectDoor;
import io.etalon.server.dataset.SessionCheck;
import io.etalon.server.project.Projects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins features that stand on one rung and may not import each other: assets ask projects through a port. */
@Configuration(proxyBeanMethods = false)
class DatasetWiring {
    @Bean
    ProjectDoor projectDoor(Projects projects) {
        return new ProjectDoor() {
            @Override
            public void require(ClientId client, ProjectId project) {
                projects.get(client, project);
            }

            @Override
            public boolean takes(ClientId client, ProjectId project, AssetType type) {
                return switch (projects.get(client, project).kind()) {
                    case IMAGE -> type.isImage();
                    case TEXT -> type == AssetType.TEXT || type == AssetType.JSON;
                };
            }
        };
    }

    @Bean
    SessionCheck sessionCheck(Credentials credentials) {
        return credentials::isAlive;
    }
}
