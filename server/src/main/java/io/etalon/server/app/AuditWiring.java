package io.etalon.server.app;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import org.springframework.context.annotation.Configuration;

/** Opens each client's key, then its log, at start and whenever a client is created; ends the log of one that leaves. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {
    AuditWiring(Clients clients, TenantScope scope, ClientKeys keys, AuditLog log) {
        scope.onClose(log::close);
        clients.onOpen(client -> {
            keys.open(client.id());
            log.open(client.id());
        });
    }
}
