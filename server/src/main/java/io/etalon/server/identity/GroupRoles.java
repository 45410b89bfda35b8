package io.etalon.server.identity;

import io.etalon.server.access.Directories;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.identity.IdentityStore.Held;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a person's roles what his groups say: gives what they newly stand for, takes what none of them stands for any more,
 * and never takes a role that somebody gave by hand. Each change is in the client's log before it is in force. Thread-safe.
 */
@Component
public final class GroupRoles {
    private static final Logger LOG = LoggerFactory.getLogger(GroupRoles.class);

    private final Directories directories;
    private final IdentityStore store = new IdentityStore();

    GroupRoles(Directories directories) {
        this.directories = directories;
    }

    private record Wanted(ClientId client, Role role) {}

    /** Call {@link Directories#changed} after the commit. */
    void follow(Tx tx, Source source, PersonId person, Collection<String> groups, List<GroupRule> rules) {
        var names = new HashSet<>(groups);
        var wanted = new LinkedHashMap<Wanted, @Nullable UUID>();
        for (var rule : rules) {
            if (names.contains(rule.group()) && directories.isThere(rule.client())) {
                wanted.putIfAbsent(new Wanted(rule.client(), rule.role()), rule.workforce());
            }
        }
        for (var held : store.held(tx, source.provider(), source.origin(), person)) {
            if (!wanted.containsKey(new Wanted(held.client(), held.role()))) {
                drop(tx, source, person, held);
            }
        }
        wanted.forEach((want, workforce) -> hold(tx, source, person, want, workforce));
    }

    /** Whose word it is. */
    record Source(UUID provider, Origin origin) {
        Grants.By by() {
            return new Grants.By(null, origin.text() + ":" + provider);
        }
    }

    private void hold(Tx tx, Source source, PersonId person, Wanted want, @Nullable UUID workforce) {
        try {
            var given = directories.give(tx, source.by(), person, want.client(), want.role(), workforce);
            store.hold(tx, source.provider(), source.origin(), person, new Held(want.client(), want.role(), given));
        } catch (EtalonException e) {
            // A wall or another workforce stands against it: the role is not given, what else he holds he keeps.
            LOG.warn(
                    "not granted provider={} role={} code={}",
                    source.provider(),
                    want.role().text(),
                    e.code().name());
        }
    }

    private void drop(Tx tx, Source source, PersonId person, Held held) {
        store.drop(tx, source.provider(), source.origin(), person, held);
        if (held.given() && !store.passOn(tx, person, held)) {
            directories.take(tx, source.by(), person, held.client(), held.role());
        }
    }
}
