package io.etalon.server.forward;

import io.etalon.server.access.Grants;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.node.Nodes;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.Clients;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;

/**
 * What servers tell each other so that what one remembers follows what another changed: clients, projects, and roles (told by
 * a trigger of the table). It is told after the commit; what is missed is read anew within seconds, or when queues are taken.
 */
@Configuration(proxyBeanMethods = false)
class NoticeWiring {
    NoticeWiring(Nodes nodes, Clients clients, Projects projects, Grants grants) {
        if (nodes.isAlone()) {
            return;
        }
        clients.onOpen(client -> nodes.tell("client", client.slug()));
        nodes.hear("client", text -> clients.adopt());
        projects.onChange(
                (client, project) -> nodes.tell("project", client.value().toString()));
        nodes.hear("project", text -> {
            if (text.equals(Nodes.ANYTHING)) {
                clients.all().forEach(client -> projects.forget(client.id()));
            } else {
                projects.forget(new ClientId(UUID.fromString(text)));
            }
        });
        nodes.hear("grant", text -> {
            // What may have been missed of roles is at most ten seconds old.
            if (!text.equals(Nodes.ANYTHING)) {
                grants.forget(new PersonId(UUID.fromString(text)));
            }
        });
    }
}
