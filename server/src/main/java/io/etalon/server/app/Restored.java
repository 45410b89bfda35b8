package io.etalon.server.app;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.EtalonException;
import io.etalon.server.custody.Presence;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Enters in every client's log, before anything else is written to it, that the data directory was brought back to an earlier
 * point: what a witness has seen beyond the size that the entry names is on another branch. Then says which objects are missing.
 * A start that is cut off leaves the rest to the next one.
 */
@Component
final class Restored implements SmartInitializingSingleton {
    private static final Logger LOG = LoggerFactory.getLogger(Restored.class);
    private static final String FILE = "restored";
    private static final String NEWEST = "newest";

    private final AuditLog log;
    private final ObjectProvider<Presence> presence;
    private final Clients clients;
    private final Path file;
    /** The restoration, its point, and the clients whose logs tell of it already; empty when there is nothing to tell. */
    private volatile List<String> left;

    Restored(AuditLog log, ObjectProvider<Presence> presence, Clients clients, DataFolders folders) throws IOException {
        this.log = log;
        this.presence = presence;
        this.clients = clients;
        this.file = folders.root().resolve(FILE);
        this.left = Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    /** Leaves word for the first start. */
    static void leave(Path data, UUID restoration, @Nullable Instant to) throws IOException {
        Files.writeString(
                data.resolve(FILE),
                restoration + "\n" + (to == null ? NEWEST : to) + "\n",
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SYNC);
    }

    /** Enters it in a client's log, unless that was done; to be called before the log is opened, which grows it. */
    void enter(ClientId client) {
        if (left.isEmpty() || left.contains(client.toString())) {
            return;
        }
        var size = log.signedSize(client);
        log.commit(
                client,
                AuditEvent.of(AuditOp.POINT_RESTORE, null, "system", null)
                        .with("restoration", left.getFirst())
                        .with("to", left.get(1))
                        .with("size", size));
        try {
            Files.writeString(file, client + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LOG.info("event=restored client={} to={} entries={}", client, left.get(1), size);
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (left.isEmpty()) {
            return;
        }
        clients.all().forEach(this::look);
        try {
            Files.move(file, file.resolveSibling(FILE + "-" + left.getFirst()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // Clients that are made from now on have no other branch.
        left = List.of();
    }

    private void look(Client client) {
        try {
            var found = presence.getObject().check(client.id());
            LOG.info(
                    "event=restored-objects client={} objects={} missing={}",
                    client.id(),
                    found.objects(),
                    found.missing());
        } catch (EtalonException e) {
            LOG.warn(
                    "event=restored-objects-unchecked client={} code={}",
                    client.id(),
                    e.code().name());
        }
    }
}
