package io.etalon.server.app;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.DataFolders;
import io.etalon.server.dataset.ObjectSweep;
import io.etalon.server.event.Couriers;
import io.etalon.server.tenant.PoolLoad;
import io.etalon.server.tenant.TenantScope;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Arrays;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What an operator sees from outside: whether database and disk are well, and how much is being done. Sums over all
 * clients: a client's name or volume of work is not for everybody who may look at measurements.
 */
@Configuration(proxyBeanMethods = false)
class Measurements {
    /** Below this, uploads and commits are about to fail. */
    static final long LEAST_SPACE = 256L << 20;

    private static final Map<String, AuditOp> COUNTED = Map.of(
            "etalon.assets.ingested", AuditOp.INGEST,
            "etalon.assets.viewed", AuditOp.VIEW,
            "etalon.leases", AuditOp.LEASE,
            "etalon.submissions", AuditOp.SUBMIT,
            "etalon.reviews", AuditOp.REVIEW,
            "etalon.releases", AuditOp.RELEASE);

    @Bean
    HealthIndicator databaseHealthIndicator(TenantScope scope) {
        return () -> {
            try {
                scope.control(tx -> tx.db().sql("select 1").query(Integer.class).single());
                return Health.up().build();
            } catch (RuntimeException e) {
                return Health.down().build();
            }
        };
    }

    @Bean
    HealthIndicator diskHealthIndicator(DataFolders folders) {
        return () -> folders.root().toFile().getUsableSpace() < LEAST_SPACE
                ? Health.down().build()
                : Health.up().build();
    }

    /**
     * A server whose archive fails works on and stays in service: the component alone tells, and the operator is told why
     * by {@link ArchiveController}.
     */
    @Bean
    HealthIndicator archiveHealthIndicator(ArchiveWatch watch) {
        return () -> {
            try {
                return switch (watch.look().state()) {
                    case OFF, WELL -> Health.up().build();
                    case BEHIND -> Health.status("BEHIND").build();
                    case FAILING -> Health.status("FAILING").build();
                };
            } catch (RuntimeException e) {
                return Health.unknown().build();
            }
        };
    }

    @Bean
    MeterBinder archiving(ArchiveWatch watch) {
        return registry -> {
            Gauge.builder("etalon.archive.failing", watch, w -> w.look().state() == ArchiveWatch.State.FAILING ? 1 : 0)
                    .description("1 while the database's log does not reach its archive")
                    .register(registry);
            Gauge.builder("etalon.archive.waiting", watch, w -> w.look().waiting())
                    .description("Pieces of the database's log that are to be archived")
                    .register(registry);
        };
    }

    /** Counted are entries that were committed and numbered, so a counter lags its act by about a second. */
    @Bean
    MeterBinder countsOfWork(AuditLog log) {
        return registry -> {
            COUNTED.forEach((name, op) ->
                    FunctionCounter.builder(name, log, l -> l.numbered(op)).register(registry));
            FunctionCounter.builder("etalon.audit.entries", log, Measurements::entries)
                    .register(registry);
        };
    }

    @Bean
    MeterBinder sweptObjects(ObjectSweep sweep) {
        return registry -> FunctionCounter.builder("etalon.objects.swept", sweep, ObjectSweep::removed)
                .description("Objects without a row that were removed")
                .register(registry);
    }

    private static double entries(AuditLog log) {
        return Arrays.stream(AuditOp.values()).mapToLong(log::numbered).sum();
    }

    @Bean
    MeterBinder parkedEvents(Couriers couriers) {
        return registry -> FunctionCounter.builder("etalon.events.parked", couriers, Couriers::parked)
                .description("Events that a listener refused too often")
                .register(registry);
    }

    @Bean
    MeterBinder poolsAndDisk(TenantScope scope, DataFolders folders) {
        return registry -> {
            connections(registry, scope, "active", PoolLoad::active);
            connections(registry, scope, "idle", PoolLoad::idle);
            Gauge.builder("etalon.pool.waiting", scope, s -> s.load().waiting()).register(registry);
            Gauge.builder("etalon.disk.usable", folders, f -> f.root().toFile().getUsableSpace())
                    .baseUnit("bytes")
                    .register(registry);
        };
    }

    private static void connections(
            MeterRegistry registry, TenantScope scope, String state, ToDoubleFunction<PoolLoad> value) {
        Gauge.builder("etalon.pool.connections", scope, s -> value.applyAsDouble(s.load()))
                .tag("state", state)
                .register(registry);
    }
}
