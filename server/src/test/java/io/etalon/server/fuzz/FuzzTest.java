package io.etalon.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.RunningServer;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.faults.Faults;
import io.etalon.server.fuzz.Mutants.Mutant;
import io.etalon.server.fuzz.Verdict.Seen;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Sends every operation what nobody should send. The server is the test's own and behind a proxy that gives each request
 * an address of its own, so that the limits of sign-in hide nothing and trouble no other test.
 */
final class FuzzTest {
    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "BREW");
    private static TestServer server;
    private static Scene own;
    private static Scene foreign;
    private static JsonNode description;
    private static Verdict verdict;
    private static Random random;
    private static int requests;

    private final TreeSet<String> complaints = new TreeSet<>();

    @BeforeAll
    static void start() throws Exception {
        random = new Random(Faults.seed());
        server = TestServer.behind(List.of("127.0.0.1", "::1"));
        own = Scene.on(server, "fuzz-own");
        foreign = Scene.on(server, "fuzz-foreign");
        description = Http.of(server).get("//openapi.json").json();
        verdict = new Verdict(codes());
    }

    @AfterAll
    static void stop() {
        Faults.saw(requests + " bad requests");
        server.close();
    }

    private static List<Door> doors() {
        var doors = Door.of(description);
        assertThat(doors).hasSizeGreaterThan(80);
        return doors;
    }

    /** The names of all codes that a class of the server declares. */
    private static Set<String> codes() throws Exception {
        var names = new TreeSet<String>();
        var root = Path.of(RunningServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".class"))::iterator) {
                var name = root.relativize(file).toString().replace('/', '.').replaceAll("\\.class$", "");
                if (name.startsWith("io.etalon.")) {
                    var type = Class.forName(name, false, FuzzTest.class.getClassLoader());
                    for (var field : type.getDeclaredFields()) {
                        if (field.getType() == ErrorCode.class && Modifier.isStatic(field.getModifiers())) {
                            field.setAccessible(true);
                            names.add(((ErrorCode) field.get(null)).name());
                        }
                    }
                }
            }
        }
        assertThat(names).hasSizeGreaterThan(40);
        return names;
    }

    private static Http prepared(Http caller, Door door) {
        var address = "198.18.%d.%d".formatted(random.nextInt(256), random.nextInt(256));
        var prepared = caller.with("X-Forwarded-For", address);
        if (door.path().endsWith("/queue")) {
            prepared = prepared.with("If-Match", "*");
        }
        return door.writes()
                ? prepared.with("Idempotency-Key", UUID.randomUUID().toString())
                : prepared;
    }

    /** The short form takes one of so many. */
    private static boolean leftOut(int of) {
        return !Faults.whole() && random.nextInt(of) != 0;
    }

    private static Seen send(Http caller, Door door, String method, String address, String body) {
        requests++;
        var before = System.nanoTime();
        var answer = prepared(caller, door).send(method, address, body);
        var took = Duration.ofNanos(System.nanoTime() - before);
        return new Seen(answer.status(), answer.header("Content-Type"), answer.body(), took);
    }

    private void judged(String what, List<String> wrong, Seen seen) {
        if (!wrong.isEmpty()) {
            var body = seen.body().length() > 300 ? seen.body().substring(0, 300) + "…" : seen.body();
            complaints.add(what + ": " + wrong + "\n    " + seen.status() + " " + body);
        }
    }

    private void nothingToComplainOf() {
        assertThat(complaints).as(() -> String.join("\n", complaints)).isEmpty();
    }

    private record Case(Door door, Mutant mutant) {}

    @Test
    void refusesEveryWrongBodyInOrder() {
        var mutants = new Mutants(description);
        var cases = new ArrayList<Case>();
        for (var door : doors()) {
            if (door.body() != null) {
                mutants.of(door.body()).forEach(mutant -> cases.add(new Case(door, mutant)));
            }
        }
        assertThat(cases).hasSizeGreaterThan(1500);
        Collections.shuffle(cases, random);
        for (var one : cases.subList(0, Math.min(cases.size(), Faults.times(250, Integer.MAX_VALUE)))) {
            var door = one.door();
            var seen = send(
                    own.callerOf(door),
                    door,
                    door.method(),
                    door.at(own.ids(), "1"),
                    one.mutant().body());
            judged(door + " " + one.mutant().what(), verdict.complaints(door, one.mutant(), seen), seen);
        }
        nothingToComplainOf();
    }

    /** With tokens that open what they name: a body is read only behind them. */
    @Test
    void refusesEveryWrongBodyAboutWorkThatGoesOn() {
        var mutants = new Mutants(description);
        var cases = new ArrayList<Case>();
        for (var door : doors()) {
            if (door.body() != null && Scene.Live.names(door)) {
                mutants.of(door.body()).forEach(mutant -> cases.add(new Case(door, mutant)));
            }
        }
        assertThat(cases).hasSizeGreaterThan(200);
        Collections.shuffle(cases, random);
        // What is absent is what a careless reader trips over: these are sent whatever the length.
        cases.sort(java.util.Comparator.comparing(one -> !one.mutant().what().startsWith("without ")
                && !one.mutant().what().contains("[{}]")));
        var sent = 0;
        for (var one : cases.subList(0, Math.min(cases.size(), Faults.times(90, Integer.MAX_VALUE)))) {
            var door = one.door();
            var live = own.live(door);
            if (live.isPresent()) {
                var address = door.at(live.get().ids(), "1");
                var body = live.get().body(one.mutant().body());
                var seen = send(own.callerOf(door), door, door.method(), address, body);
                judged(door + " " + one.mutant().what(), verdict.complaints(door, one.mutant(), seen), seen);
                sent++;
            }
        }
        assertThat(sent).as("sent").isGreaterThan(60);
        nothingToComplainOf();
    }

    @Test
    void refusesUnknownParametersMethodsAndContentTypes() {
        var doors = doors();
        var mutants = new Mutants(description);
        for (var door : doors) {
            var address = door.at(own.ids(), "1");
            var caller = own.callerOf(door);
            var body = door.body() == null ? null : mutants.fitting(door.body());
            for (var query : List.of("no-such-parameter=1", "%00=%00", "limit=1&limit=2&no-such-parameter")) {
                if (leftOut(6)) {
                    continue;
                }
                var seen = send(caller, door, door.method(), address + "?" + query, body);
                judged(door + "?" + query, verdict.complaints(door, seen), seen);
                assertThat(seen.status()).as(door + "?" + query).isGreaterThanOrEqualTo(400);
            }
            for (var name : door.query()) {
                for (var value : List.of("", "-1", "99999999999999999999", "[]", "\u0000", "ä’ \"", "x".repeat(2000))) {
                    if (!door.endless() && !leftOut(8)) {
                        var query = "?" + name + "=" + URLEncoder.encode(value, UTF_8);
                        var seen = send(own.callerOf(door), door, door.method(), address + query, body);
                        judged(door + query, verdict.complaints(door, seen), seen);
                    }
                }
            }
            if (body != null) {
                for (var type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "x")) {
                    if (leftOut(6)) {
                        continue;
                    }
                    var seen = send(caller.with("Content-Type", type), door, door.method(), address, body);
                    judged(door + " as " + type, verdict.complaints(door, seen), seen);
                    assertThat(seen.status()).as(door + " as " + type).isBetween(400, 499);
                }
            }
        }
        nothingToComplainOf();
    }

    @Test
    void refusesMethodsThatAnAddressDoesNotHave() {
        var methods = new LinkedHashMap<String, Set<String>>();
        for (var door : doors()) {
            methods.computeIfAbsent(door.path(), path -> new TreeSet<>()).add(door.method());
        }
        for (var door : doors()) {
            for (var method : METHODS) {
                if (!methods.get(door.path()).contains(method) && !leftOut(6)) {
                    var body = Set.of("GET", "DELETE").contains(method) ? null : "{}";
                    var seen = send(own.callerOf(door), door, method, door.at(own.ids(), "1"), body);
                    var open =
                            new Door(method, door.path(), false, false, List.of(), null, Set.of("400", "404", "405"));
                    judged(method + " " + door.path(), verdict.complaints(open, seen), seen);
                }
            }
        }
        nothingToComplainOf();
    }

    @Test
    void tellsNothingOfWhatIsNotOnesOwn() {
        var mutants = new Mutants(description);
        var compared = 0;
        for (var door : doors()) {
            var body = door.body() == null ? null : mutants.fitting(door.body());
            for (var name : List.of("project", "asset", "job")) {
                if (!door.path().contains("{" + name + "}") || leftOut(3)) {
                    continue;
                }
                var there = send(
                        own.callerOf(door),
                        door,
                        door.method(),
                        door.at(with(name, foreign.ids().get(name)), "1"),
                        body);
                var nowhere =
                        send(own.callerOf(door), door, door.method(), door.at(with(name, absent(name)), "1"), body);
                judged(door + " of another's " + name, verdict.complaints(door, there), there);
                assertThat(there.body()).as(door + " of another's " + name).isEqualTo(nowhere.body());
                assertThat(there.status()).isEqualTo(nowhere.status());
                compared += there.status() == 404 ? 1 : 0;
            }
        }
        assertThat(compared).isGreaterThan(Faults.times(10, 60));
        nothingToComplainOf();
    }

    private static Map<String, String> with(String name, String id) {
        var ids = new LinkedHashMap<>(own.ids());
        ids.put(name, id);
        return ids;
    }

    private static String absent(String name) {
        return foreign.ids().get(name).contains("-") ? "01890a5d-ac96-774b-bcce-b302099a8057" : "987654321";
    }

    @Test
    void findsNothingUnderAnIdThatIsNone() {
        var mutants = new Mutants(description);
        var bad = List.of(
                "x", "-1", "1.5", "0x10", "99999999999999999999", "%00", "%F0%9F%92%A5", "%25", "'--", "00000000");
        for (var door : doors()) {
            var body = door.body() == null ? null : mutants.fitting(door.body());
            for (var name : Arrays.stream(door.path().split("/", -1))
                    .filter(part -> part.startsWith("{"))
                    .map(part -> part.substring(1, part.length() - 1))
                    // A qualification's key is a name that anybody may choose.
                    .filter(name -> !name.equals("key"))
                    .toList()) {
                for (var id : bad) {
                    if (leftOut(8)) {
                        continue;
                    }
                    var seen = send(own.callerOf(door), door, door.method(), door.at(with(name, id), "1"), body);
                    judged(door + " with " + name + "=" + id, verdict.complaints(door, seen), seen);
                    assertThat(seen.status())
                            .as(door + " with " + name + "=" + id)
                            .isGreaterThanOrEqualTo(400);
                }
            }
        }
        nothingToComplainOf();
    }

    @Test
    void refusesCredentialsThatAreNone() throws IOException {
        for (var door : doors()) {
            for (var value :
                    List.of("Bearer", "Bearer etk_", "Basic eDp5", "Bearer " + "x".repeat(3000), "x", "Bearer ä")) {
                if (leftOut(8)) {
                    continue;
                }
                var caller = Http.of(server).with("Authorization", value);
                var seen = send(caller, door, door.method(), door.at(own.ids(), "1"), door.writes() ? "{}" : null);
                judged(door + " with " + value, verdict.complaints(door, seen), seen);
                // Where a provider or its browser speaks, its signature counts and no header; nowhere else is this let
                // in.
                if (door.path().matches(".*/(acs|back-channel)")) {
                    assertThat(seen.status()).as(door + " with " + value).isGreaterThanOrEqualTo(400);
                } else {
                    assertThat(seen.status()).as(door + " with " + value).isEqualTo(401);
                }
            }
        }
        nothingToComplainOf();
    }
}
