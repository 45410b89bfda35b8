package io.etalon.server.app;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.EtalonException;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.keys.KeyCare;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Configuration;

/** Opens each client's key, then its log, at start and whenever a client is created; ends the log of one that leaves. */
@Configuration(proxyBeanMethods = false)
class AuditWiring {
    private static final Logger LOG = LoggerFactory.getLogger(AuditWiring.class);

    AuditWiring(Clients clients, TenantScope scope, ClientKeys keys, KeyCare care, AuditLog log, Restored restored) {
        scope.onClose(log::close);
        clients.onOpen(client -> {
            keys.open(client.id());
            restored.enter(client.id());
            log.open(client.id());
            try {
                care.complete(client.id());
            } catch (EtalonException e) {
                // Its keeper is away; what lies under the older version is read on, and the next start tries again.
                LOG.warn(
                        "event=key-rotation-waits client={} code={}",
                        client.id(),
                        e.code().name());
            }
        });
    }
}
