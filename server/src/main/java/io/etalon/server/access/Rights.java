package io.etalon.server.access;

import io.etalon.server.tenant.Client;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.stereotype.Service;

/** What a credential may be: a session as much as its person, a key only what both it and its maker hold. Thread-safe. */
@Service
final class Rights {
    private final Grants grants;

    Rights(Grants grants) {
        this.grants = grants;
    }

    /** Whether this credential may know that the client exists, being a member's. */
    boolean isMember(Credential credential, Client client) {
        var key = credential.key();
        return (key == null || client.id().equals(key.client()))
                && !grants.rolesAt(credential.caller().person(), client.id()).isEmpty();
    }

    /** The roles of this credential at the client; a set of its own. */
    Set<Role> at(Credential credential, Client client) {
        var key = credential.key();
        if (key != null && !client.id().equals(key.client())) {
            return EnumSet.noneOf(Role.class);
        }
        var roles = grants.rolesAt(credential.caller().person(), client.id());
        if (key != null) {
            roles.retainAll(key.roles());
        }
        return roles;
    }

    boolean isOperator(Credential credential) {
        var key = credential.key();
        return grants.isOperator(credential.caller().person())
                && (key == null || key.roles().contains(Role.OPERATOR));
    }
}
