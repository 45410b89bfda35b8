package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.KeyEncryption.Use;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Each client's key-encrypting key: its versions, whether it may be used, and the one way to use it. That a use begins is
 * committed to the client's log before its keeper is asked, and that it was refused, after; so that the log never tells less
 * than the keeper's own. That a key is at hand is believed for {@link ClientKeys#KEPT_UNWRAPPED}. Thread-safe.
 */
@Component
final class KeyRing {
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);
    /** A keeper that does not answer is not asked by every request again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private record Pause(EtalonException failure, Instant until) {}

    /** What a key is used for: something that was wrapped, and what it is bound to. */
    record Wrapped(@Nullable ProjectId project, String bound, byte[] bytes) {}

    private final TenantScope scope;
    private final KeyProviders providers;
    private final AuditLog log;
    private final Ids ids;
    private final Clock clock;
    private final KeyRingStore store = new KeyRingStore();
    private final ConcurrentMap<ClientId, Instant> goodUntil = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientId, Pause> pauses = new ConcurrentHashMap<>();
    private final ConcurrentMap<ClientId, Object> looking = new ConcurrentHashMap<>();

    KeyRing(TenantScope scope, KeyProviders providers, AuditLog log, Ids ids, Clock clock) {
        this.scope = scope;
        this.providers = providers;
        this.log = log;
        this.ids = ids;
        this.clock = clock;
    }

    KeyStanding standing(ClientId client) {
        return scope.client(client, store::standing);
    }

    /**
     * Makes the key of a client that never had one, and looks whether a local one is there. A keeper elsewhere is not
     * asked: that it is away must not keep the other clients' server from starting.
     */
    synchronized void open(ClientId client) {
        var standing = standing(client);
        if (standing.versions().isEmpty()) {
            var local = providers.local();
            var first = new KeyVersion(1, LocalKeysets.NAME, local.make(client, 1), clock.instant(), null);
            var probe = local.dataKey(use(client, first, probeOf(client), ids.next()));
            scope.clientDo(client, tx -> store.insert(tx, first, probe.wrapped()));
        } else if (standing.newest().provider().equals(LocalKeysets.NAME)) {
            var newest = standing.newest();
            // Wrapping needs the very key that the row names.
            var probe = providers.local().dataKey(use(client, newest, probeOf(client), ids.next()));
            scope.clientDo(client, tx -> {
                if (store.probe(tx, newest.number()).isEmpty()) {
                    store.setProbe(tx, newest.number(), probe.wrapped());
                }
            });
        }
    }

    /**
     * Returns when the client's key may be used and was used within the last minute, asking its keeper if need be.
     *
     * @throws EtalonException one of {@link KeyFaults}
     */
    void require(ClientId client) {
        if (isGood(client)) {
            return;
        }
        synchronized (looking.computeIfAbsent(client, id -> new Object())) {
            while (!isGood(client)) {
                probe(client, standing(client).newest().number());
            }
        }
    }

    /** Uses a version of the key; nothing comes of it when a rotation has put another in its place meanwhile. */
    private void probe(ClientId client, int version) {
        try {
            var probe = scope.client(client, tx -> store.probe(tx, version))
                    .orElseThrow(() -> new EtalonException(
                            KeyFaults.VERSION_REFUSED, "Version " + version + " of the client's key was retired."));
            unwrap(client, version, new Wrapped(null, probeOf(client), probe));
        } catch (EtalonException e) {
            if (standing(client).newest().number() == version) {
                throw e;
            }
        }
    }

    private boolean isGood(ClientId client) {
        var until = goodUntil.get(client);
        return until != null && clock.instant().isBefore(until);
    }

    /** Destroys what the installation itself keeps of a client's keys. */
    void destroy(ClientId client) {
        providers.local().destroy(client);
    }

    /** Forgets that a key was at hand. */
    void forget(ClientId client) {
        goodUntil.remove(client);
        pauses.remove(client);
    }

    /**
     * Unwraps.
     *
     * @param kek the version of the client's key under which it was wrapped
     * @throws EtalonException one of {@link KeyFaults}
     */
    byte[] unwrap(ClientId client, int kek, Wrapped wrapped) {
        var now = clock.instant();
        var pause = pauses.get(client);
        if (pause != null && now.isBefore(pause.until())) {
            throw new EtalonException(
                    pause.failure().code(), String.valueOf(pause.failure().getMessage()));
        }
        var id = ids.next();
        var version = scope.client(client, tx -> begin(tx, client, kek, wrapped, id));
        try {
            var plain = providers
                    .find(version.provider())
                    .unwrap(use(client, version, wrapped.bound(), id), wrapped.bytes());
            goodUntil.put(client, now.plus(ClientKeys.KEPT_UNWRAPPED));
            pauses.remove(client);
            return plain;
        } catch (EtalonException e) {
            if (e.code().equals(KeyFaults.UNREACHABLE)) {
                pauses.put(client, new Pause(e, now.plus(PAUSE)));
            }
            LOG.warn(
                    "event=key-unwrap-failed client={} unwrap={} code={}",
                    client,
                    id,
                    e.code().name());
            log.commit(
                    client,
                    event(AuditOp.KEY_REFUSED, wrapped.project(), version, id)
                            .with("code", e.code().name()));
            throw e;
        }
    }

    private KeyVersion begin(Tx tx, ClientId client, int kek, Wrapped wrapped, UUID id) {
        var standing = store.standing(tx);
        if (standing.disabledAt() != null) {
            throw new EtalonException(
                    KeyFaults.DISABLED,
                    "The client's key was disabled at " + standing.disabledAt()
                            + "; what lies under it is closed until the client enables it again.");
        }
        var version = standing.versions().stream()
                .filter(one -> one.number() == kek)
                .findFirst()
                .orElseThrow(() -> new EtalonException(
                        KeyFaults.MISSING, "The client " + client + " has no version " + kek + " of its key."));
        if (version.retiredAt() != null) {
            throw new EtalonException(
                    KeyFaults.VERSION_REFUSED,
                    "Version " + kek + " of the client's key was retired at " + version.retiredAt() + ".");
        }
        log.append(tx, event(AuditOp.KEY_UNWRAP, wrapped.project(), version, id));
        return version;
    }

    private static AuditEvent event(AuditOp op, @Nullable ProjectId project, KeyVersion version, UUID id) {
        return AuditEvent.of(op, null, "system", project)
                .with("key", version.reference())
                .with("provider", version.provider())
                .with("version", version.number())
                .with("unwrap", id.toString());
    }

    /** Wraps bytes under a version that is not retired. */
    byte[] wrap(ClientId client, KeyVersion version, String bound, byte[] plain) {
        return providers.find(version.provider()).wrap(use(client, version, bound, ids.next()), plain);
    }

    KeyEncryption.DataKey dataKey(ClientId client, KeyVersion version, String bound) {
        return providers.find(version.provider()).dataKey(use(client, version, bound, ids.next()));
    }

    /**
     * Makes a new version, kept by this keeper, and has it wrap from now on.
     *
     * @throws EtalonException one of {@link KeyFaults}; conflict, when another made one at the same time
     */
    KeyVersion renew(ClientId client, KeyActor by, String provider) {
        var before = standing(client).newest();
        var keeper = providers.find(provider);
        var reference = keeper.make(client, before.number() + 1);
        var version = new KeyVersion(before.number() + 1, provider, reference, clock.instant(), null);
        var probe = dataKey(client, version, probeOf(client));
        // A keeper that wraps and does not unwrap would lock the client out.
        var id = ids.next();
        log.commit(client, event(AuditOp.KEY_UNWRAP, null, version, id));
        var back = keeper.unwrap(use(client, version, probeOf(client), id), probe.wrapped());
        if (!Arrays.equals(back, probe.plain())) {
            throw new EtalonException(
                    KeyFaults.BROKEN, "The keeper “" + provider + "” does not give back what it wrapped.");
        }
        scope.clientDo(client, tx -> {
            if (!store.insert(tx, version, probe.wrapped())) {
                throw new EtalonException(ErrorCode.CONFLICT, "The key is being rotated by somebody else.");
            }
            log.append(
                    tx,
                    change(by, null, "rotate")
                            .with("version", version.number())
                            .with("provider", provider)
                            .with("key", reference));
        });
        return version;
    }

    /** Retires what wraps nothing any more, in the table and with its keeper. */
    void retireEmpty(ClientId client) {
        var before = standing(client);
        scope.clientDo(client, tx -> store.retireEmpty(tx, clock.instant()));
        for (var version : standing(client).versions()) {
            var earlier = before.versions().stream()
                    .filter(one -> one.number() == version.number())
                    .findFirst();
            if (version.retiredAt() != null
                    && earlier.isPresent()
                    && earlier.get().retiredAt() == null) {
                try {
                    providers.find(version.provider()).retire(client, version.reference());
                } catch (EtalonException e) {
                    // Refused here in any case; its keeper may still have it.
                    LOG.warn(
                            "event=key-retire-failed client={} version={} code={}",
                            client,
                            version.number(),
                            e.code().name());
                }
            }
        }
    }

    void setDisabled(ClientId client, KeyActor by, boolean disabled) {
        scope.clientDo(client, tx -> {
            if (store.setDisabled(tx, disabled ? clock.instant() : null)) {
                log.append(tx, change(by, null, disabled ? "disable" : "enable"));
            }
        });
        forget(client);
    }

    static AuditEvent change(KeyActor by, @Nullable ProjectId project, String act) {
        return AuditEvent.of(AuditOp.KEY_CHANGE, by.person(), by.via(), project).with("act", act);
    }

    private static Use use(ClientId client, KeyVersion version, String bound, UUID id) {
        return new Use(
                client, version.reference(), Objects.requireNonNull(bound).getBytes(UTF_8), id);
    }

    private static String probeOf(ClientId client) {
        return client + "|probe";
    }
}
