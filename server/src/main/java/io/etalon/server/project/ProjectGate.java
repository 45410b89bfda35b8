package io.etalon.server.project;

import io.etalon.server.access.ClientGate;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Below the address of a project that the client does not have, or that is deleted, nothing is found: one rule for every
 * handler, whether it asks for the project itself or not. Thread-safe.
 */
@Component
@Order(25)
final class ProjectGate implements ClientGate {
    private final Projects projects;

    ProjectGate(Projects projects) {
        this.projects = projects;
    }

    @Override
    public Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project) {
        return switch (door) {
            // Walls and residency speak first, so that they say the same whether it is there or not.
            case PROJECT, PRESENCE ->
                project == null || projects.has(client, project)
                        ? Optional.empty()
                        : Optional.of(EtalonException.notFound());
            case SERVING, CLIENT, MEMBERSHIP -> Optional.empty();
        };
    }

    /** Who reckons with a project has it. */
    @Override
    public Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project) {
        return Optional.empty();
    }
}
