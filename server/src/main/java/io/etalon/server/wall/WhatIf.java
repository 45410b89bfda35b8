package io.etalon.server.wall;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.ownership.Stake;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/** Whom other rules, or another stake, would keep out, before they do. Changes nothing. Thread-safe. */
@Service
final class WhatIf {
    private final Walls walls;
    private final Closings closings;
    private final Grants grants;
    private final ObjectProvider<WorkInHand> work;
    private final Ids ids;
    private final Clock clock;

    WhatIf(Walls walls, Closings closings, Grants grants, ObjectProvider<WorkInHand> work, Ids ids, Clock clock) {
        this.walls = walls;
        this.closings = closings;
        this.grants = grants;
        this.work = work;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Who would be stopped that is not now.
     *
     * @param people all of them, those of stopped workforces among them
     * @param loads what these people hold and what waits, by project
     */
    record Stopped(List<Closings.Kept> subjects, Set<PersonId> people, List<WorkInHand.Load> loads) {}

    /**
     * @param more terms as if they were rules in force besides those that are
     * @param stake as if it were held today; null for none
     */
    Stopped stopped(ClientId client, List<Terms> more, @Nullable Stake stake) {
        var facts = walls.facts();
        var rules = new ArrayList<>(facts.rules(client));
        for (var terms : more) {
            rules.add(new WallRule(ids.next(), 1, terms, true, EngagementStore.NEITHER, clock.instant()));
        }
        var other = facts.with(client, rules, stake == null ? facts.holdings : facts.holdings.with(stake));
        var members = grants.members(client);
        var now = closings.kept(facts, client, members);
        var then = new HashMap<>(closings.kept(other, client, members));
        seen(other, client, members, rules.subList(facts.rules(client).size(), rules.size()), then);
        then.keySet().removeAll(now.keySet());
        var people = new HashSet<PersonId>();
        then.values().forEach(kept -> people.addAll(kept.people()));
        now.values().forEach(kept -> people.removeAll(kept.people()));
        var engine = work.getIfAvailable();
        return new Stopped(
                List.copyOf(then.values()), people, engine == null ? List.of() : engine.load(client, people));
    }

    /** People who have seen something of a rival; the conflict itself is not there before the rule is. */
    private void seen(
            WallSnapshot facts,
            ClientId client,
            List<Membership> members,
            List<WallRule> added,
            Map<UUID, Closings.Kept> then) {
        for (var rule : added) {
            if (rule.terms() instanceof Terms.Rival rival) {
                var rivals = new HashSet<>(facts.clients(rival.competitors()));
                rivals.remove(client);
                var seen = walls.engagements().seen(rivals, rival.days());
                for (var member : members) {
                    var person = member.person().id();
                    if (seen.contains(person)
                            && !then.containsKey(member.workforce())
                            && (member.roles().contains(Role.ANNOTATOR)
                                    || member.roles().contains(Role.REVIEWER))) {
                        then.putIfAbsent(
                                person.value(),
                                Closings.kept(person.value(), "person", Denial.by(rule), Set.of(person)));
                    }
                }
            }
        }
    }
}
