package io.etalon.server.fuzz;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Judges an answer to a bad request: orderly refusals only, in the words of the description, and soon. */
final class Verdict {
    static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** What no body may tell: names of classes, frames of a stack, statements. */
    private static final Pattern INSIDES = Pattern.compile(
            "io\\.etalon|org\\.(springframework|apache|postgresql)|tools\\.jackson|java\\.(lang|util|sql|io)|"
                    + "\\w(Exception|Error)\\b|\\bat [\\w.]+\\(|(?i:select .* from )|sqlstate");

    private static final String TYPES = "https://etalon.io/problems/";

    private final Set<String> codes;

    /** @param codes every code that the server has */
    Verdict(Set<String> codes) {
        this.codes = codes;
    }

    /** What was answered. */
    record Seen(int status, String type, String body, Duration took) {}

    /** Everything that is wrong with the answer; empty when it is in order. */
    List<String> complaints(Door door, Seen seen) {
        var wrong = new ArrayList<String>();
        if (seen.status() >= 500) {
            wrong.add("a server's error");
        }
        if (seen.took().compareTo(PATIENCE) > 0) {
            wrong.add("took " + seen.took());
        }
        // A queue answers 201 with a lease, and 204 when it has nothing to give, where its 200 is described.
        var queued = (seen.status() == 204 || seen.status() == 201)
                && (door.path().endsWith("/leases") || door.path().endsWith("/reviews") || seen.status() == 204)
                && door.statuses().contains("200");
        var status = queued ? 200 : seen.status();
        if (!door.statuses().contains(String.valueOf(status))) {
            wrong.add("the status is not described; described are " + door.statuses());
        }
        if (seen.status() >= 400) {
            problem(seen, wrong);
        }
        return wrong;
    }

    /** The same, and what a refused body must tell besides. */
    List<String> complaints(Door door, Mutants.Mutant mutant, Seen seen) {
        var wrong = new ArrayList<>(complaints(door, seen));
        if (seen.status() < 300 && mutant.mistyped()) {
            wrong.add("took what the schema forbids");
        }
        if (seen.status() == 400) {
            var pointers = json(seen)
                    .path("faults")
                    .valueStream()
                    .map(fault -> fault.path("pointer").asString())
                    .toList();
            if (pointers.isEmpty()) {
                wrong.add("does not point at the place");
            } else if (mutant.mistyped()
                    && pointers.stream()
                            .noneMatch(one -> one.startsWith(mutant.pointer())
                                    || one.isEmpty()
                                    || mutant.pointer().startsWith(one + "/"))) {
                wrong.add("points at " + pointers);
            }
        }
        return wrong;
    }

    private void problem(Seen seen, List<String> wrong) {
        if (!seen.type().equals("application/problem+json")) {
            wrong.add("is no problem document but " + seen.type());
            return;
        }
        var problem = json(seen);
        var code = problem.path("code").asString("");
        if (!codes.contains(code)) {
            wrong.add("has the unknown code “" + code + "”");
        }
        if (problem.path("status").asInt() != seen.status()
                || !problem.path("type").asString("").equals(TYPES + code)
                || problem.path("detail").asString("").isBlank()) {
            wrong.add("is not the problem document of its status and code");
        }
        if (INSIDES.matcher(seen.body()).find()) {
            wrong.add("tells of the server's insides");
        }
    }

    private static JsonNode json(Seen seen) {
        try {
            return JSON.readTree(seen.body());
        } catch (JacksonException e) {
            return JSON.missingNode();
        }
    }
}
