package io.etalon.server.identity.scim;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.identity.scim.Schemas.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** SCIM's addresses. {@link ScimDoor} lets in; every one of these is held to the token's provider. */
@RestController
@RequestMapping("/scim/v2")
class ScimController extends ScimFaults {
    static final int MOST_RESULTS = 200;
    static final MediaType SCIM = MediaType.parseMediaType("application/scim+json;charset=UTF-8");
    private static final Filter.Condition ALL = new Filter.Condition("true", List.of());

    private final ScimUsers users;
    private final ScimGroups groups;
    private final Shapes shapes;

    ScimController(ScimUsers users, ScimGroups groups, Shapes shapes) {
        this.users = users;
        this.groups = groups;
        this.shapes = shapes;
    }

    /** What a list request asks for. */
    private record Asked(@Nullable String filter, int start, int count, Shapes.Wish wish) {
        static Asked of(Map<String, String> query) {
            return new Asked(
                    query.get("filter"),
                    Math.max(1, number(query.get("startIndex"), 1)),
                    Math.clamp(number(query.get("count"), MOST_RESULTS), 0, MOST_RESULTS),
                    Shapes.Wish.of(query.get("attributes"), query.get("excludedAttributes")));
        }

        static Asked of(JsonNode body) {
            var query = new java.util.HashMap<String, String>();
            for (var name : List.of("filter", "startIndex", "count")) {
                var value = Json.member(body, name);
                if (value != null) {
                    query.put(name, value.asString(""));
                }
            }
            for (var name : List.of("attributes", "excludedAttributes")) {
                var list = Json.member(body, name);
                if (list != null) {
                    var names = new ArrayList<String>();
                    list.forEach(one -> names.add(one.asString("")));
                    query.put(name, String.join(",", names));
                }
            }
            return of(query);
        }

        private static int number(@Nullable String text, int otherwise) {
            try {
                return text == null ? otherwise : Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw ScimFault.invalidValue("“startIndex” and “count” are numbers.");
            }
        }
    }

    @GetMapping("/Users")
    @AllowAnyone
    ResponseEntity<Object> users(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider, @RequestParam Map<String, String> query) {
        return list(provider, List.of(Kind.USERS), Asked.of(query));
    }

    @GetMapping("/Groups")
    @AllowAnyone
    ResponseEntity<Object> groups(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider, @RequestParam Map<String, String> query) {
        return list(provider, List.of(Kind.GROUPS), Asked.of(query));
    }

    @PostMapping({"/.search", "/Users/.search", "/Groups/.search"})
    @AllowAnyone
    ResponseEntity<Object> search(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @RequestBody JsonNode body,
            HttpServletRequest request) {
        var path = request.getRequestURI();
        var kinds = path.contains("/Users/")
                ? List.of(Kind.USERS)
                : path.contains("/Groups/") ? List.of(Kind.GROUPS) : List.of(Kind.USERS, Kind.GROUPS);
        return list(provider, kinds, Asked.of(body));
    }

    private ResponseEntity<Object> list(UUID provider, List<Kind> kinds, Asked asked) {
        var resources = new ArrayList<ObjectNode>();
        var total = 0;
        var skip = asked.start() - 1;
        for (var kind : kinds) {
            var filters = kind == Kind.USERS ? ScimUserStore.FILTERS : ScimGroupStore.FILTERS;
            var where = asked.filter() == null ? ALL : Filter.read(asked.filter(), filters);
            var here = kind == Kind.USERS ? users.count(provider, where) : groups.count(provider, where);
            total += here;
            var room = asked.count() - resources.size();
            if (room > 0 && skip < here) {
                resources.addAll(page(provider, kind, where, skip, room));
            }
            skip = Math.max(0, skip - here);
        }
        resources.forEach(one -> asked.wish().cut(one));
        return answer(
                HttpStatus.OK,
                Map.of(
                        "schemas",
                        List.of(Schemas.LIST),
                        "totalResults",
                        total,
                        "startIndex",
                        asked.start(),
                        "itemsPerPage",
                        resources.size(),
                        "Resources",
                        resources));
    }

    private List<ObjectNode> page(UUID provider, Kind kind, Filter.Condition where, int skip, int room) {
        return kind == Kind.USERS
                ? users.page(provider, where, skip, room).stream()
                        .map(shapes::user)
                        .toList()
                : groups.page(provider, where, skip, room).stream()
                        .map(shapes::group)
                        .toList();
    }

    @PostMapping("/Users")
    @AllowAnyone
    ResponseEntity<Object> addUser(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @RequestParam Map<String, String> query,
            @RequestBody JsonNode body) {
        var made = users.create(provider, object(body));
        return resource(
                HttpStatus.CREATED,
                Kind.USERS,
                made.user().id(),
                made.user().version(),
                wish(query).cut(shapes.user(made)));
    }

    @PostMapping("/Groups")
    @AllowAnyone
    ResponseEntity<Object> addGroup(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @RequestParam Map<String, String> query,
            @RequestBody JsonNode body) {
        var made = groups.create(provider, object(body));
        return resource(
                HttpStatus.CREATED,
                Kind.GROUPS,
                made.id(),
                made.version(),
                wish(query).cut(shapes.group(made)));
    }

    @GetMapping("/Users/{id}")
    @AllowAnyone
    ResponseEntity<Object> user(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var seen = users.get(provider, id(id));
        return known != null && Versions.names(known, seen.user().version())
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
                : resource(
                        HttpStatus.OK,
                        Kind.USERS,
                        seen.user().id(),
                        seen.user().version(),
                        wish(query).cut(shapes.user(seen)));
    }

    @GetMapping("/Groups/{id}")
    @AllowAnyone
    ResponseEntity<Object> group(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var group = groups.get(provider, id(id));
        return known != null && Versions.names(known, group.version())
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
                : resource(
                        HttpStatus.OK,
                        Kind.GROUPS,
                        group.id(),
                        group.version(),
                        wish(query).cut(shapes.group(group)));
    }

    @PutMapping("/Users/{id}")
    @AllowAnyone
    ResponseEntity<Object> setUser(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var whole = object(body);
        var seen = users.change(provider, id(id), known, old -> whole);
        return resource(
                HttpStatus.OK,
                Kind.USERS,
                seen.user().id(),
                seen.user().version(),
                wish(query).cut(shapes.user(seen)));
    }

    @PutMapping("/Groups/{id}")
    @AllowAnyone
    ResponseEntity<Object> setGroup(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var whole = object(body);
        var group = groups.change(provider, id(id), known, old -> whole);
        return resource(
                HttpStatus.OK,
                Kind.GROUPS,
                group.id(),
                group.version(),
                wish(query).cut(shapes.group(group)));
    }

    @PatchMapping("/Users/{id}")
    @AllowAnyone
    ResponseEntity<Object> patchUser(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var seen = users.change(provider, id(id), known, old -> {
            var resource = Shapes.mutable(old);
            Patch.apply(object(body), resource, Kind.USERS);
            return resource;
        });
        return resource(
                HttpStatus.OK,
                Kind.USERS,
                seen.user().id(),
                seen.user().version(),
                wish(query).cut(shapes.user(seen)));
    }

    @PatchMapping("/Groups/{id}")
    @AllowAnyone
    ResponseEntity<Object> patchGroup(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var group = groups.change(provider, id(id), known, old -> {
            var resource = Shapes.mutable(old);
            Patch.apply(object(body), resource, Kind.GROUPS);
            return resource;
        });
        return resource(
                HttpStatus.OK,
                Kind.GROUPS,
                group.id(),
                group.version(),
                wish(query).cut(shapes.group(group)));
    }

    @DeleteMapping("/Users/{id}")
    @AllowAnyone
    ResponseEntity<Object> removeUser(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known) {
        users.delete(provider, id(id), known);
        return ResponseEntity.noContent().build();
    }

    @DeleteMapping("/Groups/{id}")
    @AllowAnyone
    ResponseEntity<Object> removeGroup(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known) {
        groups.delete(provider, id(id), known);
        return ResponseEntity.noContent().build();
    }

    private static Shapes.Wish wish(Map<String, String> query) {
        return Shapes.Wish.of(query.get("attributes"), query.get("excludedAttributes"));
    }

    private static JsonNode object(JsonNode body) {
        if (!body.isObject()) {
            throw ScimFault.invalidSyntax("The body is a JSON object.");
        }
        return body;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ScimFault.notFound();
        }
    }

    private ResponseEntity<Object> resource(HttpStatus status, Kind kind, UUID id, long version, ObjectNode body) {
        return ResponseEntity.status(status)
                .contentType(SCIM)
                .eTag(Versions.tag(version))
                .header("Location", shapes.location(kind, id))
                .body(body);
    }

    private static ResponseEntity<Object> answer(HttpStatus status, Object body) {
        return ResponseEntity.status(status).contentType(SCIM).body(body);
    }
}
