package io.etalon.server.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import io.etalon.server.access.PersonGone;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.SecretAead;
import io.etalon.server.tenant.TenantScope;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * The vault. Each look is written in the transaction that reads, so that nothing is read of which the person cannot read. The
 * key is derived from the installation's secret under a label of its own; a value opens for the person alone whose it is.
 * Thread-safe.
 */
@Service
public final class Identities implements PersonGone {
    private final TenantScope scope;
    private final ObjectMapper json;
    private final Aead aead;
    private final IdentityStore store = new IdentityStore();

    Identities(TenantScope scope, ObjectMapper json, InstallationSecret secret) {
        this.scope = scope;
        this.json = json;
        this.aead = SecretAead.of(secret.derive("vault of identities"));
    }

    /** What the vault holds of a person, for himself; without an identity when he entered none or had it destroyed. */
    public record Held(
            @Nullable Identity identity, @Nullable Instant changedAt, List<Looked> looks) {}

    /** @param act {@code read} or {@code record} */
    public Held own(PersonId person, String act) {
        return scope.vault(tx -> {
            var row = store.find(tx, person);
            if (row.isPresent()) {
                store.looked(tx, person, act, person, null);
            }
            return new Held(
                    row.map(found -> opened(person, found.sealed())).orElse(null),
                    row.map(IdentityStore.Row::changedAt).orElse(null),
                    store.looks(tx, person));
        });
    }

    /** @throws EtalonException invalid, naming the member */
    void set(PersonId person, Identity identity) {
        var sealed = sealed(person, identity.checked());
        scope.vault(tx -> {
            store.put(tx, person, sealed);
            store.looked(tx, person, "set", person, null);
            return sealed.length;
        });
    }

    /** Destroys what is held; what was paid stays in the ledgers, without a name. */
    void destroy(PersonId person) {
        scope.vault(tx -> {
            var there = store.delete(tx, person);
            if (there) {
                store.looked(tx, person, "destroyed", person, null);
            }
            return there;
        });
    }

    @Override
    public void gone(PersonId person) {
        destroy(person);
    }

    /** For who pays him at a client; empty when he entered nothing. */
    public Optional<Identity> toPay(PersonId person, PersonId payer, ClientId client) {
        return scope.vault(tx -> looked(tx, person, "pay", payer, client));
    }

    /** For an operator who broke a client's glass. */
    Optional<Identity> throughTheGlass(PersonId person, PersonId operator, ClientId client) {
        return scope.vault(tx -> looked(tx, person, "break-glass", operator, client));
    }

    private Optional<Identity> looked(Tx tx, PersonId person, String act, PersonId by, ClientId client) {
        var row = store.find(tx, person);
        if (row.isPresent()) {
            store.looked(tx, person, act, by, client);
        }
        return row.map(found -> opened(person, found.sealed()));
    }

    private byte[] sealed(PersonId person, Identity identity) {
        try {
            return aead.encrypt(json.writeValueAsBytes(identity), context(person));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM seals what it is given", e);
        }
    }

    private Identity opened(PersonId person, byte[] sealed) {
        try {
            return json.readValue(aead.decrypt(sealed, context(person)), Identity.class);
        } catch (GeneralSecurityException e) {
            throw new EtalonException(ErrorCode.INTERNAL, "An entry of the vault cannot be opened.", e);
        }
    }

    private static byte[] context(PersonId person) {
        return ("identity " + person).getBytes(UTF_8);
    }
}
