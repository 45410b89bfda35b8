package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The control table {@code role_grant}. */
final class GrantStore {
    private record Row(Person person, Role role, @Nullable UUID workforce) {}

    List<Grant> of(Tx tx, PersonId person) {
        return tx.db()
                .sql("select role, client, workforce from role_grant where person = ? order by client, role")
                .param(person.value())
                .query((row, n) -> {
                    var client = row.getObject("client", UUID.class);
                    return new Grant(
                            Role.of(row.getString("role")),
                            client == null ? null : new ClientId(client),
                            row.getObject("workforce", UUID.class));
                })
                .list();
    }

    /** Whether the grant is new. */
    boolean insert(Tx tx, PersonId person, Grant grant, @Nullable PersonId by, Instant now) {
        var client = grant.client();
        return tx.db()
                        .sql("""
                        insert into role_grant (person, client, role, workforce, granted_by, granted_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing
                        """)
                        .param(person.value())
                        .param(client == null ? null : client.value())
                        .param(grant.role().text())
                        .param(grant.workforce())
                        .param(by == null ? null : by.value())
                        .param(Sql.time(now))
                        .update()
                == 1;
    }

    boolean delete(Tx tx, PersonId person, @Nullable ClientId client, Role role) {
        return tx.db()
                        .sql("delete from role_grant where person = ? and client is not distinct from ? and role = ?")
                        .param(person.value())
                        .param(client == null ? null : client.value())
                        .param(role.text())
                        .update()
                == 1;
    }

    /** Takes all roles that a person holds for a workforce; returns them. */
    List<Role> leave(Tx tx, PersonId person, ClientId client, UUID workforce) {
        return tx.db()
                .sql("delete from role_grant where person = ? and client = ? and workforce = ? returning role")
                .params(person.value(), client.value(), workforce)
                .query((row, n) -> Role.of(row.getString("role")))
                .list();
    }

    /** Members of a client in order of their names. */
    List<Membership> members(Tx tx, ClientId client) {
        var rows = tx.db()
                .sql("""
                        select p.id, p.email, p.name, p.locale, p.created_at, g.role, g.workforce
                        from role_grant g join person p on p.id = g.person
                        where g.client = ? order by p.name, p.id, g.role
                        """)
                .param(client.value())
                .query((row, n) -> {
                    var person = new Person(
                            new PersonId(row.getObject("id", UUID.class)),
                            row.getString("email"),
                            row.getString("name"),
                            row.getString("locale"),
                            Sql.instant(row, "created_at"));
                    return new Row(person, Role.of(row.getString("role")), row.getObject("workforce", UUID.class));
                })
                .list();
        var byPerson = new LinkedHashMap<PersonId, List<Row>>();
        for (var row : rows) {
            byPerson.computeIfAbsent(row.person().id(), id -> new ArrayList<>()).add(row);
        }
        return byPerson.values().stream().map(GrantStore::membership).toList();
    }

    private static Membership membership(List<Row> rows) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        UUID workforce = null;
        for (var row : rows) {
            roles.add(row.role());
            workforce = row.workforce() == null ? workforce : row.workforce();
        }
        return new Membership(rows.getFirst().person(), roles, workforce);
    }

    int holders(Tx tx, @Nullable ClientId client, Role role) {
        return tx.db()
                .sql("select count(*) from role_grant where client is not distinct from ? and role = ?")
                .param(client == null ? null : client.value())
                .param(role.text())
                .query(Integer.class)
                .single();
    }
}
