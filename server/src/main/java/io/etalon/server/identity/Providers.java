package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.Idempotency;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/** The identity providers of this installation, as its operators configure them. Thread-safe. */
@Service
public final class Providers {
    static final ErrorCode NAME_TAKEN =
            ErrorCode.of("provider-name-taken", ErrorKind.CONFLICT, "An identity provider has this name");
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final UUID NOBODY = new UUID(0, 0);

    private final TenantScope scope;
    private final Seal seal;
    private final Idempotency idempotency;
    private final Ids ids;
    private final Clock clock;
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

    Providers(TenantScope scope, Seal seal, Idempotency idempotency, Ids ids, Clock clock, ObjectMapper json) {
        this.scope = scope;
        this.seal = seal;
        this.idempotency = idempotency;
        this.ids = ids;
        this.clock = clock;
        this.store = new ProviderStore(json);
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

    List<GroupRule> rules(Tx tx, UUID provider) {
        return store.rules(tx, provider);
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
