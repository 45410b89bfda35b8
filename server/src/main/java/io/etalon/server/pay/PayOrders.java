package io.etalon.server.pay;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.PersonId;
import io.etalon.server.pay.StatementStore.Whose;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.vault.Identities;
import io.etalon.server.vault.Identity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Names and accounts for who pays: the only way by which any of the vault leaves it in the course of business. It stands in the
 * client's log, and in the vault before each person, before it is handed out. Thread-safe.
 */
@Component
final class PayOrders {
    private static final int MOST = 10_000;

    private final TenantScope scope;
    private final Identities identities;
    private final AuditLog audit;
    private final StatementStore store = new StatementStore();

    PayOrders(TenantScope scope, Identities identities, AuditLog audit) {
        this.scope = scope;
        this.identities = identities;
        this.audit = audit;
    }

    private record Order(StatementStore.Statement statement, String pseudonym) {}

    /** The unpaid statements of the caller's own workforce, an empty name where somebody entered none. */
    byte[] csv(ClientCaller caller) {
        var client = caller.client().id();
        var orders = scope.client(client, tx -> {
            var waiting = new ArrayList<Order>();
            for (var one : store.all(tx, new Whose(false, caller.workforce()), Long.MAX_VALUE, MOST)) {
                if (one.paidAt() == null && one.amount().signum() > 0) {
                    waiting.add(new Order(one, audit.pseudonym(tx, new PersonId(one.person()))));
                }
            }
            audit.append(
                    tx,
                    AuditEvent.of(AuditOp.PAY, caller.person(), caller.via(), null)
                            .with("act", "orders")
                            .with("statements", waiting.size()));
            return waiting;
        });
        var known = new HashMap<UUID, Identity>();
        for (var order : orders) {
            known.computeIfAbsent(
                    order.statement().person(),
                    person -> identities
                            .toPay(new PersonId(person), caller.person(), client)
                            .orElse(null));
        }
        var csv = new PayCsv(
                "statement",
                "month",
                "person",
                "legal_name",
                "address",
                "country",
                "tax_id",
                "account",
                "bank",
                "currency",
                "amount");
        for (var order : orders) {
            var one = order.statement();
            var identity = known.get(one.person());
            csv.row(
                    one.number(),
                    one.month(),
                    order.pseudonym(),
                    identity == null ? null : identity.legalName(),
                    identity == null ? null : identity.address(),
                    identity == null ? null : identity.country(),
                    identity == null ? null : identity.taxId(),
                    identity == null ? null : identity.account(),
                    identity == null ? null : identity.bank(),
                    one.currency(),
                    Money.exact(one.amount()));
        }
        return csv.bytes();
    }
}
