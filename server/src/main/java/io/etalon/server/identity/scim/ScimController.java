package io.etalon.server.identity.scim;

import io.etalon.server.access.AllowAnyone;
import java.util.ArrayList;
import java.util.HashMap;
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
    private static final String KIND = "/{kind:Users|Groups}";
    private static final Filter.Condition ALL = new Filter.Condition("true", List.of());

    private final List<Resources> all;
    private final Shapes shapes;

    ScimController(ScimUsers users, ScimGroups groups, Shapes shapes) {
        this.all = List.of(users, groups);
        this.shapes = shapes;
    }

    /** The resources below a folder, {@code Users} or {@code Groups}. */
    private Resources of(String folder) {
        return all.stream()
                .filter(one -> one.kind().folder().equals(folder))
                .findFirst()
                .orElseThrow(ScimFault::notFound);
    }

    private static Shapes.Wish wishOf(Map<String, String> query) {
        return Shapes.Wish.of(query.get("attributes"), query.get("excludedAttributes"));
    }

    /** What a list request asks for. */
    private record Asked(@Nullable String filter, int start, int count, Shapes.Wish wish) {
        static Asked of(Map<String, String> query) {
            return new Asked(
                    query.get("filter"),
                    Math.max(1, number(query.get("startIndex"), 1)),
                    Math.clamp(number(query.get("count"), MOST_RESULTS), 0, MOST_RESULTS),
                    wishOf(query));
        }

        static Asked of(JsonNode body) {
            var query = new HashMap<String, String>();
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

    @GetMapping(KIND)
    @AllowAnyone
    ResponseEntity<Object> all(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @RequestParam Map<String, String> query) {
        return list(provider, List.of(of(kind)), Asked.of(query));
    }

    @PostMapping("/.search")
    @AllowAnyone
    ResponseEntity<Object> search(@RequestAttribute(ScimDoor.PROVIDER) UUID provider, @RequestBody JsonNode body) {
        return list(provider, all, Asked.of(body));
    }

    @PostMapping(KIND + "/.search")
    @AllowAnyone
    ResponseEntity<Object> searchOne(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider, @PathVariable String kind, @RequestBody JsonNode body) {
        return list(provider, List.of(of(kind)), Asked.of(body));
    }

    private static ResponseEntity<Object> list(UUID provider, List<Resources> kinds, Asked asked) {
        var found = new ArrayList<ObjectNode>();
        var total = 0;
        var skip = asked.start() - 1;
        for (var kind : kinds) {
            var where = asked.filter() == null ? ALL : Filter.read(asked.filter(), kind.filters());
            var here = kind.count(provider, where);
            total += here;
            var room = asked.count() - found.size();
            if (room > 0 && skip < here) {
                kind.page(provider, where, skip, room)
                        .forEach(one -> found.add(asked.wish().cut(one.json())));
            }
            skip = Math.max(0, skip - here);
        }
        return ResponseEntity.ok()
                .contentType(SCIM)
                .body(Map.of(
                        "schemas",
                        List.of(Schemas.LIST),
                        "totalResults",
                        total,
                        "startIndex",
                        asked.start(),
                        "itemsPerPage",
                        found.size(),
                        "Resources",
                        found));
    }

    @PostMapping(KIND)
    @AllowAnyone
    ResponseEntity<Object> add(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @RequestParam Map<String, String> query,
            @RequestBody JsonNode body) {
        var here = of(kind);
        return answer(HttpStatus.CREATED, here, here.create(provider, object(body)), query);
    }

    @GetMapping(KIND + "/{id}")
    @AllowAnyone
    ResponseEntity<Object> one(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-None-Match", required = false) @Nullable String known) {
        var here = of(kind);
        var found = here.get(provider, id(id));
        return known != null && Versions.names(known, found.version())
                ? ResponseEntity.status(HttpStatus.NOT_MODIFIED).build()
                : answer(HttpStatus.OK, here, found, query);
    }

    @PutMapping(KIND + "/{id}")
    @AllowAnyone
    ResponseEntity<Object> set(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var whole = object(body);
        var here = of(kind);
        return answer(HttpStatus.OK, here, here.change(provider, id(id), known, old -> whole), query);
    }

    @PatchMapping(KIND + "/{id}")
    @AllowAnyone
    ResponseEntity<Object> patch(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam Map<String, String> query,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known,
            @RequestBody JsonNode body) {
        var operations = object(body);
        var here = of(kind);
        var changed = here.change(provider, id(id), known, resource -> {
            Patch.apply(operations, resource, here.kind());
            return resource;
        });
        return answer(HttpStatus.OK, here, changed, query);
    }

    @DeleteMapping(KIND + "/{id}")
    @AllowAnyone
    ResponseEntity<Object> remove(
            @RequestAttribute(ScimDoor.PROVIDER) UUID provider,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestHeader(name = "If-Match", required = false) @Nullable String known) {
        of(kind).delete(provider, id(id), known);
        return ResponseEntity.noContent().build();
    }

    private static ObjectNode object(JsonNode body) {
        if (!(body instanceof ObjectNode object)) {
            throw ScimFault.invalidSyntax("The body is a JSON object.");
        }
        return object;
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ScimFault.notFound();
        }
    }

    private ResponseEntity<Object> answer(
            HttpStatus status, Resources kind, Resources.Shown shown, Map<String, String> query) {
        return ResponseEntity.status(status)
                .contentType(SCIM)
                .eTag(Versions.tag(shown.version()))
                .header("Location", shapes.location(kind.kind(), shown.id()))
                .body(wishOf(query).cut(shown.json()));
    }
}
