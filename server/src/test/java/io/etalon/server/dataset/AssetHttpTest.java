package io.etalon.server.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.PersonId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Assets and the audit log over real HTTP, on both origins. */
class AssetHttpTest {
    private static final String CLIENT = "/clients/dataset-http";
    private static final String TEXT = "one two three four five six seven";

    private static TestServer server;
    private static PersonId person;
    private static Http http;
    private static String assets;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        var client = server.clients().create("dataset-http", "Dataset");
        person = server.part(People.class)
                .create("dataset-http@example.org", "Ada")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(Role.REQUESTER), null);
        http = Http.as(server, person);
        var project = http.post(CLIENT + "/projects", Map.of("name", "Texts", "template", "text-classification"));
        assertThat(project.status()).as(project.body()).isEqualTo(201);
        assets = CLIENT + "/projects/" + project.json().path("id").asString() + "/assets";
    }

    @Test
    void takesRawBytesUnderAnyContentType() {
        for (var type : new String[] {
            "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "text/html"
        }) {
            var text = "uploaded as " + type;
            var first = http.with("Content-Type", type).send("POST", assets + "?name=a%20b.txt", text);
            assertThat(first.status()).as(type + first.body()).isEqualTo(201);
            assertThat(first.json().path("name").asString()).isEqualTo("a b.txt");
            assertThat(first.json().path("type").asString()).isEqualTo("text/plain");
            assertThat(first.json().path("characters").asInt()).isEqualTo(text.length());
            var again = http.with("Content-Type", type).send("POST", assets + "?name=other.txt", text);
            assertThat(again.status()).isEqualTo(200);
            assertThat(again.json()).isEqualTo(first.json());
        }
    }

    @Test
    void answersABadUploadWithItsCode() {
        var bytes = http.with("Content-Type", "image/png");
        assertThat(bytes.send("POST", assets + "?name=x", "").code()).isEqualTo("empty");
        var html = bytes.send("POST", assets + "?name=x.txt", "<!doctype html><script>");
        assertThat(html.status()).isEqualTo(415);
        assertThat(html.code()).isEqualTo("unsupported-type");
    }

    @Test
    void sendsContentAsAnAttachmentWithRangesAndTags() {
        var id = upload(TEXT);
        var whole = http.get(assets + "/" + id + "/content");
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(TEXT);
        assertThat(whole.header("Content-Disposition")).startsWith("attachment");
        assertThat(whole.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        assertThat(whole.header("X-Content-Type-Options")).isEqualTo("nosniff");

        var part = http.with("Range", "bytes=4-6").get(assets + "/" + id + "/content");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("two");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 4-6/" + TEXT.length());
        var beyond = http.with("Range", "bytes=999-").get(assets + "/" + id + "/content");
        assertThat(beyond.status()).isEqualTo(416);
        var known = http.with("If-None-Match", whole.header("ETag")).get(assets + "/" + id + "/content");
        assertThat(known.status()).isEqualTo(304);
        var changed =
                http.with("Range", "bytes=4-6").with("If-Range", "\"another\"").get(assets + "/" + id + "/content");
        assertThat(changed.status()).isEqualTo(200);
    }

    @Test
    void opensASignedAddressOnTheContentOriginUntilTheSessionEnds() throws Exception {
        var id = upload("signed " + TEXT);
        var session = server.part(Sessions.class).open(person);
        var signed = Http.of(server).session(session.token()).post(assets + "/" + id + "/view", Map.of());
        assertThat(signed.status()).as(signed.body()).isEqualTo(200);
        var url = URI.create(signed.json().path("url").asString());

        var shown = fetch(url, server.url());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo("signed " + TEXT);
        assertThat(shown.headers().firstValue("Access-Control-Allow-Origin")).contains(server.url());
        assertThat(shown.headers().firstValue("Cross-Origin-Resource-Policy")).contains("cross-origin");
        assertThat(shown.headers().firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        assertThat(shown.headers().firstValue("Cache-Control")).contains("private, no-store");
        assertThat(fetch(url, "https://evil.example").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        // The application's own origin never serves content.
        assertThat(fetch(URI.create(server.url() + url.getPath()), server.url()).statusCode())
                .isEqualTo(404);
        var path = url.toString();
        var forged = path.substring(0, path.length() - 3) + (path.endsWith("AAA") ? "BBB" : "AAA");
        assertThat(fetch(URI.create(forged), server.url()).statusCode()).isEqualTo(404);

        server.part(Sessions.class).close(session.id());
        assertThat(fetch(url, server.url()).statusCode()).isEqualTo(404);
    }

    /** The same address at both sides of its end: made as the server makes it, with an end that lies in the past. */
    @Test
    void aSignedAddressOpensNothingAfterItsMinute() throws Exception {
        var id = upload("timed " + TEXT);
        var session = server.part(Sessions.class).open(person);
        var tokens = server.part(ContentTokens.class);
        var before = Clock.systemUTC().instant();
        var signed = Http.of(server).session(session.token()).post(assets + "/" + id + "/view", Map.of());
        var url = signed.json().path("url").asString();
        var sealed = url.substring(url.lastIndexOf('/') + 1);
        var token = tokens.open(sealed).orElseThrow();

        assertThat(Duration.between(before, token.until()))
                .as("a minute, and the time that signing took")
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
        assertThat(fetch(URI.create(url), server.url()).statusCode()).isEqualTo(200);
        for (var late : List.of(Duration.ofSeconds(61), Duration.ofHours(1))) {
            var over = new ContentToken(
                    token.client(),
                    token.project(),
                    token.asset(),
                    token.viewer(),
                    token.until().minus(late.plusSeconds(60)));
            assertThat(fetch(URI.create(tokens.address(tokens.seal(over))), server.url())
                            .statusCode())
                    .isEqualTo(404);
        }
        // The control: sealed again in the same way with the time that it had, it opens.
        assertThat(fetch(URI.create(tokens.address(tokens.seal(token))), server.url())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void provesTheViewToAnAuditorByTheLedgerAlone() {
        var id = upload("proved " + TEXT);
        assertThat(http.get(assets + "/" + id + "/content").status()).isEqualTo(200);
        server.part(AuditLog.class)
                .flush(server.clients().find("dataset-http").orElseThrow().id());

        var entries =
                http.get(CLIENT + "/audit/entries?op=VIEW&asset=" + id).json().path("items");
        assertThat(entries).hasSize(1);
        var index = entries.get(0).path("index").asLong();
        var key = VerifierKey.parse(http.get(CLIENT + "/audit/key").body().strip());
        var proof = TlogProof.parse(
                http.get(CLIENT + "/audit/proof?index=" + index).body().getBytes(UTF_8));
        var raw = http.get(CLIENT + "/audit/entries?from=" + index + "&limit=1").body();
        var leaf = raw.substring(raw.indexOf("\"entry\":") + 8, raw.lastIndexOf("}]"));
        assertThat(proof.verify(leaf.getBytes(UTF_8), key).size()).isGreaterThan(index);
        assertThat(http.get(CLIENT + "/audit/tile/0/000.p/1").raw().body()).hasSize(32);
        assertThat(http.get(CLIENT + "/audit/entries?op=NOTHING").status()).isEqualTo(400);
        var project = entries.get(0).path("entry").path("project").asString();
        assertThat(http.get(CLIENT + "/audit/entries?limit=1&project=" + project)
                        .json()
                        .at("/items/0/entry/project")
                        .asString())
                .isEqualTo(project);
        assertThat(http.get(CLIENT + "/audit/entries?project=no-id").status()).isEqualTo(400);
    }

    @Test
    void tellsInTheLogWhetherAPersonOrAProgramWasHandedAnAddressAndWhetherItWasUsed() throws Exception {
        var id = upload("handed " + TEXT);
        var client = server.clients().find("dataset-http").orElseThrow();
        var inADay = server.part(Clock.class).instant().plus(Duration.ofDays(1));
        var key = server.part(ApiKeys.class)
                .make(person, "test", client, Set.of(Role.REQUESTER), inADay)
                .secret();
        var byProgram = Http.of(server).key(key).post(assets + "/" + id + "/view", Map.of());
        assertThat(byProgram.status()).as(byProgram.body()).isEqualTo(200);
        var byPerson = http.post(assets + "/" + id + "/view", Map.of());
        var url = URI.create(byProgram.json().path("url").asString());
        assertThat(logged("READ", id)).as("an address alone moves no bytes").isEmpty();

        var head = HttpRequest.newBuilder(url)
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(head, HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        assertThat(logged("READ", id)).as("neither does a look at the headers").isEmpty();
        for (var i = 0; i < 3; i++) {
            assertThat(fetch(url, server.url()).body()).isEqualTo("handed " + TEXT);
        }
        assertThat(logged("VIEW", id).stream().map(entry -> entry.path("via").asString()))
                .containsExactly("key", "session");
        assertThat(logged("READ", id)).as("one a used address").singleElement().satisfies(read -> {
            assertThat(read.path("via").asString()).isEqualTo("key");
            assertThat(read.path("address"))
                    .isEqualTo(logged("VIEW", id).getFirst().path("address"));
        });
        fetch(URI.create(byPerson.json().path("url").asString()), server.url());
        assertThat(logged("READ", id).stream().map(entry -> entry.path("via").asString()))
                .containsExactly("key", "session");
    }

    private static List<JsonNode> logged(String op, String asset) {
        server.part(AuditLog.class)
                .flush(server.clients().find("dataset-http").orElseThrow().id());
        return http.get(CLIENT + "/audit/entries?op=" + op + "&asset=" + asset)
                .json()
                .path("items")
                .valueStream()
                .map(item -> item.path("entry"))
                .toList();
    }

    @Test
    void listsWithSortAndPrefixAndRefusesUnknownFields() {
        upload("list 1 " + TEXT);
        assertThat(http.get(assets + "?sort=-name&type=text/plain&name=up&limit=1")
                        .json()
                        .path("items"))
                .hasSize(1);
        assertThat(http.get(assets + "?sort=sha256").status()).isEqualTo(400);
        assertThat(http.get(assets + "/not-an-id").status()).isEqualTo(404);
        assertThat(http.get(assets + "/00000000-0000-0000-0000-000000000000").status())
                .isEqualTo(404);
    }

    private static String upload(String text) {
        var answer = http.with("Content-Type", "application/octet-stream").send("POST", assets + "?name=up.txt", text);
        assertThat(answer.status()).as(answer.body()).isIn(Arrays.asList(200, 201));
        return answer.json().path("id").asString();
    }

    private static HttpResponse<String> fetch(URI url, String origin) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url).header("Origin", origin).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
