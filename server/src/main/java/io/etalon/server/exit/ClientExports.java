package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.dataset.ObjectOwner;
import io.etalon.server.exit.ClientExport.Made;
import io.etalon.server.exit.ClientExport.State;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * Archives of everything of a client, made one at a time in the background and kept as sealed objects, the newest of each
 * client. A server that is stopped while it writes one begins it again when it starts. Thread-safe.
 */
@Service
public final class ClientExports implements SmartInitializingSingleton, ObjectOwner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClientExports.class);
    private static final int BUFFER = 1 << 16;

    /** Under whose key lies what belongs to the client as a whole. */
    private static final ProjectId WHOLE = new ProjectId(new UUID(0, 0));

    private final TenantScope scope;
    private final Clients clients;
    private final ClientKeys keys;
    private final AuditLog log;
    private final ArchiveWriting writing;
    private final AssetBytes objects;
    private final Tools tools;
    private final ExportStore store = new ExportStore();
    private final ExecutorService builder = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("client-export").factory());
    private volatile boolean closing;

    /** Sources of ids and time. */
    @Component
    record Tools(Ids ids, Clock clock) {}

    ClientExports(
            TenantScope scope,
            Clients clients,
            ClientKeys keys,
            AuditLog log,
            ArchiveWriting writing,
            AssetBytes objects,
            Tools tools) {
        this.scope = scope;
        this.clients = clients;
        this.keys = keys;
        this.log = log;
        this.writing = writing;
        this.objects = objects;
        this.tools = tools;
    }

    @Override
    public void afterSingletonsInstantiated() {
        for (var client : clients.all()) {
            scope.client(client.id(), store::all).forEach(export -> start(client, export));
        }
    }

    /**
     * Enters an archive that is to be made; {@link #start} makes it after the commit.
     *
     * @throws EtalonException conflict, while another one is being made
     */
    ClientExport order(Tx tx, ClientCaller caller) {
        var id = tools.ids().next();
        var now = tools.clock().instant();
        if (!store.insert(tx, id, caller.person(), caller.via(), now)) {
            throw new EtalonException(ArchiveCodes.UNDER_WAY, "Wait for the archive that is being made.");
        }
        log.append(
                tx,
                AuditEvent.of(AuditOp.EXPORT, caller.person(), caller.via(), null)
                        .with("archive", id.toString())
                        .with("what", "client"));
        return new ClientExport(id, State.BUILDING, caller.person(), now, null, null);
    }

    void start(Client client, ClientExport export) {
        if (export.state() == State.BUILDING) {
            builder.execute(() -> build(client, export.id()));
        }
    }

    private void build(Client client, UUID id) {
        try {
            var made = write(client, id);
            scope.clientDo(client.id(), tx -> store.ready(tx, id, made));
            LOG.info("event=client-export-ready client={} size={} files={}", client.id(), made.size(), made.files());
        } catch (EtalonException e) {
            fail(client, id, e, e.code().kind() == ErrorKind.INTERNAL ? unnamed() : String.valueOf(e.getMessage()));
        } catch (Exception e) {
            fail(client, id, e, unnamed());
        }
    }

    private static String unnamed() {
        return "The server could not write it; its log has the reason.";
    }

    /** A server that stops leaves the row as it is: the next one begins again. */
    private void fail(Client client, UUID id, Exception cause, String failure) {
        if (closing || clients.find(client.id()).isEmpty()) {
            LOG.info("event=client-export-interrupted client={}", client.id());
            return;
        }
        LOG.warn("event=client-export-failed client={}", client.id(), cause);
        scope.clientDo(
                client.id(), tx -> store.failed(tx, id, failure, tools.clock().instant()));
    }

    private Made write(Client client, UUID id) throws IOException {
        try (var draft = objects.draft(client.id())) {
            var digest = sha256();
            var cipher = keys.encrypting(client.id(), WHOLE, context(id), draft.sink());
            ArchiveWriting.Written written;
            try (var out = new BufferedOutputStream(
                    new DigestOutputStream(Channels.newOutputStream(cipher), digest), BUFFER)) {
                written = writing.write(client, out);
            }
            draft.seal();
            draft.keep(name(client.id(), id));
            try (var plain = open(client.id(), id)) {
                // Before the first read the cipher knows neither its key nor its size.
                plain.read(ByteBuffer.allocate(1));
                return new Made(
                        written.content().hex(),
                        HexFormat.of().formatHex(digest.digest()),
                        plain.size(),
                        written.files(),
                        written.head().size(),
                        tools.clock().instant());
            }
        }
    }

    /** Newest first. */
    List<ClientExport> all(ClientId client) {
        return scope.client(client, store::all);
    }

    /** @throws EtalonException not found */
    ClientExport get(ClientId client, UUID id) {
        return scope.client(client, tx -> store.find(tx, id)).orElseThrow(EtalonException::notFound);
    }

    /** Commits the EXPORT entry, and only then opens the archive; the caller closes it. */
    SeekableByteChannel download(ClientCaller caller, ClientExport export, Made made) {
        var client = caller.client().id();
        log.commit(
                client,
                AuditEvent.of(AuditOp.EXPORT, caller.person(), caller.via(), null)
                        .with("archive", export.id().toString())
                        .with("content", made.content())
                        .with("sha256", made.sha256()));
        return open(client, export.id());
    }

    private SeekableByteChannel open(ClientId client, UUID id) {
        try {
            return keys.decrypting(client, WHOLE, context(id), objects.open(client, name(client, id)));
        } catch (IOException e) {
            throw new EtalonException(ArchiveCodes.LOST, "The archive is gone; have a new one made.", e);
        }
    }

    private static String context(UUID id) {
        return "archive " + id;
    }

    private String name(ClientId client, UUID id) {
        return keys.nameOf(client, WHOLE, context(id).getBytes(UTF_8));
    }

    /** Of the newest one that is ready, and of one that is about to be written. */
    @Override
    public void names(ClientId client, Consumer<String> consumer) {
        var found = all(client);
        found.stream()
                .filter(one -> one.state() == State.BUILDING)
                .forEach(one -> consumer.accept(name(client, one.id())));
        found.stream()
                .filter(one -> one.state() == State.READY)
                .findFirst()
                .ifPresent(one -> consumer.accept(name(client, one.id())));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        builder.shutdownNow();
    }
}
