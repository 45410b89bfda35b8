package io.etalon.server.identity.scim;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.identity.scim.Schemas.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resources as SCIM's JSON, whole or with the attributes that were asked for. */
@Component
final class Shapes {
    private final String base;

    Shapes(ContentOrigin origin) {
        this.base = origin.appUrl() + "/scim/v2";
    }

    String base() {
        return base;
    }

    String location(Kind kind, UUID id) {
        return base + "/" + kind.folder() + "/" + id;
    }

    /** What a directory may change of a user. */
    static ObjectNode mutable(ScimUser user) {
        var all = user.attributes().deepCopy();
        all.put("userName", user.userName());
        if (user.externalId() != null) {
            all.put("externalId", user.externalId());
        }
        return all;
    }

    ObjectNode user(ScimUsers.Seen seen) {
        var user = seen.user();
        var all = start(Kind.USERS, user.id());
        all.setAll(mutable(user));
        if (!seen.groups().isEmpty()) {
            var groups = all.putArray("groups");
            for (var one : seen.groups()) {
                groups.addObject()
                        .put("value", one.id().toString())
                        .put("$ref", location(Kind.GROUPS, one.id()))
                        .put("display", one.name());
            }
        }
        meta(all, Kind.USERS, user.id(), user.version())
                .put("created", user.createdAt().toString())
                .put("lastModified", user.changedAt().toString());
        return all;
    }

    static ObjectNode mutable(ScimGroup group) {
        var all = JsonNodeFactory.instance.objectNode();
        all.put("displayName", group.displayName());
        if (group.externalId() != null) {
            all.put("externalId", group.externalId());
        }
        if (!group.members().isEmpty()) {
            var members = all.putArray("members");
            group.members()
                    .forEach(one -> members.addObject().put("value", one.user().toString()));
        }
        return all;
    }

    ObjectNode group(ScimGroup group) {
        var all = start(Kind.GROUPS, group.id());
        all.setAll(mutable(group));
        if (!group.members().isEmpty()) {
            var members = all.putArray("members");
            for (var one : group.members()) {
                members.addObject().put("value", one.user().toString()).put("$ref", location(Kind.USERS, one.user()));
            }
        }
        meta(all, Kind.GROUPS, group.id(), group.version())
                .put("created", group.createdAt().toString())
                .put("lastModified", group.changedAt().toString());
        return all;
    }

    private static ObjectNode start(Kind kind, UUID id) {
        var all = JsonNodeFactory.instance.objectNode();
        all.putArray("schemas").add(kind.schema());
        all.put("id", id.toString());
        return all;
    }

    private ObjectNode meta(ObjectNode all, Kind kind, UUID id, long version) {
        return all.putObject("meta")
                .put("resourceType", kind.type())
                .put("location", location(kind, id))
                .put("version", Versions.tag(version));
    }

    /** Which attributes were asked for, or asked away (RFC 7644, section 3.9); names in lower case, without URNs. */
    record Wish(Set<String> only, Set<String> without) {
        static Wish of(@Nullable String attributes, @Nullable String excluded) {
            return new Wish(names(attributes), names(excluded));
        }

        private static Set<String> names(@Nullable String list) {
            var names = new HashSet<String>();
            if (list != null) {
                for (var one : list.split(",")) {
                    if (!one.isBlank()) {
                        names.add(Filter.bare(one.strip()).toLowerCase(Locale.ROOT));
                    }
                }
            }
            return names;
        }

        ObjectNode cut(ObjectNode resource) {
            if (only.isEmpty() && without.isEmpty()) {
                return resource;
            }
            for (var name : List.copyOf(resource.propertyNames())) {
                var lower = name.toLowerCase(Locale.ROOT);
                if (lower.equals("schemas") || lower.equals("id")) {
                    continue;
                }
                var wanted = only.contains(lower);
                var partly = only.stream().anyMatch(one -> one.startsWith(lower + "."));
                if (!only.isEmpty() && !wanted && !partly || without.contains(lower)) {
                    resource.remove(name);
                } else {
                    cutParts(resource, name, lower, partly && !wanted);
                }
            }
            return resource;
        }

        private void cutParts(ObjectNode resource, String name, String lower, boolean named) {
            var value = resource.get(name);
            if (value instanceof ObjectNode object) {
                cutPart(object, lower, named);
            } else if (value instanceof ArrayNode list) {
                for (var one : list) {
                    if (one instanceof ObjectNode object) {
                        cutPart(object, lower, named);
                    }
                }
            }
        }

        private void cutPart(ObjectNode object, String lower, boolean named) {
            for (var sub : List.copyOf(object.propertyNames())) {
                var path = lower + "." + sub.toLowerCase(Locale.ROOT);
                if (named && !only.contains(path) || without.contains(path)) {
                    object.remove(sub);
                }
            }
        }
    }
}
