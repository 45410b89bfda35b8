package io.etalon.server.identity.scim;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.identity.Provisioning;
import io.etalon.server.identity.scim.Schemas.Kind;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The people of a directory. A change and what follows from it (an account, roles, their end) are one transaction on the
 * control database; entries in clients' logs are committed before it. Thread-safe.
 */
@Component
final class ScimUsers implements Resources {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final int MOST_EMAILS = 20;

    private final TenantScope scope;
    private final Provisioning provisioning;
    private final Ids ids;
    private final Clock clock;
    private final Shapes shapes;
    private final ScimUserStore store;
    private final ScimGroupStore groups = new ScimGroupStore();

    /** A user with the groups that he is in. */
    record Seen(ScimUser user, List<ScimGroupStore.Named> groups) {}

    ScimUsers(TenantScope scope, Provisioning provisioning, Ids ids, Clock clock, Shapes shapes, ObjectMapper json) {
        this.scope = scope;
        this.provisioning = provisioning;
        this.ids = ids;
        this.clock = clock;
        this.shapes = shapes;
        this.store = new ScimUserStore(json);
    }

    /** What a request says of a user. */
    private record Said(String userName, @Nullable String externalId, boolean active, ObjectNode attributes) {
        static Said of(JsonNode body) {
            var name = Json.text(body, "userName");
            if (name == null || name.isBlank() || name.length() > 300) {
                throw ScimFault.invalidValue("“userName” must have 1 to 300 characters.");
            }
            var attributes = JsonNodeFactory.instance.objectNode();
            var display = Json.text(body, "displayName");
            if (display != null) {
                attributes.put("displayName", display);
            }
            if (Json.member(body, "name") instanceof JsonNode parts) {
                var kept = attributes.putObject("name");
                for (var part : List.of("formatted", "familyName", "givenName")) {
                    var text = Json.text(parts, part);
                    if (text != null) {
                        kept.put(part, text);
                    }
                }
            }
            if (Json.member(body, "emails") instanceof JsonNode all) {
                emails(all, attributes);
            }
            var active = Json.truth(body, "active", true);
            if (Json.member(body, "active") != null) {
                attributes.put("active", active);
            }
            return new Said(name.strip(), Json.text(body, "externalId"), active, attributes);
        }

        private static void emails(JsonNode all, ObjectNode into) {
            if (!all.isArray() || all.size() > MOST_EMAILS) {
                throw ScimFault.invalidValue("“emails” must be a list of at most " + MOST_EMAILS + " addresses.");
            }
            var kept = into.putArray("emails");
            for (var one : all) {
                var value = Json.text(one, "value");
                if (value == null || value.length() > 245) {
                    throw ScimFault.invalidValue("Each of “emails” has a “value” of at most 245 characters.");
                }
                var email = kept.addObject().put("value", value);
                var type = Json.text(one, "type");
                if (type != null) {
                    email.put("type", type);
                }
                if (Json.member(one, "primary") != null) {
                    email.put("primary", Json.truth(one, "primary", false));
                }
            }
        }

        /** The primary address, or the first, or the name when it is one; else one that no mail reaches. */
        String address(UUID id) {
            String first = null;
            for (var one : attributes.path("emails")) {
                var value = one.path("value").asString("");
                if (one.path("primary").asBoolean(false)) {
                    return value;
                }
                first = first == null ? value : first;
            }
            if (first != null) {
                return first;
            }
            return userName.matches("[^\\s@]+@[^\\s@]+\\.[^\\s@]+") ? userName : id + "@scim.invalid";
        }

        String personName() {
            var display = attributes.path("displayName").asString("").strip();
            var parts = attributes.path("name");
            var formatted = parts.path("formatted").asString("").strip();
            var both = (parts.path("givenName").asString("") + " "
                            + parts.path("familyName").asString(""))
                    .strip();
            var name =
                    !display.isEmpty() ? display : !formatted.isEmpty() ? formatted : !both.isEmpty() ? both : userName;
            return name.length() > 200 ? name.substring(0, 200) : name;
        }
    }

    @Override
    public Kind kind() {
        return Kind.USERS;
    }

    @Override
    public Map<String, String> filters() {
        return ScimUserStore.FILTERS;
    }

    @Override
    public Shown get(UUID provider, UUID id) {
        return shown(scope.control(tx -> seen(tx, store.find(tx, provider, id).orElseThrow(ScimFault::notFound))));
    }

    private Shown shown(Seen seen) {
        return new Shown(seen.user().id(), seen.user().version(), shapes.user(seen));
    }

    private Seen seen(Tx tx, ScimUser user) {
        return new Seen(user, groups.of(tx, user.id()));
    }

    @Override
    public int count(UUID provider, Filter.Condition where) {
        return scope.control(tx -> store.count(tx, provider, where));
    }

    @Override
    public List<Shown> page(UUID provider, Filter.Condition where, int offset, int limit) {
        return scope
                .control(tx -> store.page(tx, provider, where, offset, limit).stream()
                        .map(user -> seen(tx, user))
                        .toList())
                .stream()
                .map(this::shown)
                .toList();
    }

    @Override
    public Shown create(UUID provider, JsonNode body) {
        var said = Said.of(body);
        said.attributes().put("active", said.active());
        var made = scope.control(tx -> {
            if (store.isTaken(tx, provider, said.userName(), NOBODY)) {
                throw ScimFault.uniqueness("A user has this name.");
            }
            var id = ids.next();
            var admitted = provisioning.admit(tx, provider, said.address(id), said.personName());
            if (store.holds(tx, provider, admitted.person())) {
                throw ScimFault.uniqueness("A user has this address.");
            }
            var now = clock.instant();
            var user = new ScimUser(
                    id,
                    admitted.person(),
                    said.userName(),
                    said.externalId(),
                    said.active(),
                    admitted.made(),
                    said.attributes(),
                    1,
                    now,
                    now);
            store.insert(tx, provider, user);
            if (!user.active()) {
                provisioning.end(tx, provider, user.person());
            }
            return seen(tx, user);
        });
        provisioning.changed(made.user().person());
        return shown(made);
    }

    @Override
    public Shown change(UUID provider, UUID id, @Nullable String ifMatch, UnaryOperator<ObjectNode> change) {
        var changed = scope.control(tx -> {
            var old = store.lock(tx, provider, id).orElseThrow(ScimFault::notFound);
            Versions.require(ifMatch, old.version());
            var said = Said.of(change.apply(Shapes.mutable(old)));
            if (store.isTaken(tx, provider, said.userName(), id)) {
                throw ScimFault.uniqueness("A user has this name.");
            }
            if (old.made()) {
                provisioning.rename(tx, old.person(), said.address(id), said.personName());
            }
            var user = new ScimUser(
                    id,
                    old.person(),
                    said.userName(),
                    said.externalId(),
                    said.active(),
                    old.made(),
                    said.attributes(),
                    old.version() + 1,
                    old.createdAt(),
                    clock.instant());
            store.update(tx, user);
            if (old.active() && !user.active()) {
                provisioning.end(tx, provider, user.person());
            } else if (!old.active() && user.active()) {
                follow(tx, provider, user);
            }
            return seen(tx, user);
        });
        provisioning.changed(changed.user().person());
        return shown(changed);
    }

    @Override
    public void delete(UUID provider, UUID id, @Nullable String ifMatch) {
        var gone = scope.control(tx -> {
            var user = store.lock(tx, provider, id).orElseThrow(ScimFault::notFound);
            Versions.require(ifMatch, user.version());
            provisioning.end(tx, provider, user.person());
            store.delete(tx, id);
            provisioning.forget(tx, provider, user.person(), user.made());
            return user.person();
        });
        provisioning.changed(gone);
    }

    private void follow(Tx tx, UUID provider, ScimUser user) {
        var names = groups.of(tx, user.id()).stream()
                .map(ScimGroupStore.Named::name)
                .toList();
        provisioning.follow(tx, provider, user.person(), names);
    }

    /** Makes the roles of these users what their groups stand for now; returns whose. */
    Set<PersonId> followAll(Tx tx, UUID provider, Set<UUID> users) {
        var people = new LinkedHashSet<PersonId>();
        // In one order, so that two changes of groups never wait for each other.
        for (var id : users.stream().sorted().toList()) {
            var user = store.lock(tx, provider, id);
            if (user.isPresent() && user.get().active()) {
                follow(tx, provider, user.get());
                people.add(user.get().person());
            }
        }
        return people;
    }
}
