package io.etalon.server.work;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.AuditTrail;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.WorkConfig;
import io.etalon.server.work.gold.GoldSource;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the dispatchers stand on. */
@Configuration(proxyBeanMethods = false)
class WorkConfiguration {
    /**
     * @param gold where gold comes from; asked when a queue is opened, since that feature stands above this one
     * @param lease how long a lease lasts that nobody renews: {@code ETALON_LEASE}, such as {@code 15m}
     */
    @Bean
    Dispatcher.Ground dispatcherGround(
            TenantScope scope,
            Ids ids,
            Clock clock,
            AuditLog audit,
            ObjectProvider<GoldSource> gold,
            @Value("${etalon.lease:15m}") Duration lease) {
        return new Dispatcher.Ground(
                scope,
                ids,
                clock,
                new Logged(audit),
                WorkConfig.DEFAULT.lasting(lease),
                () -> gold.getIfAvailable(() -> GoldSource.NONE));
    }

    /** What is done at a queue stands in the client's log. */
    private record Logged(AuditLog audit) implements AuditTrail {
        @Override
        public List<Rows> rows(Tx tx, List<AuditEvent> acts) {
            return List.of(audit.rows(tx, acts));
        }

        @Override
        public void committed(Tx tx, long transaction) {
            audit.committed(tx, transaction);
        }
    }
}
