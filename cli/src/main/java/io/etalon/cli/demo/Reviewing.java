package io.etalon.cli.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What a reviewer does: look, decide, next. */
final class Reviewing {
    private Reviewing() {}

    /**
     * Takes and decides reviews until none is left for this person.
     *
     * @param decide the decision on a review, in the API's form without token and next
     * @return how many decisions were made
     */
    static int untilNothingIsLeft(
            Crew.Member reviewer, String project, Function<JsonNode, Map<String, Object>> decide) {
        var count = 0;
        var review = reviewer.api().post(project + "/reviews", Map.of());
        while (review.isObject()) {
            var body = new HashMap<>(decide.apply(review));
            body.put("token", review.get("token"));
            body.put("next", true);
            review = reviewer.api()
                    .post(project + "/reviews/" + review.get("id").asLong() + "/decision", body)
                    .get("next");
            count++;
        }
        return count;
    }

    /** A decision that needs no word. */
    static Map<String, Object> accept() {
        return Map.of("decision", "accept", "comments", List.of());
    }
}
