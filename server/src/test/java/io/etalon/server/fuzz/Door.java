package io.etalon.server.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the served description.
 *
 * @param sessionOnly keys are refused here
 * @param endless it answers with a stream of events, which has no end once it is let in
 * @param query the names of its query parameters
 * @param body the schema of its JSON body; null when it takes none
 * @param statuses what it says it answers
 */
public record Door(
        String method,
        String path,
        boolean sessionOnly,
        boolean endless,
        List<String> query,
        @Nullable JsonNode body,
        Set<String> statuses) {

    public static List<Door> of(JsonNode description) {
        var doors = new ArrayList<Door>();
        for (var path : description.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                doors.add(of(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
            }
        }
        return doors;
    }

    private static Door of(String method, String path, JsonNode operation) {
        var schema = operation.at("/requestBody/content/application~1json/schema");
        var statuses = new TreeSet<String>();
        operation.path("responses").properties().forEach(response -> statuses.add(response.getKey()));
        var query = operation
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .toList();
        var security = operation.path("security");
        var keys = security.valueStream().anyMatch(way -> way.has("key"));
        return new Door(
                method,
                path,
                security.size() > 0 && !keys,
                operation.path("responses").toString().contains("text/event-stream"),
                query,
                schema.isMissingNode() ? null : schema,
                statuses);
    }

    public boolean writes() {
        return !method.equals("GET");
    }

    /** The address with these ids in its places; a place without one gets {@code other}. */
    public String at(Map<String, String> ids, String other) {
        var address = path;
        for (var id : ids.entrySet()) {
            address = address.replace("{" + id.getKey() + "}", id.getValue());
        }
        return "/" + address.replaceAll("\\{\\w+}", other).replace("/**", "/0/000");
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
