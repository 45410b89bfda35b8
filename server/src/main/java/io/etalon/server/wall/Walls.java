package io.etalon.server.wall;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.ownership.Stakes;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Profiles;
import io.etalon.server.workforce.Workforce;
import io.etalon.server.workforce.Workforces;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * Decides whether a wall stands between somebody and what he wants. From memory, which is read from the primary database
 * and good for one epoch of it: a change made by this server counts from its commit on, one made by another server within
 * a second. Thread-safe.
 */
@Service
public final class Walls {
    public static final ErrorCode DENIED = ErrorCode.of("wall", ErrorKind.FORBIDDEN, "A wall keeps you from this work");

    private final TenantScope scope;
    private final Stakes stakes;
    private final Workforces workforces;
    private final Profiles profiles;
    private final AuditLog audit;
    private final ObjectProvider<HeldQualifications> held;
    private final Engagements engagements;
    private final WallStore store = new WallStore();
    /** Read while something is decided and done on it, written while what it is decided from changes. */
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile @Nullable WallSnapshot snapshot;

    /** What walls are decided from. */
    @Component
    record Facts(Stakes stakes, Workforces workforces, Profiles profiles, ObjectProvider<HeldQualifications> held) {}

    Walls(TenantScope scope, Facts facts, AuditLog audit, Ids ids) {
        this.scope = scope;
        this.stakes = facts.stakes();
        this.workforces = facts.workforces();
        this.profiles = facts.profiles();
        this.held = facts.held();
        this.audit = audit;
        this.engagements = new Engagements(scope, ids);
    }

    /**
     * Decides and, where something is shown, writes that this person works for this client from now on; that is what
     * decides a race between two rivals.
     *
     * @param workforce for which the person works at the client; null for the client's own staff
     */
    public Optional<Denial> decide(ClientId client, PersonId person, @Nullable UUID workforce, Act act) {
        var facts = facts();
        var denial = byRules(facts, client, person, workforce, act);
        if (denial.isPresent() || !act.shows()) {
            return denial;
        }
        return engagements.engage(client, person, facts.mark.epoch()).map(id -> facts.conflict(client, id));
    }

    /** What {@link #decide} would say, without a trace. */
    public Optional<Denial> look(ClientId client, PersonId person, @Nullable UUID workforce, Act act) {
        return look(facts(), client, person, workforce, act);
    }

    Optional<Denial> look(WallSnapshot facts, ClientId client, PersonId person, @Nullable UUID workforce, Act act) {
        var denial = byRules(facts, client, person, workforce, act);
        return denial.isPresent() || !act.shows() || !facts.hasConflict(client)
                ? denial
                : Optional.ofNullable(engagements.kept(client).get(person)).map(id -> facts.conflict(client, id));
    }

    /** A workforce as a whole: who owns the vendor whose people they are. */
    public Optional<Denial> look(ClientId client, UUID workforce) {
        return look(facts(), client, workforce);
    }

    Optional<Denial> look(WallSnapshot facts, ClientId client, UUID workforce) {
        return facts.owner(client, workforce, id -> workforces.find(client, id).map(Workforce::organisation));
    }

    /**
     * Lets pass, or refuses in the client's log before in the answer.
     *
     * @throws EtalonException forbidden, naming the rule
     */
    public void require(ClientCaller caller, @Nullable ProjectId project, Act act) {
        var denial = decide(caller.client().id(), caller.person(), caller.workforce(), act);
        if (denial.isPresent()) {
            throw refused(caller.client().id(), caller.person(), caller.via(), project, act, denial.get());
        }
    }

    /** Writes a denial to the client's log; returns what is to be thrown. */
    EtalonException refused(
            ClientId client,
            @Nullable PersonId person,
            String via,
            @Nullable ProjectId project,
            Act act,
            Denial denial) {
        scope.clientDo(
                client,
                tx -> audit.append(
                        tx,
                        AuditEvent.of(AuditOp.WALL_DENY, person, via, project)
                                .with("act", act.key())
                                .with("rule", denial.rule().toString())
                                .with("version", denial.version())));
        return refusal(denial);
    }

    /** The answer to who is refused. */
    public static EtalonException refusal(Denial denial) {
        return new EtalonException(DENIED, denial.detail());
    }

    /** Does something during which no decision becomes old: a change waits for it, and it for a change. */
    public <T extends @Nullable Object> T steady(Supplier<T> work) {
        lock.readLock().lock();
        try {
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Does a change that commits before it returns; from then on everything is decided from the new state. */
    <T> T change(Supplier<T> change) {
        lock.writeLock().lock();
        try {
            var made = change.get();
            read();
            return made;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Looks whether another server changed something; returns whether it did. */
    boolean refresh() {
        var known = snapshot;
        if (known != null && known.mark.equals(scope.control(store::mark))) {
            return false;
        }
        change(() -> Boolean.TRUE);
        return true;
    }

    WallSnapshot facts() {
        var known = snapshot;
        return known == null ? read() : known;
    }

    private synchronized WallSnapshot read() {
        // Forgotten first: when the database does not answer, nothing is decided rather than the old.
        snapshot = null;
        var read = scope.control(tx -> {
            // First: what another server changes after it has a higher epoch, and is read anew.
            var mark = store.mark(tx);
            var rules = store.inForce(tx);
            var organisations = store.organisations(tx);
            var conflicts = engagements.reconcile(tx, rules, organisations);
            return new WallSnapshot(mark, rules, stakes.on(tx, null), organisations, conflicts);
        });
        snapshot = read;
        return read;
    }

    Engagements engagements() {
        return engagements;
    }

    /** What all rules but a conflict say, from memory. */
    Optional<Denial> byRules(WallSnapshot facts, ClientId client, PersonId person, @Nullable UUID workforce, Act act) {
        for (var rule : facts.rules(client)) {
            if (!rule.terms().concerns(act, workforce != null)) {
                continue;
            }
            var denied = switch (rule.terms()) {
                case Terms.Owner owner ->
                    workforce != null
                            && look(facts, client, workforce)
                                    .filter(denial -> denial.rule().equals(rule.id()))
                                    .isPresent();
                case Terms.Country country -> {
                    var own = profiles.of(client, person).country();
                    yield own == null || !country.countries().contains(own);
                }
                case Terms.Licence licence -> {
                    var source = held.getIfAvailable();
                    yield source == null
                            || source.of(client, person).stream().noneMatch(licence.qualifications()::contains);
                }
                // Decided by the constraint, and by the second person's word.
                case Terms.Rival rival -> false;
                case Terms.TwoPersons both -> false;
            };
            if (denied) {
                return Optional.of(Denial.by(rule));
            }
        }
        return Optional.empty();
    }
}
