package io.etalon.server.identity;

import io.etalon.server.access.Directories;
import io.etalon.server.access.Grants;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.identity.GroupRoles.Source;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * What a provider's directory may do with people. It reaches no further than the provider itself: the accounts that it made,
 * or found by an address in a domain of its own, and the clients that it serves. Thread-safe.
 */
@Service
public final class Provisioning {
    static final ErrorCode TAKEN = ErrorCode.of(
            "address-not-yours", ErrorKind.CONFLICT, "Somebody has this address whom this directory may not take on");

    private final Directories directories;
    private final Providers providers;
    private final GroupRoles roles;
    private final Entrance entrance;
    private final IdentityStore store = new IdentityStore();

    /** A person who was taken on; {@code made} when he was not there before. */
    public record Admitted(PersonId person, boolean made) {}

    Provisioning(Directories directories, Providers providers, GroupRoles roles, Entrance entrance) {
        this.directories = directories;
        this.providers = providers;
        this.roles = roles;
        this.entrance = entrance;
    }

    /**
     * Takes somebody on: a new account, or the one with this address if the provider may open it.
     *
     * @throws EtalonException conflict, when the address is of somebody else's; invalid, when it is none
     */
    public Admitted admit(Tx tx, UUID provider, String email, String name) {
        var known = directories.byEmail(tx, email);
        if (known.isEmpty()) {
            return new Admitted(directories.add(tx, email, name).id(), true);
        }
        var found = providers.get(provider);
        var address = known.get().email();
        if (!Entrance.owns(found, address)
                || !entrance.mayFind(tx, found, known.get().id())) {
            throw new EtalonException(TAKEN, "Another person has this e-mail address.");
        }
        return new Admitted(known.get().id(), false);
    }

    /** Calls a person whom the directory made by another name; one whom it found keeps his. */
    public void rename(Tx tx, PersonId person, String email, String name) {
        directories.rename(tx, person, email, name);
    }

    /** Makes the person's roles what these groups stand for. */
    public void follow(Tx tx, UUID provider, PersonId person, Collection<String> groups) {
        roles.follow(tx, new Source(provider, Origin.SCIM), person, groups, providers.rules(tx, provider));
    }

    /**
     * Ends what a person has at the clients that the provider serves: roles, keys, and every session, with what a sign-in by
     * the provider gave. A provider of the whole installation ends everything but an operator's role.
     */
    public void end(Tx tx, UUID provider, PersonId person) {
        for (var origin : Origin.values()) {
            var source = new Source(provider, origin);
            roles.follow(tx, source, person, Set.of(), List.of());
        }
        var serves = providers.get(provider).settings().serves();
        Set<ClientId> at = new HashSet<>();
        if (serves == null) {
            for (var grant : directories.held(tx, person)) {
                if (grant.client() != null) {
                    at.add(grant.client());
                }
            }
        } else {
            serves.forEach(id -> at.add(new ClientId(id)));
        }
        directories.end(tx, new Grants.By(null, Origin.SCIM.text() + ":" + provider), person, at);
    }

    /** Lets go of a person: his links to the provider go; the account too when it is of no further use. */
    public void forget(Tx tx, UUID provider, PersonId person, boolean made) {
        store.unlink(tx, provider, person);
        if (made) {
            directories.removeUnused(tx, person);
        }
    }

    /** What is remembered of the person is read anew; after the commit. */
    public void changed(PersonId person) {
        directories.changed(person);
    }
}
