package io.etalon.benchmarks.work;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Rows;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.AuditTrail;
import io.etalon.server.work.engine.Dispatcher;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/**
 * What the product has no switch for: projects of which nothing is written to the log, and files in clear. It comes into
 * the server's start by this folder's {@code spring.factories}, which no installation has. Thread-safe.
 */
public final class OpenSide implements ApplicationContextInitializer<GenericApplicationContext> {
    private static final Set<ProjectId> UNLOGGED = ConcurrentHashMap.newKeySet();

    /** From now on nothing that is done at this project's queue is written to its client's log. */
    static void leaveOut(ProjectId project) {
        UNLOGGED.add(project);
    }

    @Override
    public void initialize(GenericApplicationContext context) {
        context.registerBean(PlainFiles.class);
        context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof Dispatcher.Ground ground
                        ? new Dispatcher.Ground(
                                ground.scope(),
                                ground.ids(),
                                ground.clock(),
                                new Sieve(ground.audit()),
                                ground.config(),
                                ground.gold())
                        : bean;
            }
        });
    }

    private record Sieve(AuditTrail log) implements AuditTrail {
        @Override
        public List<Rows> rows(Tx tx, List<AuditEvent> acts) {
            var project = acts.isEmpty() ? null : acts.getFirst().project();
            if (project == null || !UNLOGGED.contains(project)) {
                return log.rows(tx, acts);
            }
            // Only one project of that client is at work, so that a transaction is its alone.
            return List.of();
        }

        @Override
        public void committed(Tx tx, long transaction) {
            log.committed(tx, transaction);
        }
    }
}
