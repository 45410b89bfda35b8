package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control tables {@code conflict}, {@code engaged} and {@code engagement}. Times are the database's. */
final class EngagementStore {
    /** "walls" in ASCII. */
    private static final long LOCK = 0x7761_6C6C_73L;

    /** The client of a row that keeps a person from both. */
    static final UUID NEITHER = new UUID(0, 0);

    /** When a person first and last saw something of a client. */
    record Past(PersonId person, ClientId client, OffsetDateTime first, OffsetDateTime last) {}

    /** The time, from when on no conflict comes or goes until the transaction ends. */
    OffsetDateTime enter(Tx tx, @Nullable OffsetDateTime at) {
        tx.db().sql("select pg_advisory_xact_lock_shared(?)").param(LOCK).query(row -> {});
        return tx.db()
                .sql("select coalesce(?::timestamptz, clock_timestamp())")
                .param(at)
                .query(OffsetDateTime.class)
                .single();
    }

    /** Nobody is engaged, and no conflict comes or goes, until the transaction ends. */
    void lock(Tx tx) {
        tx.db().sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
    }

    List<Conflict> conflicts(Tx tx) {
        return tx.db()
                .sql("select * from conflict order by id")
                .query((row, n) -> new Conflict(
                        row.getObject("id", UUID.class),
                        new ClientId(row.getObject("low", UUID.class)),
                        new ClientId(row.getObject("high", UUID.class)),
                        row.getInt("days")))
                .list();
    }

    List<Conflict> conflicts(Tx tx, ClientId client) {
        return conflicts(tx).stream().filter(conflict -> conflict.isOf(client)).toList();
    }

    void saw(Tx tx, ClientId client, PersonId person, OffsetDateTime at) {
        tx.db().sql("""
                insert into engaged (person, client, first_view, last_view) values (?, ?, ?, ?)
                on conflict (person, client) do update set
                  first_view = least(engaged.first_view, excluded.first_view),
                  last_view = greatest(engaged.last_view, excluded.last_view)
                """).params(person.value(), client.value(), at, at).update();
    }

    /** Whether the person is engaged for this side of the conflict now; the constraint says no. */
    boolean engage(Tx tx, Conflict conflict, ClientId client, PersonId person, OffsetDateTime at) {
        var until = at.plusSeconds(conflict.seconds());
        var longer = tx.db()
                .sql("""
                update engagement set during = tstzrange(lower(during), greatest(upper(during), ?))
                where person = ? and conflict = ? and client = ? and during @> ?
                """)
                .params(until, person.value(), conflict.id(), client.value(), at)
                .update();
        return longer > 0 || insert(tx, conflict, client.value(), person, at, until);
    }

    /** Waits for a rival's transaction that is under way; false when it is, or was, there first. */
    boolean insert(Tx tx, Conflict conflict, UUID client, PersonId person, OffsetDateTime from, OffsetDateTime until) {
        return tx.db()
                        .sql("""
                        insert into engagement (person, conflict, client, during)
                        values (?, ?, ?, tstzrange(?, ?)) on conflict do nothing
                        """)
                        .params(person.value(), conflict.id(), client, from, until)
                        .update()
                == 1;
    }

    void insert(Tx tx, Conflict conflict) {
        tx.db()
                .sql("insert into conflict (id, low, high, days) values (?, ?, ?, ?)")
                .params(conflict.id(), conflict.low().value(), conflict.high().value(), conflict.days())
                .update();
    }

    /** With its engagements. */
    void delete(Tx tx, Conflict conflict) {
        tx.db().sql("delete from conflict where id = ?").param(conflict.id()).update();
    }

    List<Past> past(Tx tx, Conflict conflict) {
        return tx.db()
                .sql("select * from engaged where client in (?, ?) order by person, last_view")
                .params(conflict.low().value(), conflict.high().value())
                .query((row, n) -> new Past(
                        new PersonId(row.getObject("person", UUID.class)),
                        new ClientId(row.getObject("client", UUID.class)),
                        row.getObject("first_view", OffsetDateTime.class),
                        row.getObject("last_view", OffsetDateTime.class)))
                .list();
    }

    /** Whom a conflict keeps from this client now, and which one. */
    Map<PersonId, UUID> kept(Tx tx, ClientId client) {
        var kept = new HashMap<PersonId, UUID>();
        tx.db().sql("""
                select e.person, e.conflict from engagement e join conflict c on c.id = e.conflict
                where (c.low = ? or c.high = ?) and e.client <> ? and e.during @> clock_timestamp()
                """).params(client.value(), client.value(), client.value()).query(row -> {
            kept.put(new PersonId(row.getObject("person", UUID.class)), row.getObject("conflict", UUID.class));
        });
        return kept;
    }

    /** Who has seen something of one of these clients in the last so many seconds. */
    Set<PersonId> seen(Tx tx, Collection<ClientId> clients, long seconds) {
        return new HashSet<>(tx.db()
                .sql("""
                select distinct person from engaged
                where client = any(?) and last_view + make_interval(secs => ?) > clock_timestamp()
                """)
                .param(clients.stream().map(ClientId::value).toArray(UUID[]::new))
                .param(seconds)
                .query((row, n) -> new PersonId(row.getObject("person", UUID.class)))
                .list());
    }
}
