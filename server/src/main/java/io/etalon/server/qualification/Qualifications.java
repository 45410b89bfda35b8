package io.etalon.server.qualification;

import io.etalon.server.access.Checks;
import io.etalon.server.access.Grants;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.people.Licences;
import io.etalon.server.people.Tiers;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.HeldQualifications;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What people at a client are qualified for. Asked at every lease, so the answer comes from memory: a change made here
 * bites at once, one made by another process within ten seconds; an expiry bites at its moment. Thread-safe.
 */
@Service
public final class Qualifications implements HeldQualifications {
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final int MAX_KEPT = 100_000;
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    private record Place(ClientId client, PersonId person) {}

    private record Kept(List<Qualification> acts, Instant until) {}

    private final TenantScope scope;
    private final AuditLog audit;
    private final Clock clock;
    private final Licences licences;
    private final QualificationStore store = new QualificationStore();
    private final ConcurrentMap<Place, Kept> kept = new ConcurrentHashMap<>();

    Qualifications(TenantScope scope, Licences licences, AuditLog audit, Clock clock) {
        this.scope = scope;
        this.licences = licences;
        this.audit = audit;
        this.clock = clock;
    }

    /** The keys that a person holds now: what he was granted, the tiers below one that he holds, and verified licences. */
    @Override
    public Set<String> of(ClientId client, PersonId person) {
        var now = clock.instant();
        var held = acts(client, person, now).stream()
                .filter(act -> act.heldAt(now))
                .map(Qualification::key)
                .collect(Collectors.toCollection(HashSet::new));
        for (var below = Tiers.highest(held) - 1; below >= 1; below--) {
            held.add(Tiers.key(below));
        }
        held.addAll(licences.held(client, person));
        return Set.copyOf(held);
    }

    private List<Qualification> acts(ClientId client, PersonId person, Instant now) {
        var place = new Place(client, person);
        var known = kept.get(place);
        if (known != null && now.isBefore(known.until())) {
            return known.acts();
        }
        // In the map's own lock of this entry: a change that comes meanwhile forgets what is read here, not the
        // reverse.
        var read = kept.compute(
                place, (key, old) -> new Kept(scope.client(client, tx -> store.newest(tx, person)), now.plus(AGE)));
        if (kept.size() > MAX_KEPT) {
            kept.values().removeIf(other -> !now.isBefore(other.until()));
        }
        return read.acts();
    }

    /** The newest act of each key, held or not, newest first. */
    List<Qualification> history(ClientId client, PersonId person) {
        return scope.client(client, tx -> store.newest(tx, person)).stream()
                .sorted(Comparator.comparing(Qualification::at).reversed())
                .toList();
    }

    /**
     * Grants a qualification; one that is held already is held on the new terms.
     *
     * @param expiresAt null for ever
     * @param evidence a JSON object that says why: opaque ids and numbers, no content of the client
     */
    public void grant(
            ClientId client, PersonId person, String key, @Nullable Instant expiresAt, String evidence, Grants.By by) {
        scope.clientDo(client, tx -> grant(tx, person, key, expiresAt, evidence, by));
        forget(client, person);
    }

    /** The same inside a transaction on the client's database; call {@link #forget} after it. */
    public void grant(Tx tx, PersonId person, String key, @Nullable Instant expiresAt, String evidence, Grants.By by) {
        var now = clock.instant();
        grantable(key, "/key");
        if (expiresAt != null && !now.isBefore(expiresAt)) {
            throw Checks.fault("/expiresAt", "must lie in the future");
        }
        write(tx, person, new Qualification(key, true, expiresAt, evidence, now), by);
    }

    /** Takes a qualification back; nothing happens when it is not held. */
    public void revoke(ClientId client, PersonId person, String key, Grants.By by) {
        scope.clientDo(client, tx -> revoke(tx, person, key, by));
        forget(client, person);
    }

    void revoke(Tx tx, PersonId person, String key, Grants.By by) {
        var now = clock.instant();
        if (store.newest(tx, person).stream().anyMatch(act -> act.key().equals(key) && act.heldAt(now))) {
            write(tx, person, new Qualification(key, false, null, "{}", now), by);
        }
    }

    /** A person's qualifications were changed in a transaction that has committed now. */
    public void forget(ClientId client, PersonId person) {
        kept.remove(new Place(client, person));
    }

    /** @throws io.etalon.server.base.EtalonException invalid, when a key has another form */
    public static String checked(@Nullable String key) {
        var text = Checks.required(key, "/key");
        if (!isKey(text)) {
            throw Checks.fault("/key", "must have 1 to 63 of a-z, 0-9, dot, hyphen and underscore");
        }
        return text;
    }

    /** @throws io.etalon.server.base.EtalonException invalid, when a key has another form, or is that of a licence */
    public static String grantable(@Nullable String key, String pointer) {
        var text = Checks.required(key, pointer);
        if (!isKey(text) || text.startsWith(Licences.PREFIX)) {
            throw Checks.fault(
                    pointer,
                    "must have 1 to 63 of a-z, 0-9, dot, hyphen and underscore, and not begin with licence., as verified"
                            + " licences do");
        }
        return text;
    }

    /** Whether a text has the form of a key. */
    public static boolean isKey(String text) {
        return KEY.matcher(text).matches();
    }

    private void write(Tx tx, PersonId person, Qualification act, Grants.By by) {
        store.append(tx, person, act, by);
        audit.append(
                tx,
                AuditEvent.of(AuditOp.QUALIFICATION, by.person(), by.via(), null)
                        .with("qualification", act.key())
                        .with("act", act.granted() ? "grant" : "revoke")
                        .with("person", audit.pseudonym(tx, person)));
    }
}
