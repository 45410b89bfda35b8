package io.etalon.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * A client of the scenario: a maker of models with one project.
 *
 * @param organisation its own entry in the register
 * @param requester its requester's session
 * @param officer its security officer's session, who audits
 * @param officerKey an API key of his, for the witness
 * @param teams the ids of its workforces: of the vendors by their organisation, and its own by {@link #OWN}
 * @param project the project's address
 */
record Maker(
        String slug,
        String name,
        String organisation,
        Api requester,
        Api officer,
        String officerKey,
        Map<String, String> teams,
        String project,
        int tasks) {
    static final String OWN = "own";

    /** Answers a task. */
    static final int REDUNDANCY = 2;

    private static final int LOG_TRIES = 40;
    private static final Duration LOG_PAUSE = Duration.ofMillis(250);

    String at() {
        return "/api/v1/clients/" + slug;
    }

    String team(String organisation) {
        return String.valueOf(teams.get(organisation));
    }

    JsonNode progress() {
        return requester.get(project).get("progress");
    }

    long answersNeeded() {
        return (long) tasks * REDUNDANCY;
    }

    /** All entries of one kind from an index on, by index. */
    Map<Long, JsonNode> entries(String op, long from) {
        var found = new LinkedHashMap<Long, JsonNode>();
        var next = String.valueOf(from);
        while (next != null) {
            var page = officer.get(at() + "/audit/entries?limit=200&op=" + op + "&from=" + next);
            for (var item : page.get("items")) {
                found.put(item.get("index").asLong(), item.get("entry"));
            }
            next = page.hasNonNull("next") ? page.get("next").asString() : null;
        }
        return found;
    }

    /** Waits until the log tells of every answer: entries get their numbers a moment after the acts. */
    void awaitLog() {
        var tries = LOG_TRIES;
        while (entries("SUBMIT", 0).size() < answersNeeded() && tries-- > 0) {
            LockSupport.parkNanos(LOG_PAUSE.toNanos());
        }
    }

    /** The pseudonyms of all who ever came to a workforce, as the log tells. */
    List<String> people(String workforce) {
        return entries("GRANT", 0).values().stream()
                .filter(entry -> entry.path("workforce").asString("").equals(workforce))
                .map(entry -> entry.path("person").asString(""))
                .filter(person -> !person.isEmpty())
                .distinct()
                .toList();
    }
}
