package io.etalon.server.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Licences: stated by their holders, verified by the workforce's manager or the client, counted as qualifications while they
 * are valid by the database's clock. A change made here bites at once, one made by another process within ten seconds, the
 * end of the last day at its moment. Numbers lie sealed under the installation's key (AES-256-GCM). Thread-safe.
 */
@Service
public final class Licences {
    /** How the qualification of a verified licence begins: {@code licence.medical-doctor} and {@code licence.medical-doctor.fr}. */
    public static final String PREFIX = "licence.";

    private static final Duration AGE = Duration.ofSeconds(10);
    private static final int MAX_KEPT = 100_000;
    private static final int MOST = 50;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private record Place(ClientId client, PersonId person) {}

    private record Kept(Set<String> keys, Instant until) {}

    private final TenantScope scope;
    private final Grants grants;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final SecretKeySpec key;
    private final LicenceStore store = new LicenceStore();
    private final ConcurrentMap<Place, Kept> kept = new ConcurrentHashMap<>();

    Licences(TenantScope scope, Grants grants, AuditLog audit, Ids ids, Clock clock, InstallationSecret secret) {
        this.scope = scope;
        this.grants = grants;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.key = new SecretKeySpec(secret.derive("licence numbers"), "AES");
    }

    /** The qualifications that a person's licences give him at a client now. */
    public Set<String> held(ClientId client, PersonId person) {
        var now = clock.instant();
        var place = new Place(client, person);
        var known = kept.get(place);
        if (known != null && now.isBefore(known.until())) {
            return known.keys();
        }
        var read = kept.compute(place, (same, old) -> {
            var held = scope.control(tx -> store.held(tx, client, person));
            var left = Duration.ofMillis((long) (held.seconds() * 1_000));
            return new Kept(Set.copyOf(held.keys()), now.plus(left.compareTo(AGE) < 0 ? left : AGE));
        });
        if (kept.size() > MAX_KEPT) {
            kept.values().removeIf(other -> !now.isBefore(other.until()));
        }
        return read.keys();
    }

    /** Of any country, and of the one that issued it. */
    static List<String> keys(Licence licence) {
        var key = PREFIX + licence.kind();
        return List.of(key, key + "." + licence.country().toLowerCase(Locale.ROOT));
    }

    /** Newest first. */
    List<Licence> of(ClientId client, PersonId person) {
        return scope.control(tx -> store.of(tx, client, person));
    }

    List<Licence> all(ClientId client) {
        return scope.control(tx -> store.all(tx, client));
    }

    /** Shows a licence to the client, in the control database's transaction given; nobody counts it yet. */
    Licence state(Tx tx, ClientCaller caller, LicenceController.LicenceBody body) {
        var client = caller.client().id();
        if (store.of(tx, client, caller.person()).size() >= MOST) {
            throw EtalonException.invalid("A person shows a client " + MOST + " licences at most.");
        }
        var id = ids.next();
        store.insert(
                tx,
                client,
                new LicenceStore.Stated(
                        id,
                        caller.person(),
                        body.checkedKind(),
                        body.checkedCountry(),
                        seal(id, body.checkedNumber()),
                        body.checkedFrom(),
                        body.checkedTo()));
        log(client, caller, caller.person(), id, "state");
        return store.find(tx, client, id).orElseThrow();
    }

    /**
     * Verifies or refuses a licence of one of the caller's people.
     *
     * @throws EtalonException not found; conflict when its holder withdrew it; forbidden for one's own
     */
    Licence decide(ClientCaller caller, UUID id, boolean verified, @Nullable String note) {
        var client = caller.client().id();
        var decided = scope.control(tx -> {
            var licence = store.find(tx, client, id).orElseThrow(EtalonException::notFound);
            requireOwn(caller, licence.person());
            if (licence.person().equals(caller.person())) {
                throw new EtalonException(ErrorCode.FORBIDDEN, "Somebody else has to look at your own licence.");
            }
            if ("withdraw".equals(licence.act())) {
                throw new EtalonException(ErrorCode.CONFLICT, "Its holder has withdrawn this licence.");
            }
            store.act(tx, id, verified ? "verify" : "refuse", caller.person(), note);
            log(client, caller, licence.person(), id, verified ? "verify" : "refuse");
            return store.find(tx, client, id).orElseThrow();
        });
        forget(client, decided.person());
        return decided;
    }

    /** Its holder takes it back; it counts no more. */
    void withdraw(ClientCaller caller, UUID id) {
        var client = caller.client().id();
        scope.controlDo(tx -> {
            var licence = store.find(tx, client, id)
                    .filter(found -> found.person().equals(caller.person()))
                    .orElseThrow(EtalonException::notFound);
            if (!"withdraw".equals(licence.act())) {
                store.act(tx, id, "withdraw", caller.person(), null);
                log(client, caller, caller.person(), id, "withdraw");
            }
        });
        forget(client, caller.person());
    }

    private void log(ClientId client, ClientCaller caller, PersonId person, UUID licence, String act) {
        scope.clientDo(
                client,
                cell -> audit.append(
                        cell,
                        AuditEvent.of(AuditOp.QUALIFICATION, caller.person(), caller.via(), null)
                                .with("licence", licence.toString())
                                .with("act", act)
                                .with("person", audit.pseudonym(cell, person))));
    }

    private void forget(ClientId client, PersonId person) {
        kept.remove(new Place(client, person));
    }

    /** A manager sees his own workforce's people, the client's requester all. */
    void requireOwn(ClientCaller caller, PersonId person) {
        var client = caller.client().id();
        var member = !grants.rolesAt(person, client).isEmpty();
        var own = caller.is(Role.REQUESTER)
                || (caller.workforce() != null && caller.workforce().equals(grants.workforceAt(person, client)));
        if (!member || !own) {
            throw EtalonException.notFound();
        }
    }

    private byte[] seal(UUID id, String number) {
        try {
            var nonce = ids.bytes(NONCE);
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(id.toString().getBytes(UTF_8));
            var plain = number.getBytes(UTF_8);
            var sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** The number of a licence. */
    String number(Licence licence) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            var sealed = licence.number();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(licence.id().toString().getBytes(UTF_8));
            return new String(cipher.doFinal(sealed, NONCE, sealed.length - NONCE), UTF_8);
        } catch (GeneralSecurityException e) {
            throw new EtalonException(ErrorCode.INTERNAL, "A sealed number was changed or belongs elsewhere.", e);
        }
    }
}
