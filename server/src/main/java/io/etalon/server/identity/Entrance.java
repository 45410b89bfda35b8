package io.etalon.server.identity;

import io.etalon.server.access.Directories;
import io.etalon.server.access.Person;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.identity.Refusal.Refused;
import io.etalon.server.tenant.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * From a vouched subject to a session. The order in which a person is looked for: the link of (provider, subject); the
 * provider's own directory, which called him so; an address that the provider has verified, in a domain that belongs to it;
 * a new account, where the operator lets the provider add people. Whatever was found is opened only if the provider serves
 * everywhere that the person holds a role: a provider of one client opens no account that another client trusts, and an
 * operator's account is never found by its address. Thread-safe.
 */
@Service
public final class Entrance {
    private final TenantScope scope;
    private final Directories directories;
    private final Providers providers;
    private final GroupRoles roles;
    private final Clock clock;
    private final IdentityStore store = new IdentityStore();

    Entrance(TenantScope scope, Directories directories, Providers providers, GroupRoles roles, Clock clock) {
        this.scope = scope;
        this.directories = directories;
        this.providers = providers;
        this.roles = roles;
        this.clock = clock;
    }

    /**
     * Opens a session in this browser.
     *
     * @throws Refused when the provider may not open any account for whom it vouches
     */
    void open(Provider provider, Vouched who, HttpServletRequest request, HttpServletResponse response) {
        var person = scope.control(tx -> {
            var id = find(tx, provider, who);
            if (store.isEnded(tx, id)) {
                throw Refusal.ENDED.because("the directory ended the person");
            }
            if (directories.isDisabled(tx, id)) {
                throw Refusal.DISABLED.because("switched off here");
            }
            if (!agreed(tx, provider, id)) {
                throw Refusal.FOREIGN.because("holds a role at a client that did not agree to the provider");
            }
            if (!servesAll(tx, provider, id)) {
                throw Refusal.FOREIGN.because("holds a role where the provider does not serve");
            }
            store.link(tx, provider.id(), who.subject(), id, clock.instant());
            var groups = who.groups();
            if (groups != null) {
                var source = new GroupRoles.Source(provider.id(), Origin.SIGN_IN);
                roles.follow(tx, source, id, groups, providers.rules(tx, provider.id()));
            }
            return id;
        });
        directories.changed(person);
        if (!who.strong() && directories.asksSecondFactorEverywhere(person)) {
            throw Refusal.WEAK.because("no listed context or method");
        }
        var session = directories.open(person, who.strong(), request, response);
        scope.controlDo(tx -> store.opened(tx, session, provider.id(), who.subject(), who.sid()));
    }

    private PersonId find(Tx tx, Provider provider, Vouched who) {
        return store.linked(tx, provider.id(), who.subject())
                .or(() -> store.provisioned(tx, provider.id(), who.subject()))
                .or(() -> byAddress(tx, provider, who))
                .orElseThrow(() -> Refusal.UNKNOWN.because("no link, no owned address"));
    }

    private Optional<PersonId> byAddress(Tx tx, Provider provider, Vouched who) {
        var email = who.email();
        if (email == null || !who.emailVerified() || !owns(provider, email)) {
            return Optional.empty();
        }
        var known = directories.byEmail(tx, email);
        if (known.isPresent()) {
            if (!mayFind(tx, provider, known.get().id())) {
                throw Refusal.FOREIGN.because("the address is of an account that it may not open");
            }
            return known.map(Person::id);
        }
        if (!provider.settings().createsPeople()) {
            return Optional.empty();
        }
        var name = who.name();
        return Optional.of(directories
                .add(tx, email, name == null || name.isBlank() ? email : shortened(name))
                .id());
    }

    private static String shortened(String name) {
        var plain = name.replaceAll("\\p{Cntrl}", " ").strip();
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }

    /** Whether an address lies in a domain of the provider's organisation. */
    static boolean owns(Provider provider, String email) {
        return provider.settings().domains().contains(email.substring(email.lastIndexOf('@') + 1));
    }

    /** Whether an account may be found by its address: never an operator's, nor one that holds a role elsewhere. */
    boolean mayFind(Tx tx, Provider provider, PersonId person) {
        return directories.held(tx, person).stream().noneMatch(grant -> grant.role() == Role.OPERATOR)
                && servesAll(tx, provider, person)
                && agreed(tx, provider, person);
    }

    /** Whether every client at which the person holds a role agreed to the provider: who sets it up is no member there. */
    private boolean agreed(Tx tx, Provider provider, PersonId person) {
        var agreed = providers.agreed(tx, provider.id());
        return directories.held(tx, person).stream()
                .allMatch(grant -> grant.client() == null || agreed.contains(grant.client()));
    }

    private boolean servesAll(Tx tx, Provider provider, PersonId person) {
        var serves = provider.settings().serves();
        if (serves == null) {
            return true;
        }
        var served = Set.copyOf(serves);
        return directories.held(tx, person).stream()
                .allMatch(grant ->
                        grant.client() != null && served.contains(grant.client().value()));
    }

    /** Ends the sessions that the provider's word opened: of a subject, of one of its sessions, or both together. */
    void end(Provider provider, @Nullable String subject, @Nullable String sid) {
        var ended = scope.control(tx -> {
            var open = store.sessions(tx, provider.id(), subject, sid);
            open.forEach(one -> directories.endSession(tx, one.session()));
            return open;
        });
        ended.forEach(one -> directories.changed(one.person()));
    }

    /** Which provider's word opened a session. */
    Optional<UUID> providerOf(UUID session) {
        return scope.control(tx -> store.providerOf(tx, session));
    }
}
