package io.etalon.server.wall;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.ownership.Holdings;
import io.etalon.server.ownership.RegisterWatch;
import io.etalon.server.ownership.Stake;
import io.etalon.server.ownership.Stakes;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Workforce;
import io.etalon.server.workforce.Workforces;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * What follows when walls close or open: once a change has committed, nothing is decided from the old state; then the open
 * work of those who are newly kept out is fenced, each client is told, and a row says what was done. What a crash cut off is
 * done by the pass that looks every second, which also hears of other servers' changes. Thread-safe.
 */
@Service
final class Closings implements RegisterWatch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Closings.class);
    private static final Set<Role> AT_WORK = Set.of(Role.ANNOTATOR, Role.REVIEWER);

    private final Walls walls;
    private final Ground ground;
    private final ObjectProvider<WorkInHand> work;
    private final ClosingStore store = new ClosingStore();
    private final ScheduledExecutorService passes = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wall-watch").factory());
    private volatile boolean behind = true;
    /** By client, the register that it was told of; and the clients before whom nothing is closed. Guarded by this. */
    private final Map<ClientId, Integer> told = new HashMap<>();

    private final Set<ClientId> open = new HashSet<>();
    private boolean complained;

    /** Where clients, people and news are. */
    @Component
    record Ground(
            TenantScope scope,
            Clients clients,
            Grants grants,
            Workforces workforces,
            Stakes stakes,
            AuditLog audit,
            Events events) {}

    Closings(Walls walls, Ground ground, ObjectProvider<WorkInHand> work) {
        this.walls = walls;
        this.ground = ground;
        this.work = work;
        passes.scheduleWithFixedDelay(this::pass, 1, 1, TimeUnit.SECONDS);
    }

    /** Someone whom a wall keeps out, and who works there. */
    record Kept(ClosingStore.Closed closed, Set<PersonId> people) {}

    @Override
    public <T> T around(Supplier<T> change) {
        var made = walls.change(change);
        behind = true;
        settle();
        return made;
    }

    private void pass() {
        try {
            if (walls.refresh() || behind) {
                settle();
            }
            complained = false;
        } catch (RuntimeException e) {
            behind = true;
            if (!complained) {
                LOG.warn("walls not looked at reason={}", e.toString());
            }
            complained = true;
        }
    }

    /** One after the other; each client by itself, so that one whose database is away holds up no other. */
    private synchronized void settle() {
        if (!behind) {
            return;
        }
        behind = false;
        var stakes = ground.stakes().all();
        for (var client : ground.clients().all()) {
            try {
                settle(client, stakes);
            } catch (RuntimeException e) {
                behind = true;
                LOG.warn("walls not settled client={} reason={}", client.id(), e.toString());
            }
        }
    }

    private void settle(Client client, List<Stake> stakes) {
        var id = client.id();
        var facts = walls.facts();
        if (!Objects.equals(told.get(id), stakes.hashCode())) {
            tell(id, stakes);
            told.put(id, stakes.hashCode());
        }
        var members = facts.rules(id).isEmpty() && !facts.hasConflict(id)
                ? List.<Membership>of()
                : ground.grants().members(id);
        var kept = kept(facts, id, members);
        if (kept.isEmpty() && open.contains(id)) {
            return;
        }
        open.remove(id);
        ground.scope().clientDo(id, tx -> compare(tx, id, kept));
        for (var closing : ground.scope().client(id, store::unfenced)) {
            // One that opened again before all was fenced is not fenced any further.
            fence(id, closing, kept.containsKey(closing.subject()) ? work.getIfAvailable() : null);
        }
        if (kept.isEmpty()) {
            open.add(id);
        }
    }

    private void compare(Tx tx, ClientId client, Map<UUID, Kept> kept) {
        if (!kept.isEmpty()) {
            store.lock(tx);
        }
        var before = store.closed(tx);
        kept.forEach((subject, now) -> {
            if (!before.containsKey(subject)) {
                store.report(tx, now.closed(), false, now.people().size());
                news(tx, client, now.closed(), false);
            }
            if (!now.closed().equals(before.get(subject))) {
                store.close(tx, now.closed());
            }
        });
        before.forEach((subject, closed) -> {
            if (!kept.containsKey(subject)) {
                store.open(tx, subject);
                store.report(tx, closed, true, 0);
                news(tx, client, closed, true);
            }
        });
    }

    private void news(Tx tx, ClientId client, ClosingStore.Closed closed, boolean opened) {
        ground.events()
                .append(
                        tx,
                        client,
                        null,
                        EventKind.WALL_CHANGED,
                        Map.of("subject", closed.subject(), "rule", closed.rule(), "opened", opened));
        var entry = AuditEvent.of(AuditOp.WALL_CHANGE, null, "system", null)
                .with("rule", closed.rule().toString())
                .with("version", closed.version())
                .with("state", opened ? "opened" : "closed");
        ground.audit()
                .append(
                        tx,
                        closed.kind().equals("workforce")
                                ? entry.with("workforce", closed.subject().toString())
                                : entry.with("person", ground.audit().pseudonym(tx, new PersonId(closed.subject()))));
        LOG.info(
                "wall {} client={} {}={} rule={}",
                opened ? "opened" : "closed",
                client,
                closed.kind(),
                closed.subject(),
                closed.rule());
    }

    /** Everybody whom the walls of a client keep out: workforces, and people of those that are let in. */
    Map<UUID, Kept> kept(WallSnapshot facts, ClientId client, List<Membership> members) {
        var kept = new HashMap<UUID, Kept>();
        if (facts.rules(client).isEmpty() && !facts.hasConflict(client)) {
            return kept;
        }
        for (var team : ground.workforces().all(client)) {
            walls.look(facts, client, team.id())
                    .ifPresent(denial ->
                            kept.put(team.id(), kept(team.id(), "workforce", denial, people(members, team.id()))));
        }
        var engaged = facts.hasConflict(client) ? walls.engagements().kept(client) : Map.<PersonId, UUID>of();
        for (var member : members) {
            if (member.roles().stream().noneMatch(AT_WORK::contains) || kept.containsKey(member.workforce())) {
                continue;
            }
            var person = member.person().id();
            walls.byRules(facts, client, person, member.workforce(), Act.LEASE)
                    .or(() -> Optional.ofNullable(engaged.get(person)).map(id -> facts.conflict(client, id)))
                    .ifPresent(
                            denial -> kept.put(person.value(), kept(person.value(), "person", denial, Set.of(person))));
        }
        return kept;
    }

    static Kept kept(UUID subject, String kind, Denial denial, Set<PersonId> people) {
        return new Kept(new ClosingStore.Closed(subject, kind, denial.rule(), denial.version()), people);
    }

    private static Set<PersonId> people(List<Membership> members, UUID workforce) {
        return members.stream()
                .filter(member -> workforce.equals(member.workforce()))
                .map(member -> member.person().id())
                .collect(Collectors.toSet());
    }

    private void fence(ClientId client, ClosingStore.Closing closing, @Nullable WorkInHand engine) {
        var people = closing.kind().equals("person")
                ? Set.of(new PersonId(closing.subject()))
                : people(ground.grants().members(client), closing.subject());
        var fenced = engine == null
                ? new WorkInHand.Fenced(0, 0, true)
                : engine.fence(client, people, closing.rule().toString());
        ground.scope().clientDo(client, tx -> store.fenced(tx, closing.id(), fenced));
        if (!fenced.complete()) {
            behind = true;
        }
    }

    /** Tells a client of the stakes above its vendors, each once when it is entered and once when it ends. */
    private void tell(ClientId client, List<Stake> stakes) {
        var vendors = ground.workforces().all(client).stream()
                .map(Workforce::organisation)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (vendors.isEmpty()) {
            return;
        }
        var above = new Holdings(stakes).upward(vendors);
        ground.scope().clientDo(client, tx -> {
            var seen = store.seen(tx);
            for (var stake : stakes) {
                var closed = stake.until() != null;
                if (above.contains(stake.held())
                        && !Optional.of(closed).equals(Optional.ofNullable(seen.get(stake.id())))) {
                    store.saw(tx, stake.id(), closed);
                    ground.events()
                            .append(
                                    tx,
                                    client,
                                    null,
                                    EventKind.OWNERSHIP_CHANGED,
                                    Map.of("stake", stake.id(), "ended", closed));
                    ground.audit()
                            .append(
                                    tx,
                                    AuditEvent.of(AuditOp.OWNERSHIP, null, "system", null)
                                            .with("stake", stake.id().toString())
                                            .with("state", closed ? "ended" : "held")
                                            .with("percent", stake.percent().toPlainString()));
                }
            }
        });
    }

    @Override
    public void close() {
        passes.close();
    }
}
