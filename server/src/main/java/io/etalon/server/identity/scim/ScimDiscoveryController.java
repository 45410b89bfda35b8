package io.etalon.server.identity.scim;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.identity.scim.Schemas.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What this service says of itself to directories, and its answer at every other address below it. */
@RestController
@RequestMapping("/scim/v2")
class ScimDiscoveryController extends ScimFaults {
    private final Shapes shapes;

    ScimDiscoveryController(Shapes shapes) {
        this.shapes = shapes;
    }

    @GetMapping("/ServiceProviderConfig")
    @AllowAnyone
    ResponseEntity<Object> config() {
        return answer(Schemas.config(shapes.base()));
    }

    @GetMapping("/ResourceTypes")
    @AllowAnyone
    ResponseEntity<Object> types() {
        return list(Arrays.stream(Kind.values())
                .map(kind -> kind.resourceType(shapes.base()))
                .toList());
    }

    @GetMapping("/ResourceTypes/{name}")
    @AllowAnyone
    ResponseEntity<Object> type(@PathVariable String name) {
        return answer(Arrays.stream(Kind.values())
                .filter(kind -> kind.type().equals(name))
                .findFirst()
                .orElseThrow(ScimFault::notFound)
                .resourceType(shapes.base()));
    }

    @GetMapping("/Schemas")
    @AllowAnyone
    ResponseEntity<Object> schemas() {
        return list(Arrays.stream(Kind.values())
                .map(kind -> kind.description(shapes.base()))
                .toList());
    }

    @GetMapping("/Schemas/{urn}")
    @AllowAnyone
    ResponseEntity<Object> schema(@PathVariable String urn) {
        return answer(Arrays.stream(Kind.values())
                .filter(kind -> kind.schema().equals(urn))
                .findFirst()
                .orElseThrow(ScimFault::notFound)
                .description(shapes.base()));
    }

    @RequestMapping("/**")
    @AllowAnyone
    ResponseEntity<Object> elsewhere(HttpServletRequest request) {
        var path = request.getRequestURI();
        if (path.matches("/scim/v2/(Users|Groups|ServiceProviderConfig|ResourceTypes|Schemas)(/[^/]+)?")) {
            throw ScimFault.of(405, "This address does not take this method.");
        }
        throw ScimFault.notFound();
    }

    private static ResponseEntity<Object> list(List<Map<String, Object>> resources) {
        return answer(Map.of(
                "schemas",
                List.of(Schemas.LIST),
                "totalResults",
                resources.size(),
                "startIndex",
                1,
                "itemsPerPage",
                resources.size(),
                "Resources",
                resources));
    }

    private static ResponseEntity<Object> answer(Map<String, Object> body) {
        return ResponseEntity.ok().contentType(ScimController.SCIM).body(body);
    }
}
