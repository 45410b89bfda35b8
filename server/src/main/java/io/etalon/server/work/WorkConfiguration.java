package io.etalon.server.work;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.Ids;
import io.etalon.server.tenant.TenantScope;
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
                (tx, acts) -> List.of(audit.rows(tx, acts)),
                WorkConfig.DEFAULT.lasting(lease),
                () -> gold.getIfAvailable(() -> GoldSource.NONE));
    }
}
