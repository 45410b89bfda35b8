package io.etalon.server.app;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Clients;
import org.springframework.context.annotation.Configuration;

/** Opens each client's key, then its log, at start and whenever a client is created. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {
    AuditWiring(Clients clients, ClientKeys keys, AuditLog log) {
        clients.onOpen(client -> {
            keys.open(client.id());
            log.open(client.id());
        });
    }
}
