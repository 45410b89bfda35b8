package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * What operators, and those who manage people at a client, may do to an account: end its sessions, switch it off and on. It
 * stands in the log of each client where the person holds a role before it is in force, and the person is told. A client's
 * managers reach only whom nobody else relies on: all that he holds must be theirs to give. Thread-safe.
 */
@Service
final class Stewards {
    private static final Logger LOG = LoggerFactory.getLogger(Stewards.class);
    private static final Set<Role> OF_A_WORKFORCE = Set.of(Role.ANNOTATOR, Role.REVIEWER);

    private final TenantScope scope;
    private final Grants grants;
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Told told;
    private final ObjectProvider<SwitchedOff> work;
    private final PersonStore people = new PersonStore();

    /** Who is told, and when. */
    @org.springframework.stereotype.Component
    record Told(AccountLog log, Clock clock) {}

    Stewards(
            TenantScope scope,
            Grants grants,
            Sessions sessions,
            ApiKeys keys,
            Told told,
            ObjectProvider<SwitchedOff> work) {
        this.scope = scope;
        this.grants = grants;
        this.sessions = sessions;
        this.keys = keys;
        this.told = told;
        this.work = work;
    }

    /** Whether a client's caller may act upon this account: not his own, and nothing of it lies beyond his right. */
    boolean reaches(ClientCaller caller, PersonId person) {
        var held = grants.of(person);
        if (person.equals(caller.person()) || held.isEmpty()) {
            return false;
        }
        return held.stream().allMatch(grant -> caller.client().id().equals(grant.client()) && isOfHis(caller, grant));
    }

    private static boolean isOfHis(ClientCaller caller, Grant grant) {
        return caller.is(Role.REQUESTER)
                || caller.workforce() != null
                        && caller.workforce().equals(grant.workforce())
                        && OF_A_WORKFORCE.contains(grant.role());
    }

    /** @throws EtalonException not found, for whom the caller does not see; forbidden beyond his right */
    void requireReach(ClientCaller caller, PersonId person) {
        requireSight(caller, person);
        if (!reaches(caller, person)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN,
                    "Your right does not reach this account; an operator of the installation may.");
        }
    }

    /** @throws EtalonException not found, for whom the caller does not see */
    void requireSight(ClientCaller caller, PersonId person) {
        var client = caller.client().id();
        var workforce = grants.workforceAt(person, client);
        var sees = caller.is(Role.REQUESTER)
                || caller.workforce() != null && caller.workforce().equals(workforce);
        if (!sees || grants.rolesAt(person, client).isEmpty()) {
            throw EtalonException.notFound();
        }
    }

    /** @throws EtalonException not found; forbidden, for one's own account */
    void requireOther(Caller operator, PersonId person) {
        if (operator.person().equals(person)) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "Another operator does this to your account.");
        }
        if (scope.control(tx -> people.find(tx, person)).isEmpty()) {
            throw EtalonException.notFound();
        }
    }

    /** Ends all sessions of a person, here at once. */
    void endSessions(Grants.By by, PersonId person) {
        scope.controlDo(tx -> {
            told.log().tell(tx, by, person, AccountNotices.Act.SESSIONS_ENDED);
            sessions.endAll(tx, person);
        });
        sessions.forgetAll();
    }

    /** Switches an account off: sessions end, keys sleep, and what its person holds goes to others. Twice is once. */
    void disable(Grants.By by, PersonId person) {
        scope.controlDo(tx -> {
            if (people.disable(tx, person, by.person(), told.clock().instant())) {
                told.log().tell(tx, by, person, AccountNotices.Act.DISABLED);
            }
            sessions.endAll(tx, person);
        });
        sessions.forgetAll();
        keys.forgetAll();
        for (var client : AccountLog.clients(grants.of(person))) {
            freed(client, person, by);
        }
    }

    /** The account is off already, and an open lease lapses by itself; it is taken back now where that can be done. */
    private void freed(ClientId client, PersonId person, Grants.By by) {
        try {
            work.forEach(one -> one.off(client, person, by));
        } catch (EtalonException e) {
            LOG.warn(
                    "work stays with a disabled person until it lapses client={} code={}",
                    client,
                    e.code().name());
        }
    }

    /** Switches an account on again; nothing that ended comes back but its keys. Twice is once. */
    void enable(Grants.By by, PersonId person) {
        scope.controlDo(tx -> {
            if (people.enable(tx, person)) {
                told.log().tell(tx, by, person, AccountNotices.Act.ENABLED);
            }
        });
        keys.forgetAll();
        for (var client : AccountLog.clients(grants.of(person))) {
            work.forEach(one -> one.on(client, person));
        }
    }
}
