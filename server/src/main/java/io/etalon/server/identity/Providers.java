package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/** The identity providers of this installation, as its operators configure them. Thread-safe. */
@Service
public final class Providers {
    static final ErrorCode NAME_TAKEN =
            ErrorCode.of("provider-name-taken", ErrorKind.CONFLICT, "An identity provider has this name");
    static final ErrorCode OTHERWISE =
            ErrorCode.of("provider-changed", ErrorKind.CONFLICT, "The identity provider was changed");
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final UUID NOBODY = new UUID(0, 0);

    private final TenantScope scope;
    private final Seal seal;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
    private final AuditLog audit;
    private final ProviderStore store;

    /** What an operator sets: the provider, its groups, and a secret when it is to be another. */
    record Setting(
            ProviderKind kind,
            String name,
            Provider.Settings settings,
            boolean enabled,
            @Nullable String secret,
            List<GroupRule> rules) {
        @Override
        public String toString() {
            return "Setting[" + name + "]";
        }
    }

    /** By what it is known when something was, and what it was. */
    @Component("providerTools")
    record Tools(Ids ids, Clock clock, ObjectMapper json) {}

    Providers(TenantScope scope, Seal seal, Idempotency idempotency, AuditLog audit, Tools tools) {
        this.scope = scope;
        this.seal = seal;
        this.idempotency = idempotency;
        this.ids = tools.ids();
        this.clock = tools.clock();
        this.audit = audit;
        this.store = new ProviderStore(tools.json());
    }

    List<Provider> all() {
        return scope.control(store::all);
    }

    /** @throws EtalonException not found */
    public Provider get(UUID id) {
        return find(id).orElseThrow(EtalonException::notFound);
    }

    Optional<Provider> find(UUID id) {
        return scope.control(tx -> store.find(tx, id));
    }

    /** The provider that signs people in under this id; not found for one that is switched off. */
    Provider open(UUID id, ProviderKind kind) {
        return find(id).filter(provider -> provider.enabled() && provider.kind() == kind)
                .orElseThrow(EtalonException::notFound);
    }

    /** The rules that grant something: those of clients that agreed to the provider as it is set now. */
    List<GroupRule> rules(Tx tx, UUID provider) {
        var agreed = agreed(tx, provider);
        return store.rules(tx, provider).stream()
                .filter(rule -> agreed.contains(rule.client()))
                .toList();
    }

    /** Clients that agreed to the provider with the settings and the rules that it has now. */
    Set<ClientId> agreed(Tx tx, UUID id) {
        var provider = store.find(tx, id).orElseThrow(EtalonException::notFound);
        var rules = store.rules(tx, id);
        var agreed = new HashSet<ClientId>();
        store.consents(tx, id).forEach((client, consent) -> {
            if (consent.fingerprint().equals(Consent.fingerprint(provider, rules, client))) {
                agreed.add(client);
            }
        });
        return agreed;
    }

    /** A provider as a client is shown it, with what it agreed to, if it did. */
    record Shown(
            Provider provider,
            List<GroupRule> rules,
            String fingerprint,
            @Nullable Consent consent) {
        boolean inForce() {
            return consent != null && consent.fingerprint().equals(fingerprint);
        }
    }

    /** The providers that may sign in people of a client, by name. */
    List<Shown> serving(ClientId client) {
        return scope.control(tx -> store.all(tx).stream()
                .filter(provider -> serves(provider, client))
                .map(provider -> shown(tx, provider, client))
                .toList());
    }

    private Shown shown(Tx tx, Provider provider, ClientId client) {
        var rules = store.rules(tx, provider.id());
        return new Shown(
                provider,
                rules.stream().filter(rule -> rule.client().equals(client)).toList(),
                Consent.fingerprint(provider, rules, client),
                store.consents(tx, provider.id()).get(client));
    }

    private static boolean serves(Provider provider, ClientId client) {
        var serves = provider.settings().serves();
        return serves == null || serves.contains(client.value());
    }

    /**
     * Agrees to a provider for a client, written to its log before; or takes that back when no fingerprint is given.
     *
     * @throws EtalonException not found, when it does not serve the client; conflict, when it is set otherwise than was seen
     */
    Shown agree(ClientCaller caller, UUID id, @Nullable String fingerprint) {
        var client = caller.client().id();
        return scope.control(tx -> {
            var provider =
                    store.find(tx, id).filter(found -> serves(found, client)).orElseThrow(EtalonException::notFound);
            var shown = shown(tx, provider, client);
            if (fingerprint != null && !fingerprint.equals(shown.fingerprint())) {
                throw new EtalonException(OTHERWISE, "The provider was set otherwise meanwhile; read it again.");
            }
            scope.clientDo(
                    client,
                    cell -> audit.append(
                            cell,
                            AuditEvent.of(AuditOp.CONSENT, caller.person(), caller.via(), null)
                                    .with("provider", id.toString())
                                    .with("sha256", shown.fingerprint())
                                    .with("state", fingerprint == null ? "withdrawn" : "agreed")));
            if (fingerprint == null) {
                store.withdraw(tx, id, client);
            } else {
                store.consent(tx, id, client, new Consent(fingerprint, caller.person(), clock.instant()));
            }
            return shown(tx, provider, client);
        });
    }

    List<GroupRule> rules(UUID provider) {
        return scope.control(tx -> store.rules(tx, provider));
    }

    boolean hasSecret(UUID provider) {
        return scope.control(tx -> store.secret(tx, provider).isPresent());
    }

    /** The secret that we have at the provider; null for none. */
    @Nullable
    String secret(UUID provider) {
        var sealed = scope.control(tx -> store.secret(tx, provider));
        return sealed.map(bytes -> seal.open(context(provider), bytes)
                        .orElseThrow(() -> new EtalonException(
                                ErrorCode.INTERNAL, "The secret of an identity provider cannot be opened.")))
                .map(plain -> new String(plain, UTF_8))
                .orElse(null);
    }

    private static String context(UUID provider) {
        return "secret of provider " + provider;
    }

    /** @throws EtalonException conflict, when the name is taken */
    UUID make(Attempt attempt, Object body, Setting setting) {
        return scope.control(tx -> idempotency.once(tx, attempt, body, UUID.class, same -> {
            if (store.isTaken(same, setting.name(), NOBODY)) {
                throw new EtalonException(NAME_TAKEN, "Choose another name.");
            }
            var provider = new Provider(
                    ids.next(), setting.kind(), setting.name(), setting.settings(), setting.enabled(), clock.instant());
            store.insert(same, provider, sealed(provider.id(), setting.secret()));
            store.setRules(same, provider.id(), setting.rules());
            LOG.info(
                    "identity provider made id={} kind={}",
                    provider.id(),
                    provider.kind().text());
            return provider.id();
        }));
    }

    /** Sets everything anew but the kind; a secret that is not named stays. */
    void set(UUID id, Setting setting) {
        scope.controlDo(tx -> {
            var old = store.find(tx, id).orElseThrow(EtalonException::notFound);
            if (old.kind() != setting.kind()) {
                throw EtalonException.invalidAt("/kind", "cannot be changed; make another provider");
            }
            if (store.isTaken(tx, setting.name(), id)) {
                throw new EtalonException(NAME_TAKEN, "Choose another name.");
            }
            var provider = new Provider(
                    id, old.kind(), setting.name(), setting.settings(), setting.enabled(), old.createdAt());
            store.update(tx, provider, sealed(id, setting.secret()));
            store.setRules(tx, id, setting.rules());
            LOG.info("identity provider set id={} enabled={}", id, setting.enabled());
        });
    }

    /** Takes a provider away with its links and tokens; people keep their roles, and sign in as they otherwise can. */
    void remove(UUID id) {
        scope.controlDo(tx -> {
            if (!store.delete(tx, id)) {
                throw EtalonException.notFound();
            }
        });
        LOG.info("identity provider removed id={}", id);
    }

    private byte @Nullable [] sealed(UUID id, @Nullable String secret) {
        return secret == null ? null : seal.seal(context(id), secret.getBytes(UTF_8));
    }
}
