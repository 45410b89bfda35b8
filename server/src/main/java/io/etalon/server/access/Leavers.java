package io.etalon.server.access;

import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * How all people of a workforce leave a client at once: roles, keys and invitations end in one transaction, and with them
 * every way in. A session is its person's and may serve at other clients; it ends where nothing is left for it. Thread-safe.
 */
@Service
public final class Leavers {
    private final Grants grants;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final GrantStore store = new GrantStore();

    Leavers(Grants grants, ApiKeys keys, Sessions sessions) {
        this.grants = grants;
        this.keys = keys;
        this.sessions = sessions;
    }

    /**
     * Takes the roles that people hold for a workforce, and their keys for the client; ends its open invitations. Written to the
     * client's log before it takes effect. Call {@link #left} after the commit.
     *
     * @param tx on the control database
     * @return who left, with the roles they had
     */
    public List<Membership> leave(Tx tx, Grants.By by, ClientId client, UUID workforce) {
        var leaving = new ArrayList<Membership>();
        for (var member : store.members(tx, client)) {
            if (workforce.equals(member.workforce())) {
                leaving.add(member);
                for (var role : store.leave(tx, member.person().id(), client, workforce)) {
                    grants.write(client, AuditOp.REVOKE, by, member.person().id(), role, null);
                }
                tx.db()
                        .sql("delete from api_key where person = ? and client = ?")
                        .params(member.person().id().value(), client.value())
                        .update();
            }
        }
        tx.db()
                .sql("delete from invitation where client = ? and workforce = ?")
                .params(client.value(), workforce)
                .update();
        return leaving;
    }

    /** What these people may do is looked up anew; can be repeated. */
    public void left(Collection<PersonId> people) {
        keys.forgetAll();
        for (var person : people) {
            grants.changed(person);
            if (grants.of(person).isEmpty()) {
                sessions.closeOthers(person, null);
            }
        }
    }
}
