package io.etalon.server.pay;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Person;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** People of pay: pseudonyms for a client's eyes, names for who employs them. Thread-safe. */
@Component
final class PayPeople {
    private final TenantScope scope;
    private final Grants grants;
    private final AuditLog audit;

    PayPeople(TenantScope scope, Grants grants, AuditLog audit) {
        this.scope = scope;
        this.grants = grants;
        this.audit = audit;
    }

    private Map<UUID, String> pseudonyms(ClientCaller caller, java.util.Collection<UUID> people) {
        return scope.client(caller.client().id(), tx -> {
            var names = new HashMap<UUID, String>();
            for (var person : people) {
                names.computeIfAbsent(person, id -> audit.pseudonym(tx, new PersonId(id)));
            }
            return names;
        });
    }

    /** Names of those whom the caller employs: the people of the workforce that he manages. */
    private Map<UUID, String> names(ClientCaller caller) {
        if (!caller.is(Role.WORKFORCE_MANAGER)) {
            return Map.of();
        }
        return grants.members(caller.client().id()).stream()
                .filter(member -> Objects.equals(member.workforce(), caller.workforce()))
                .map(Membership::person)
                .collect(Collectors.toMap(person -> person.id().value(), Person::name, (one, same) -> one));
    }

    List<PayBodies.StatementView> views(ClientCaller caller, List<StatementStore.Statement> statements) {
        var pseudonyms = pseudonyms(
                caller,
                statements.stream().map(StatementStore.Statement::person).toList());
        var names = names(caller);
        return statements.stream()
                .map(one -> new PayBodies.StatementView(
                        one.number(),
                        one.month().toString(),
                        String.valueOf(pseudonyms.get(one.person())),
                        names.get(one.person()),
                        one.workforce(),
                        one.currency(),
                        Money.exact(one.exact()),
                        one.amount().toPlainString(),
                        one.closedAt(),
                        one.paidAt(),
                        one.reference()))
                .toList();
    }

    PayBodies.FullView view(ClientCaller caller, Statements.Full full) {
        return new PayBodies.FullView(
                views(caller, List.of(full.statement())).getFirst(),
                full.lines().stream().map(PayBodies.LineView::of).toList());
    }

    List<PayBodies.EntryView> entries(ClientCaller caller, List<Entries.Entry> entries) {
        var pseudonyms =
                pseudonyms(caller, entries.stream().map(Entries.Entry::person).toList());
        return entries.stream()
                .map(one -> PayBodies.EntryView.of(one, String.valueOf(pseudonyms.get(one.person()))))
                .toList();
    }

    /** Whom a pseudonym means, and for whom he works or worked. */
    record Payee(PersonId person, @Nullable UUID workforce) {}

    /** @throws EtalonException invalid, when it is nobody's whom the caller pays */
    Payee payee(ClientCaller caller, String pseudonym) {
        var client = caller.client().id();
        var known = new LinkedHashMap<UUID, Payee>();
        scope.clientDo(
                client,
                tx -> tx.db()
                        .sql("select distinct on (person) person, workforce from pay_entry order by person, id desc")
                        .query(row -> {
                            var person = row.getObject("person", UUID.class);
                            known.put(person, new Payee(new PersonId(person), row.getObject("workforce", UUID.class)));
                        }));
        for (var member : grants.members(client)) {
            var person = member.person().id();
            known.put(person.value(), new Payee(person, member.workforce()));
        }
        return scope.client(client, tx -> named(tx, List.copyOf(known.values()), pseudonym));
    }

    private Payee named(Tx tx, List<Payee> known, String pseudonym) {
        for (var payee : known) {
            if (audit.pseudonym(tx, payee.person()).equals(pseudonym)) {
                return payee;
            }
        }
        throw EtalonException.invalidAt("/person", "must be the pseudonym of somebody who works or worked here");
    }
}
