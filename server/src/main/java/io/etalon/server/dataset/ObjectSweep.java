package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Removes objects that no row names: what a process left that died after it gave an object its name and before it
 * committed the row. Runs after the start and once a day, on objects older than a day.
 *
 * <p>Rows are read before objects are looked at. A row that is committed in between names an object that got its name in
 * that time, and {@link AssetBytes#removeOlder} leaves it: by age, atomically with the removal. Memory: 8 bytes a row.
 * Thread-safe.
 */
@Component
public final class ObjectSweep implements SmartInitializingSingleton, AutoCloseable {
    /** Younger objects may belong to a transaction that is under way. */
    static final Duration AGE = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(ObjectSweep.class);

    private final Clients clients;
    private final AssetBytes objects;
    private final ObjectProvider<ObjectOwner> owners;
    private final Clock clock;
    private final AtomicLong removed = new AtomicLong();
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("object-sweep").factory());

    ObjectSweep(Clients clients, AssetBytes objects, ObjectProvider<ObjectOwner> owners, Clock clock) {
        this.clients = clients;
        this.objects = objects;
        this.owners = owners;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        // A minute in, so that who waits for the start is served first.
        passes.scheduleWithFixedDelay(this::sweep, 60, TimeUnit.DAYS.toSeconds(1), TimeUnit.SECONDS);
    }

    /** How many objects were removed since this process started, over all clients. */
    public long removed() {
        return removed.get();
    }

    private void sweep() {
        for (var client : clients.all()) {
            try {
                sweep(client);
            } catch (IOException | RuntimeException e) {
                LOG.warn("event=object-sweep-failed client={} reason={}", client.id(), e.toString());
            }
        }
    }

    /** Removes one client's orphans and returns how many there were. */
    public int sweep(Client client) throws IOException {
        var before = clock.instant().minus(AGE);
        var named = named(client.id());
        var count = objects.removeOlder(
                client.id(), before, name -> Arrays.binarySearch(named, shortened(name)) < 0);
        removed.addAndGet(count);
        if (count > 0) {
            LOG.info("event=objects-swept client={} count={}", client.id(), count);
        }
        return count;
    }

    /**
     * Names are keyed hashes: their first 64 bits tell them apart, and where two should meet, an orphan stays.
     */
    private long[] named(ClientId client) {
        var names = LongStream.builder();
        List<ObjectOwner> all = owners.stream().toList();
        for (var owner : all) {
            owner.names(client, name -> names.add(shortened(name)));
        }
        return names.build().sorted().toArray();
    }

    private static long shortened(String name) {
        return Long.parseUnsignedLong(name, 0, 16, 16);
    }

    @Override
    public void close() {
        passes.shutdownNow();
    }
}
