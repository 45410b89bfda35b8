package io.etalon.server.keys;

import com.google.crypto.tink.KeysetHandle;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.KeyEncryption.Use;
import io.etalon.server.tenant.TenantScope;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Projects' data keys: made, unwrapped, rotated, and wrapped anew when the client's key is. Unwrapped ones are kept for {@link
 * ClientKeys#KEPT_UNWRAPPED}. Thread-safe.
 */
@Component
final class ProjectRing {
    private record Place(ClientId client, ProjectId project) {}

    private record Kept(ProjectKeys keys, Instant until) {}

    private final TenantScope scope;
    private final KeyRing ring;
    private final KeyProviders providers;
    private final AuditLog log;
    private final Clock clock;
    private final DataKeyStore store = new DataKeyStore();
    private final KeyRingStore rings = new KeyRingStore();
    private final ConcurrentMap<Place, Kept> unwrapped = new ConcurrentHashMap<>();
    private final ConcurrentMap<Place, Object> unwrapping = new ConcurrentHashMap<>();

    ProjectRing(TenantScope scope, KeyRing ring, KeyProviders providers, AuditLog log, Clock clock) {
        this.scope = scope;
        this.ring = ring;
        this.providers = providers;
        this.log = log;
        this.clock = clock;
    }

    /** @throws EtalonException one of {@link KeyFaults} */
    ProjectKeys keys(ClientId client, ProjectId project) {
        var place = new Place(client, project);
        var found = atHand(place);
        if (found == null) {
            // One thread unwraps; the others wait for it and use no connection meanwhile.
            synchronized (unwrapping.computeIfAbsent(place, p -> new Object())) {
                found = atHand(place);
                if (found == null) {
                    found = load(place);
                }
            }
        }
        ring.require(client);
        return found;
    }

    private @Nullable ProjectKeys atHand(Place place) {
        var kept = unwrapped.get(place);
        return kept != null && clock.instant().isBefore(kept.until()) ? kept.keys() : null;
    }

    /** The keys as they are now, when there are versions that these do not know: another server may have rotated. */
    @Nullable
    ProjectKeys newerThan(ProjectKeys old, ClientId client, ProjectId project) {
        var rows = scope.client(client, tx -> store.of(tx, project));
        if (rows.size() == old.known()) {
            return null;
        }
        var place = new Place(client, project);
        synchronized (unwrapping.computeIfAbsent(place, p -> new Object())) {
            var found = atHand(place);
            return found != null && found.known() == rows.size() ? found : load(place);
        }
    }

    void forget(ClientId client) {
        unwrapped.keySet().removeIf(place -> place.client().equals(client));
    }

    private void forget(ClientId client, ProjectId project) {
        unwrapped.remove(new Place(client, project));
    }

    private ProjectKeys load(Place place) {
        unwrapped.remove(place);
        var until = clock.instant().plus(ClientKeys.KEPT_UNWRAPPED);
        var client = place.client();
        while (true) {
            var rows = scope.client(client, tx -> store.of(tx, place.project()));
            if (rows.isEmpty()) {
                make(place, 1, null);
                continue;
            }
            try {
                var keys = unwrapped(client, rows);
                unwrapped.put(place, new Kept(keys, until));
                return keys;
            } catch (EtalonException e) {
                // A rotation may have wrapped them anew, and retired what they lay under, since they were read.
                if (keepers(rows).equals(keepers(scope.client(client, tx -> store.of(tx, place.project()))))) {
                    throw e;
                }
            } catch (GeneralSecurityException e) {
                throw broken(e);
            }
        }
    }

    private static List<Integer> keepers(List<DataKeyStore.Row> rows) {
        return rows.stream().map(DataKeyStore.Row::kek).toList();
    }

    private ProjectKeys unwrapped(ClientId client, List<DataKeyStore.Row> rows) throws GeneralSecurityException {
        var versions = new ArrayList<ProjectKeys.Version>();
        var refused = new HashSet<Integer>();
        KeysetHandle names = null;
        for (var row : rows) {
            if (row.refusedAt() != null) {
                refused.add(row.keyId());
                continue;
            }
            var handles = opened(client, row);
            versions.add(handles.version(row.version()));
            names = names == null ? handles.names() : names;
        }
        if (names == null) {
            throw new EtalonException(KeyFaults.VERSION_REFUSED, "Every version of the project's data key is refused.");
        }
        return new ProjectKeys(versions, refused, names, ProjectKeys.mac(names), rows.size());
    }

    private ProjectKeys.Handles opened(ClientId client, DataKeyStore.Row row) throws GeneralSecurityException {
        var bound = bound(client, row.project(), row.version());
        var key = ring.unwrap(client, row.kek(), new KeyRing.Wrapped(row.project(), bound, row.wrapped()));
        return ProjectKeys.opened(SecretAead.of(key), client, row.project(), row.sealed());
    }

    /** Makes a version under the newest version of the client's key; another that came first stands. */
    private void make(Place place, int version, @Nullable KeyActor by) {
        var client = place.client();
        try {
            var names = by == null
                    ? ProjectKeys.freshNames()
                    : keys(client, place.project()).names();
            while (true) {
                ring.require(client);
                var kek = ring.standing(client).newest();
                var key = ring.dataKey(client, kek, bound(client, place.project(), version));
                var under = SecretAead.of(key.plain());
                var sealed = ProjectKeys.fresh(under, client, place.project(), names);
                var id = ProjectKeys.opened(under, client, place.project(), sealed)
                        .keyId();
                var row = new DataKeyStore.Row(place.project(), version, kek.number(), key.wrapped(), sealed, id, null);
                if (scope.client(client, tx -> rings.hold(tx, kek.number()) && insert(tx, row, by))) {
                    return;
                }
                // The client's key was rotated and its old version retired meanwhile.
            }
        } catch (GeneralSecurityException e) {
            throw broken(e);
        }
    }

    private boolean insert(Tx tx, DataKeyStore.Row row, @Nullable KeyActor by) {
        if (store.insert(tx, row, clock.instant()) && by != null) {
            log.append(tx, KeyRing.change(by, row.project(), "rotate-data-key").with("version", row.version()));
        }
        return true;
    }

    /** New writes are sealed by a new version; older ones open. Other servers write under it within a minute. */
    void rotate(ClientId client, KeyActor by, ProjectId project) {
        var newest = keys(client, project).newest().number();
        make(new Place(client, project), newest + 1, by);
        forget(client, project);
    }

    /** Has the newest version of the client's key wrap everything, and retires the others. Can be repeated. */
    void rewrap(ClientId client) {
        var newest = ring.standing(client).newest();
        while (true) {
            var rows = scope.client(client, tx -> store.under(tx, newest.number()));
            for (var row : rows) {
                var bound = bound(client, row.project(), row.version());
                var key = ring.unwrap(client, row.kek(), new KeyRing.Wrapped(row.project(), bound, row.wrapped()));
                var wrapped = ring.wrap(client, newest, bound, key);
                scope.clientDo(client, tx -> store.rewrap(tx, row, newest.number(), wrapped));
            }
            if (rows.isEmpty()) {
                break;
            }
        }
        ring.retireEmpty(client);
    }

    void setMinimum(Tx tx, ProjectId project, int minimum) {
        store.setMinimum(tx, project, minimum, clock.instant());
    }

    List<DataKeyVersion> versions(ClientId client) {
        return scope.client(client, store::all);
    }

    /** Earlier versions had the client's local key wrap the keysets themselves. */
    void takeOver(ClientId client) {
        var kek = ring.standing(client).newest();
        for (var bare : scope.client(client, store::bare)) {
            try {
                var label = new byte[0];
                var local = providers.local().aead(new Use(client, kek.reference(), label, new UUID(0, 0)));
                var handles = ProjectKeys.opened(local, client, bare.project(), bare.sealed());
                var key = ring.dataKey(client, kek, bound(client, bare.project(), 1));
                var sealed = ProjectKeys.sealed(SecretAead.of(key.plain()), client, bare.project(), handles);
                var row = new DataKeyStore.Row(
                        bare.project(), 1, kek.number(), key.wrapped(), sealed, handles.keyId(), null);
                scope.clientDo(client, tx -> store.replaceBare(tx, row));
            } catch (GeneralSecurityException e) {
                throw broken(e);
            }
        }
    }

    private static EtalonException broken(GeneralSecurityException cause) {
        return new EtalonException(
                KeyFaults.BROKEN, "A project's data key does not open under the client's key.", cause);
    }

    private static String bound(ClientId client, ProjectId project, int version) {
        return client + "|" + project + "|data key " + version;
    }
}
