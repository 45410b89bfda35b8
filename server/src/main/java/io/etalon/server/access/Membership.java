package io.etalon.server.access;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person is at one client.
 *
 * @param roles never empty
 * @param workforce the one workforce he works for there, if any
 */
public record Membership(
        Person person, Set<Role> roles, @Nullable UUID workforce) {
    public Membership {
        roles = Set.copyOf(roles);
    }
}
