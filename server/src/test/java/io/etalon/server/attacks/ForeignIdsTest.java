package io.etalon.server.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.fuzz.Door;
import io.etalon.server.fuzz.Mutants;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Object-level access with ids of others, at every operation and method that names an object.
 *
 * <p>CVE-2024-47172 (CVAT: PATCH returned any task, project, job or membership), CVE-2024-45393 (deliveries of others' webhooks),
 * GHSA-x396-w86c-gf6w, GHSA-m7p7-6w4m-886p, GHSA-7xhx-3q27-xvcx (requests of others readable and cancellable), CVE-2026-22033
 * (Label Studio: PATCH of another's profile).
 */
final class ForeignIdsTest {
    /** Names that anybody may choose or that are counted anew in each project: another's is also one's own. */
    private static final Set<String> OWN_WORDS =
            Set.of("client", "key", "provider", "number", "pseudonym", "batch", "entry", "page");

    /** Work is held by a token: what is not held, for whatever reason, has ended for whoever asks. */
    private static final Pattern FENCED = Pattern.compile("\\{(lease|review|adjudication)}/");
    /** Changed by the passing of time and by the server's own work. */
    private static final Pattern RESTLESS = Pattern.compile(
            "audit_.*|outbox.*|job.*|exit_export|work_(key|seat|replay)|cell|key_state|pseudonym|idempotent_reply|asset_count");

    /**
     * Named in addresses, and made of what no estate has: grants of break-glass, consents to an end and pauses by gold, which
     * {@link HeldElsewhereTest} tries; people who left; adjudications and models of pre-labels, which those features' own tests try. A new name belongs
     * into an estate, or here.
     */
    private static final Set<String> ELSEWHERE =
            Set.of("grant", "consent", "pause", "adjudication", "model", "unlinking");

    /** What an exposure report lists. */
    private static final Set<String> LISTS = Set.of("exposure.json", "entries.jsonl", "assets.txt");

    private static final Pattern NAMED = Pattern.compile("\\{(\\w+)}");
    private static TestServer server;
    private static Estate own;
    private static Estate foreign;
    /** What the attacker may reach, what lies in another project of his client, and what is another client's. */
    private static Map<String, String> mine;

    private static Map<String, String> beside;
    private static Map<String, String> theirs;
    private static List<Door> doors;
    private static Mutants mutants;

    @BeforeAll
    static void fill() throws Exception {
        server = TestServer.shared();
        own = new Estate(server, "attack-own");
        foreign = new Estate(server, "attack-foreign");
        mine = new LinkedHashMap<>(own.holdings());
        mine.putAll(own.project("Mine"));
        beside = own.project("Beside");
        theirs = new LinkedHashMap<>(foreign.holdings());
        theirs.putAll(foreign.project("Theirs"));
        var description = Http.of(server).get("//openapi.json").json();
        doors = Door.of(description);
        mutants = new Mutants(description);
    }

    private static boolean isUuid(String id) {
        return id.length() == 36;
    }

    private static String absent(String id) {
        return isUuid(id) ? "01890a5d-ac96-774b-bcce-b302099a8057" : "987654321";
    }

    private static final Map<String, Object> ONTOLOGY = Map.of(
            "labels",
            List.of(),
            "questions",
            List.of(Map.of("id", "note", "name", "Note", "type", "text", "required", false)));

    private static final Map<String, Object> COURSE = Map.of(
            "title",
            "First",
            "workforce",
            "$workforce",
            "inForce",
            false,
            "pages",
            List.of(Map.of("title", "Read", "body", "How we work.")));

    /** Bodies that are good, where one that only fits the schema would be refused before anything is looked up. */
    private static final List<Map<String, String>> RETIRED = List.of(Map.of("op", "retire", "id", "1"));

    private static final Map<String, Object> GOOD = Map.ofEntries(
            Map.entry("/ontology/changes", Map.of("baseVersion", 1, "operations", RETIRED)),
            Map.entry("/ontology/changes/preview", Map.of("operations", RETIRED)),
            Map.entry("/courses/{course}", COURSE),
            Map.entry("/ontologies", Map.of("baseVersion", 1, "ontology", ONTOLOGY)),
            Map.entry("/ontologies/preview", Map.of("ontology", ONTOLOGY)),
            Map.entry("/workflow", Map.of("stages", List.of())),
            Map.entry("/gold/policy", Map.of("block", 2, "gold", 1)),
            Map.entry("/qualifications", Map.of("key", "attack")),
            Map.entry("/documents/{document}", Map.of("kind", "consent", "title", "Your data", "body", "We keep it.")),
            Map.entry("/reviews/{review}/decision", Map.of("token", "some text", "decision", "accept")),
            Map.entry("/walls/{rule}", Map.of("kind", "country", "countries", List.of("FR"), "inForce", false)));

    private static String body(Door door) {
        for (var good : GOOD.entrySet()) {
            if (door.path().endsWith(good.getKey()) && door.writes()) {
                return Http.text(good.getValue()).replace("$workforce", mine.get("workforce"));
            }
        }
        return door.body() == null ? null : mutants.fitting(door.body());
    }

    private static Http.Answer send(Door door, Map<String, String> ids) {
        var named = door.path().matches(".*\\{project}/(assets|imports)");
        var address = door.at(ids, "1") + (named && door.writes() ? "?name=a.txt" : "");
        var body = body(door);
        if (body != null) {
            for (var token : List.of("leaseToken", "reviewToken")) {
                if (door.path().contains(token.substring(0, token.length() - 5) + "}")) {
                    body = body.replace("\"token\":\"some text\"", "\"token\":\"" + ids.get(token) + "\"");
                }
            }
        }
        return own.as(Estate.OWNER).send(door.method(), address, body);
    }

    /** One's own ids with another in the place of one, and the token that belongs to it. */
    private static Map<String, String> with(Map<String, String> others, String name) {
        var ids = new LinkedHashMap<>(mine);
        ids.put(name, others.get(name));
        if (others.containsKey(name + "Token")) {
            ids.put(name + "Token", others.get(name + "Token"));
        }
        return ids;
    }

    /** What tells the two apart, or opens; null when nothing does. */
    private static @Nullable String complaint(Door door, Http.Answer there, Http.Answer nowhere) {
        if (!there.body().equals(nowhere.body()) || there.status() != nowhere.status()) {
            return "is told from what does not exist: " + there.status() + " " + there.body() + " and "
                    + nowhere.status() + " " + nowhere.body();
        }
        var fenced = FENCED.matcher(door.path()).find() && there.code().equals("lease-lost");
        return there.status() == 404 || fenced ? null : "answers " + there.status() + " " + there.body();
    }

    /** Tries these ids in place of one's own, one at a time; gives the complaints. */
    private static Map<String, String> walk(List<Door> through, Map<String, String> ids, Set<String> seen) {
        var complaints = new TreeMap<String, String>();
        for (var door : through) {
            for (var name : NAMED.matcher(door.path())
                    .results()
                    .map(found -> found.group(1))
                    .toList()) {
                var id = ids.get(name);
                if (id != null && !OWN_WORDS.contains(name)) {
                    seen.add(door + " " + name);
                    var complaint = complaint(
                            door, send(door, with(ids, name)), send(door, with(Map.of(name, absent(id)), name)));
                    if (complaint != null) {
                        complaints.put(door + " " + name, complaint);
                    }
                }
            }
        }
        return complaints;
    }

    private static List<Door> ofClients() {
        return doors.stream()
                .filter(door -> door.path().contains("{client}"))
                // The client's own log is asked, of whatever project: it knows nothing of an id that is not in it.
                .filter(door -> !door.path().endsWith("/audit/assets/{asset}/people"))
                .toList();
    }

    @Test
    void anotherClientsObjectsAnswerAsWhatDoesNotExistToEveryMethod() {
        var uuids = new LinkedHashMap<>(theirs);
        uuids.values().removeIf(id -> !isUuid(id));
        var seen = new TreeSet<String>();
        var before = digest(foreign.client);
        assertThat(walk(ofClients(), uuids, seen)).isEmpty();
        assertThat(seen).hasSizeGreaterThan(110);
        assertThat(digest(foreign.client)).isEqualTo(before);
    }

    @Test
    void objectsOfAnotherProjectAnswerAsWhatDoesNotExistToEveryMethod() {
        var ids = new LinkedHashMap<>(beside);
        // A request to export is the client's, whatever project it is about.
        ids.keySet().removeAll(Set.of("project", "request"));
        var seen = new TreeSet<String>();
        var before = digest(own.client);
        assertThat(walk(ofClients(), ids, seen)).isEmpty();
        assertThat(seen).hasSizeGreaterThan(25);
        assertThat(digest(own.client)).isEqualTo(before);
    }

    @Test
    void anotherClientsWholeAddressesAnswerAsThoseOfAClientThatDoesNotExist() {
        for (var door : ofClients()) {
            var there = send(door, theirs);
            var nobody = new LinkedHashMap<>(theirs);
            nobody.put("client", "no-such-client");
            assertThat(there.status()).as(door.toString()).isEqualTo(404);
            assertThat(there.body())
                    .as(door.toString())
                    .isEqualTo(send(door, nobody).body());
        }
    }

    @Test
    void everyIdThatAnAddressNamesIsTried() {
        var names = new TreeSet<String>();
        for (var door : doors) {
            if (door.path().contains("{client}")) {
                NAMED.matcher(door.path()).results().forEach(found -> names.add(found.group(1)));
            }
        }
        names.removeAll(theirs.keySet());
        names.removeAll(OWN_WORDS);
        assertThat(names).isEqualTo(new TreeSet<>(ELSEWHERE));
    }

    @Test
    void partsConditionsAndOtherMethodsOpenNothingMore() {
        var headers = Map.of("Range", "bytes=0-9", "If-None-Match", "*", "If-Match", "*", "If-Range", "\"x\"");
        var tried = 0;
        for (var door : ofClients()) {
            var named = NAMED.matcher(door.path())
                    .results()
                    .map(found -> found.group(1))
                    .filter(name -> theirs.containsKey(name) && isUuid(theirs.get(name)))
                    .reduce((first, second) -> second);
            if (named.isEmpty() || door.writes() || door.endless()) {
                continue;
            }
            var there = door.at(with(theirs, named.get()), "1");
            var nowhere = door.at(with(Map.of(named.get(), absent(theirs.get(named.get()))), named.get()), "1");
            for (var header : headers.entrySet()) {
                var asker = own.as(Estate.OWNER).with(header.getKey(), header.getValue());
                var answer = asker.send("GET", there, null);
                assertThat(answer.status()).as(door + " " + header).isEqualTo(404);
                assertThat(answer.body())
                        .as(door + " " + header)
                        .isEqualTo(asker.send("GET", nowhere, null).body());
                tried++;
            }
            for (var method : List.of("HEAD", "PUT", "PATCH", "DELETE", "POST")) {
                assertThat(own.as(Estate.OWNER).send(method, there, null).status())
                        .as(method + " " + door)
                        .isEqualTo(
                                own.as(Estate.OWNER).send(method, nowhere, null).status());
            }
        }
        assertThat(tried).isGreaterThan(100);
    }

    /** The control: one's own ids are what a hole would look like, and the same walk complains of all that can be read. */
    @Test
    void theWalkNoticesObjectsThatOpen() {
        var reads = ofClients().stream()
                .filter(door -> door.method().equals("GET") && !door.endless())
                .toList();
        var seen = new TreeSet<String>();
        var complaints = walk(reads, mine, seen);
        seen.removeAll(complaints.keySet());
        assertThat(complaints)
                .hasSizeGreaterThan(40)
                .allSatisfy((door, complaint) -> assertThat(complaint).startsWith("is told"));
        // No adjudication, release, import or rule about places exists here: these reads open to nobody.
        assertThat(seen).allMatch(one -> one.matches(".*(adjudication|imports|releases|residency).*"));
    }

    @Test
    void idsOfAnotherClientInABodyAreRefusedAsThoseThatDoNotExist() {
        var project = own.path() + "/projects/" + mine.get("project");
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("PATCH " + project, "{\"workforces\":[\"$workforce\"]}");
        bodies.put("POST " + project + "/tasks", "{\"assets\":[\"$asset\"]}");
        bodies.put(
                "POST " + own.path() + "/invitations",
                "{\"email\":\"a@estate.example\",\"roles\":[\"annotator\"],\"workforce\":\"$workforce\"}");
        bodies.put("POST " + own.path() + "/export-requests", "{\"project\":\"$project\",\"reason\":\"x\"}");
        bodies.put("POST " + own.path() + "/exit/consents", "{\"slug\":\"attack-own\",\"export\":\"$export\"}");
        bodies.put(
                "POST " + project + "/submissions/" + mine.get("submission") + "/comments",
                "{\"text\":\"x\",\"replyTo\":\"$thread\"}");
        bodies.put(
                "POST " + project + "/submissions/" + mine.get("submission") + "/comments#",
                "{\"text\":\"x\",\"mentions\":[\"$person\"]}");
        bodies.forEach((where, body) -> {
            var at = where.replace("#", "").split(" ", -1);
            var name = body.replaceAll("(?s).*\\$(\\w+).*", "$1");
            var there = own.as(Estate.OWNER).send(at[0], at[1], body.replace("$" + name, theirs.get(name)));
            var nowhere = own.as(Estate.OWNER).send(at[0], at[1], body.replace("$" + name, absent(theirs.get(name))));
            assertThat(there.status()).as(where + body + there.body()).isBetween(400, 499);
            assertThat(there.body().replace(theirs.get(name), ""))
                    .as(where)
                    .isEqualTo(nowhere.body().replace(absent(theirs.get(name)), ""));
        });
    }

    @Test
    void foreignIdsInFiltersFindWhatThoseFindThatDoNotExist() {
        var tried = new TreeSet<String>();
        for (var door : ofClients()) {
            if (door.writes() || door.endless()) {
                continue;
            }
            for (var name : door.query()) {
                var id = theirs.get(name.equals("actor") ? "person" : name);
                if (id != null && isUuid(id)) {
                    var there = own.as(Estate.OWNER).get(door.at(mine, "1") + "?" + name + "=" + id);
                    var nowhere = own.as(Estate.OWNER).get(door.at(mine, "1") + "?" + name + "=" + absent(id));
                    assertThat(there.status()).as(door + " " + name).isEqualTo(nowhere.status());
                    assertThat(found(there, id)).as(door + " " + name).isEqualTo(found(nowhere, absent(id)));
                    tried.add(door + " " + name);
                }
            }
        }
        assertThat(tried).hasSizeGreaterThanOrEqualTo(4);
    }

    /** What an answer tells of an id: a report's lists, without the time and the whole log that prove them. */
    private static String found(Http.Answer answer, String id) {
        if (!answer.header("Content-Type").equals("application/zip")) {
            return answer.body().replace(id, "");
        }
        var text = new StringBuilder();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.raw().body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (LISTS.contains(entry.getName())) {
                    text.append(entry.getName()).append('\n').append(new String(zip.readAllBytes(), UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().replace(id, "").replaceAll("\"writtenAt\":\"[^\"]*\"", "");
    }

    /** A hash of every table of a client's database. */
    private static Map<String, String> digest(Client client) {
        return server.scope().client(client.id(), tx -> {
            var digests = new TreeMap<String, String>();
            var tables = new ArrayList<>(tx.db()
                    .sql("select table_name from information_schema.tables where table_schema = 'public'"
                            + " and table_type = 'BASE TABLE'")
                    .query(String.class)
                    .list());
            tables.removeIf(table -> RESTLESS.matcher(table).matches());
            for (var table : tables) {
                digests.put(
                        table,
                        tx.db()
                                .sql("select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from \""
                                        + table + "\" t")
                                .query(String.class)
                                .single());
            }
            return digests;
        });
    }
}
