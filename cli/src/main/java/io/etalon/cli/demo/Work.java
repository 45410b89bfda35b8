package io.etalon.cli.demo;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What an annotator does all day: lease, answer, submit, next. */
final class Work {
    private Work() {}

    /**
     * Leases and submits until nothing is left for this person.
     *
     * @param answer the answer to a lease, in the API's form
     * @return how many submissions were made
     */
    static int untilNothingIsLeft(Crew.Member person, String project, Function<JsonNode, Map<String, ?>> answer) {
        var count = 0;
        var lease = person.api().post(project + "/leases", Map.of());
        while (lease.isObject()) {
            var reply = person.api()
                    .post(
                            project + "/leases/" + lease.get("id").asLong() + "/submission",
                            Map.of(
                                    "token",
                                    lease.get("token"),
                                    "answer",
                                    answer.apply(lease),
                                    "activeSeconds",
                                    4,
                                    "next",
                                    true));
            count++;
            lease = reply.get("next");
        }
        return count;
    }
}
