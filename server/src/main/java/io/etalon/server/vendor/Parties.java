package io.etalon.server.vendor;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** For whom people work and worked, by the cell's table {@code party}. Thread-safe. */
@Component
final class Parties {
    private record Seen(ClientId client, PersonId person, UUID workforce) {}

    private final TenantScope scope;
    private final Grants grants;
    /** Those whose row is known to be there; a lease costs no query but the first one. */
    private final Set<Seen> seen = ConcurrentHashMap.newKeySet();

    Parties(TenantScope scope, Grants grants) {
        this.scope = scope;
        this.grants = grants;
    }

    /** Tells for whom somebody gave an answer. */
    static final class Register {
        private final Map<PersonId, NavigableMap<Instant, UUID>> parties;
        private final Map<PersonId, UUID> members;

        Register(Map<PersonId, NavigableMap<Instant, UUID>> parties, Map<PersonId, UUID> members) {
            this.parties = parties;
            this.members = members;
        }

        /** Null for the client's own people. */
        @Nullable
        UUID at(PersonId person, Instant moment) {
            var known = parties.get(person);
            if (known == null) {
                return members.get(person);
            }
            var entry = known.floorEntry(moment);
            return (entry == null ? known.firstEntry() : entry).getValue();
        }

        /** For whom each works now, or worked last, by person. */
        Map<UUID, UUID> all() {
            var all = new HashMap<UUID, UUID>();
            parties.forEach(
                    (person, known) -> all.put(person.value(), known.lastEntry().getValue()));
            members.forEach((person, workforce) -> all.put(person.value(), workforce));
            return all;
        }

        /** For whom somebody works now, or worked last. */
        @Nullable
        UUID now(PersonId person) {
            var member = members.get(person);
            return member == null ? at(person, Instant.MAX) : member;
        }
    }

    /** Notes that somebody works for a workforce. */
    void seen(ClientId client, PersonId person, UUID workforce) {
        var one = new Seen(client, person, workforce);
        if (!seen.contains(one)) {
            scope.clientDo(client, tx -> note(tx, person, workforce));
            seen.add(one);
        }
    }

    /** The same for all people of a workforce, before they leave. */
    void leaving(ClientId client, UUID workforce, Collection<Membership> people) {
        scope.clientDo(client, tx -> people.forEach(one -> note(tx, one.person().id(), workforce)));
        // Who comes back begins anew.
        seen.removeIf(one -> one.client().equals(client) && one.workforce().equals(workforce));
    }

    private static void note(Tx tx, PersonId person, UUID workforce) {
        tx.db()
                .sql("""
                        insert into party (person, workforce)
                        select :person, :workforce
                        where :workforce is distinct from
                          (select workforce from party where person = :person order by since desc limit 1)
                        on conflict do nothing""")
                .param("person", person.value())
                .param("workforce", workforce)
                .update();
    }

    /** Everybody at once. */
    Register register(ClientId client) {
        var parties = new HashMap<PersonId, NavigableMap<Instant, UUID>>();
        scope.clientDo(
                client,
                tx -> tx.db().sql("select person, workforce, since from party").query(row -> {
                    parties.computeIfAbsent(
                                    new PersonId(row.getObject("person", UUID.class)), person -> new TreeMap<>())
                            .put(
                                    row.getObject("since", OffsetDateTime.class).toInstant(),
                                    row.getObject("workforce", UUID.class));
                }));
        var members = new HashMap<PersonId, UUID>();
        for (var member : grants.members(client)) {
            var workforce = member.workforce();
            if (workforce != null) {
                members.put(member.person().id(), workforce);
            }
        }
        return new Register(parties, members);
    }

    /** Who works for a workforce now. */
    List<Membership> members(ClientId client, UUID workforce) {
        return grants.members(client).stream()
                .filter(member -> workforce.equals(member.workforce()))
                .toList();
    }
}
