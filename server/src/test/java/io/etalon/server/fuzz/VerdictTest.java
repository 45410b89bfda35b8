package io.etalon.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.fuzz.Mutants.Mutant;
import io.etalon.server.fuzz.Verdict.Seen;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The control of {@link FuzzTest}: what a careless handler would answer is complained of, each fault by name. */
final class VerdictTest {
    private static final Verdict VERDICT = new Verdict(Set.of("invalid"));
    private static final Door DOOR =
            new Door("POST", "/api/v1/things", false, false, List.of(), null, Set.of("201", "400"));
    private static final Mutant MUTANT = new Mutant("/name is 7", "{\"name\":7}", "/name", true);
    private static final String GOOD = problem("invalid", 400, "has the wrong type", "/name");

    private static String problem(String code, int status, String detail, String pointer) {
        return """
                {"type":"https://etalon.io/problems/%s","title":"t","status":%d,"detail":"%s","code":"%1$s",\
                "faults":[{"pointer":"%s","message":"m"}]}""".formatted(code, status, detail, pointer);
    }

    private static List<String> of(int status, String type, String body, long millis) {
        return VERDICT.complaints(DOOR, MUTANT, new Seen(status, type, body, Duration.ofMillis(millis)));
    }

    private static List<String> of(int status, String body) {
        return of(status, "application/problem+json", body, 10);
    }

    @Test
    void hasNothingAgainstAnOrderlyRefusal() {
        assertThat(of(400, GOOD)).isEmpty();
    }

    @Test
    void complainsOfWhatACarelessHandlerAnswers() {
        assertThat(of(500, problem("invalid", 500, "d", "/name"))).anyMatch(one -> one.contains("server's error"));
        assertThat(of(201, "application/json", "{}", 10)).containsExactly("took what the schema forbids");
        assertThat(of(400, "text/html", "<h1>Bad Request</h1>", 10))
                .anyMatch(one -> one.contains("no problem document"));
        assertThat(of(400, problem("no-such-code", 400, "d", "/name"))).anyMatch(one -> one.contains("unknown code"));
        assertThat(of(400, problem("invalid", 422, "d", "/name"))).anyMatch(one -> one.contains("not the problem"));
        assertThat(of(400, GOOD.replace("/name", "/other"))).containsExactly("points at [/other]");
        assertThat(of(400, GOOD.replaceAll(",\"faults\".*]", ""))).containsExactly("does not point at the place");
        assertThat(of(409, problem("invalid", 409, "d", "/name"))).anyMatch(one -> one.contains("not described"));
        assertThat(of(400, "application/problem+json", GOOD, 6_000)).containsExactly("took PT6S");
        for (var leak : List.of(
                "java.lang.NullPointerException",
                "io.etalon.server.work.Desk",
                "at a.b.C.d(C.java:7)",
                "Cannot construct: MismatchedInputException",
                "select id from task where")) {
            assertThat(of(400, problem("invalid", 400, leak, "/name")))
                    .as(leak)
                    .containsExactly("tells of the server's insides");
        }
    }
}
