package io.etalon.server.identity.scim;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.identity.Provisioning;
import io.etalon.server.identity.scim.Schemas.Kind;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The groups of a directory; who comes into one or leaves it gets or loses in the same transaction what it stands for. Thread-safe. */
@Component
final class ScimGroups implements Resources {
    private static final UUID NONE = new UUID(0, 0);
    private static final int MOST_MEMBERS = 20_000;

    private final TenantScope scope;
    private final Provisioning provisioning;
    private final ScimUsers users;
    private final Ids ids;
    private final Clock clock;
    private final Shapes shapes;
    private final ScimGroupStore store = new ScimGroupStore();

    ScimGroups(TenantScope scope, Provisioning provisioning, ScimUsers users, Ids ids, Clock clock, Shapes shapes) {
        this.scope = scope;
        this.provisioning = provisioning;
        this.users = users;
        this.ids = ids;
        this.clock = clock;
        this.shapes = shapes;
    }

    private record Said(String name, @Nullable String externalId, Set<UUID> members) {
        static Said of(JsonNode body) {
            var name = Json.text(body, "displayName");
            if (name == null || name.isBlank() || name.length() > 300) {
                throw ScimFault.invalidValue("“displayName” must have 1 to 300 characters.");
            }
            var members = new LinkedHashSet<UUID>();
            if (Json.member(body, "members") instanceof JsonNode all) {
                if (!all.isArray() || all.size() > MOST_MEMBERS) {
                    throw ScimFault.invalidValue("“members” must be a list of at most " + MOST_MEMBERS + ".");
                }
                for (var one : all) {
                    members.add(id(Json.text(one, "value")));
                }
            }
            return new Said(name.strip(), Json.text(body, "externalId"), members);
        }

        private static UUID id(@Nullable String text) {
            try {
                return UUID.fromString(String.valueOf(text));
            } catch (IllegalArgumentException e) {
                throw ScimFault.invalidValue("A member's “value” is the id of a user.");
            }
        }
    }

    @Override
    public Kind kind() {
        return Kind.GROUPS;
    }

    @Override
    public Map<String, String> filters() {
        return ScimGroupStore.FILTERS;
    }

    @Override
    public Shown get(UUID provider, UUID id) {
        return shown(scope.control(tx -> store.find(tx, provider, id).orElseThrow(ScimFault::notFound)));
    }

    private Shown shown(ScimGroup group) {
        return new Shown(group.id(), group.version(), shapes.group(group));
    }

    @Override
    public int count(UUID provider, Filter.Condition where) {
        return scope.control(tx -> store.count(tx, provider, where));
    }

    @Override
    public List<Shown> page(UUID provider, Filter.Condition where, int offset, int limit) {
        return scope.control(tx -> store.page(tx, provider, where, offset, limit)).stream()
                .map(this::shown)
                .toList();
    }

    /** A group as it is now, and whose roles have changed with it. */
    private record Outcome(ScimGroup group, Set<PersonId> people) {}

    @Override
    public Shown create(UUID provider, JsonNode body) {
        var said = Said.of(body);
        var outcome = scope.control(tx -> {
            var now = clock.instant();
            var id = ids.next();
            if (store.isTaken(tx, provider, said.name(), NONE)) {
                throw ScimFault.uniqueness("A group has this name.");
            }
            store.insert(tx, provider, new ScimGroup(id, said.name(), said.externalId(), List.of(), 1, now, now));
            store.setMembers(tx, provider, id, said.members());
            return new Outcome(
                    store.find(tx, provider, id).orElseThrow(ScimFault::notFound),
                    users.followAll(tx, provider, said.members()));
        });
        return told(outcome);
    }

    @Override
    public Shown change(UUID provider, UUID id, @Nullable String ifMatch, UnaryOperator<ObjectNode> change) {
        var outcome = scope.control(tx -> {
            var old = store.lock(tx, provider, id).orElseThrow(ScimFault::notFound);
            Versions.require(ifMatch, old.version());
            var said = Said.of(change.apply(Shapes.mutable(old)));
            if (store.isTaken(tx, provider, said.name(), id)) {
                throw ScimFault.uniqueness("A group has this name.");
            }
            store.update(
                    tx,
                    new ScimGroup(
                            id,
                            said.name(),
                            said.externalId(),
                            List.of(),
                            old.version() + 1,
                            old.createdAt(),
                            clock.instant()));
            store.setMembers(tx, provider, id, said.members());
            var before = idsOf(old);
            var affected = new HashSet<>(before);
            affected.addAll(said.members());
            if (said.name().equals(old.displayName())) {
                var stayed = new HashSet<>(before);
                stayed.retainAll(said.members());
                affected.removeAll(stayed);
            }
            return new Outcome(
                    store.find(tx, provider, id).orElseThrow(ScimFault::notFound),
                    users.followAll(tx, provider, affected));
        });
        return told(outcome);
    }

    @Override
    public void delete(UUID provider, UUID id, @Nullable String ifMatch) {
        var people = scope.control(tx -> {
            var old = store.lock(tx, provider, id).orElseThrow(ScimFault::notFound);
            Versions.require(ifMatch, old.version());
            store.delete(tx, id);
            return users.followAll(tx, provider, idsOf(old));
        });
        people.forEach(provisioning::changed);
    }

    private static Set<UUID> idsOf(ScimGroup group) {
        var all = new HashSet<UUID>();
        group.members().forEach(member -> all.add(member.user()));
        return all;
    }

    private Shown told(Outcome outcome) {
        outcome.people().forEach(provisioning::changed);
        return shown(outcome.group());
    }
}
