package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Where it is told that something was done to an account: the logs of all clients where its person holds a role, which commit
 * first, and what he himself is shown. Thread-safe.
 */
@Component
final class AccountLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLog.class);

    private final TenantScope scope;
    private final Grants grants;
    private final AuditLog audit;
    private final AccountNotices notices;

    AccountLog(TenantScope scope, Grants grants, AuditLog audit, AccountNotices notices) {
        this.scope = scope;
        this.grants = grants;
        this.audit = audit;
        this.notices = notices;
    }

    void tell(Tx tx, Grants.By by, PersonId person, AccountNotices.Act act) {
        for (var client : clients(grants.of(person))) {
            scope.clientDo(
                    client,
                    cell -> audit.append(
                            cell,
                            AuditEvent.of(AuditOp.ACCOUNT, by.person(), by.via(), null)
                                    .with("act", act.text())
                                    .with("person", audit.pseudonym(cell, person))));
        }
        notices.tell(tx, person, act, by.person());
        LOG.info("account act={} person={} by={}", act.text(), person, by.person());
    }

    /** The clients at which roles are held, each once. */
    static Set<ClientId> clients(List<Grant> held) {
        var clients = new LinkedHashSet<ClientId>();
        for (var grant : held) {
            var client = grant.client();
            if (client != null) {
                clients.add(client);
            }
        }
        return clients;
    }
}
