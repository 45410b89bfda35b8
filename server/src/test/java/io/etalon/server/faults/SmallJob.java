package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.app.RunningServer;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Http.Answer;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client with one project of boxes and its people, driven through the API alone once it is made. */
final class SmallJob {
    private final String url;
    private final String clientPath;
    private final Map<String, String> sessions;
    private String project = "";

    SmallJob(String url, String slug, Map<String, String> sessions) {
        this.url = url;
        this.clientPath = "/clients/" + slug;
        this.sessions = sessions;
    }

    /** A new client with a requester, a reviewer and these annotators. */
    static SmallJob on(TestServer server, String slug, String... annotators) throws Exception {
        return new SmallJob(server.url(), slug, people(server::part, slug, annotators));
    }

    /** Gives a part of a running server by its type. */
    interface Parts {
        <T> T get(Class<T> type);
    }

    static Parts parts(RunningServer server) {
        return server::part;
    }

    /** Makes the client and its people; gives each one's session. */
    static Map<String, String> people(Parts parts, String slug, String... annotators) throws Exception {
        Client client = parts.get(io.etalon.server.tenant.Clients.class).create(slug, "Client " + slug);
        var sessions = new TreeMap<String, String>();
        sessions.put("requester", person(parts, client, "requester", Role.REQUESTER));
        sessions.put("reviewer", person(parts, client, "reviewer", Role.REVIEWER));
        for (var name : annotators) {
            sessions.put(name, person(parts, client, name, Role.ANNOTATOR));
        }
        return sessions;
    }

    private static String person(Parts parts, Client client, String name, Role role) {
        PersonId id = parts.get(People.class)
                .create(name + "-" + client.slug() + "@faults.example", name)
                .id();
        parts.get(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(role), null);
        return parts.get(Sessions.class).open(id).token();
    }

    Http as(String name) {
        return Http.at(url).session(sessions.get(name));
    }

    /** The header that a browser of this person sends. */
    String cookie(String name) {
        return "etalon_session=" + sessions.get(name);
    }

    String url() {
        return url;
    }

    String clientPath() {
        return clientPath;
    }

    /** The same before a server that answers elsewhere now. */
    SmallJob at(String otherUrl) {
        var same = new SmallJob(otherUrl, clientPath.substring("/clients/".length()), sessions);
        same.project = project;
        return same;
    }

    /** The path of the project. */
    String path() {
        return project;
    }

    SmallJob project(int redundancy, double reviewShare) {
        return project(Map.of("name", "Coins", "redundancy", redundancy, "reviewShare", reviewShare));
    }

    /** A project whose settings are completed by a label to box and two questions. */
    SmallJob project(Map<String, ?> settings) {
        var body = new LinkedHashMap<String, Object>();
        body.put("template", "image-boxes");
        body.put("ontology", ontology("Coin"));
        body.putAll(settings);
        var made = as("requester").post(clientPath + "/projects", body);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        project = clientPath + "/projects/" + made.json().get("id").asString();
        return this;
    }

    static Map<String, Object> ontology(String labelName) {
        return Map.of(
                "labels",
                List.of(Map.of(
                        "id", "coin", "name", labelName, "color", "#c08a2b", "tool", "box", "attributes", List.of())),
                "questions",
                List.of(
                        Map.of("id", "note", "name", "Note", "type", "text", "required", false),
                        Map.of("id", "age", "name", "Age", "type", "number", "required", false)));
    }

    SmallJob images(int count) throws IOException {
        for (var i = 0; i < count; i++) {
            assertThat(upload("coin-" + i + ".png", png(i)).status()).isEqualTo(201);
        }
        return this;
    }

    Answer upload(String name, byte[] bytes) {
        return as("requester").upload(project + "/assets?name=" + name, bytes);
    }

    int assets() {
        return as("requester")
                .get(project + "/assets?limit=200")
                .json()
                .get("items")
                .size();
    }

    SmallJob plan() {
        var planned = as("requester").post(project + "/tasks", Map.of());
        assertThat(planned.status()).as(planned.body()).isEqualTo(200);
        return this;
    }

    /** What the requester is shown, who comes back while others keep the server busy, as every client has to. */
    Answer shown(String path) {
        var last = new Answer[1];
        Await.until("the requester is answered", Faults.patience(), () -> {
            last[0] = as("requester").get(path);
            return last[0].status() != 429 && last[0].status() != 503;
        });
        assertThat(last[0].status()).as(last[0].body()).isEqualTo(200);
        return last[0];
    }

    /** The numbers of all tasks, page by page. */
    List<Long> tasks() {
        var tasks = new ArrayList<Long>();
        var cursor = "";
        do {
            var page = shown(project + "/tasks?limit=200" + cursor).json();
            page.get("items").forEach(task -> tasks.add(task.get("id").asLong()));
            var next = page.path("next").asString("");
            cursor = next.isEmpty() ? "" : "&cursor=" + next;
        } while (!cursor.isEmpty());
        return tasks;
    }

    Answer lease(String who) {
        return as(who).post(project + "/leases", Map.of());
    }

    Answer submit(String who, JsonNode lease, Object answer, String key) {
        return submit(who, lease, answer, key, false);
    }

    /** A submission that asks for the next task in the same request. */
    Answer submitAndNext(String who, JsonNode lease, Object answer, String key) {
        return submit(who, lease, answer, key, true);
    }

    private Answer submit(String who, JsonNode lease, Object answer, String key, boolean next) {
        var body = new LinkedHashMap<String, Object>();
        body.put("token", lease.get("token"));
        body.put("answer", answer);
        body.put("activeSeconds", 5);
        body.put("next", next);
        return submitText(who, lease, Http.text(body), key);
    }

    /** A submission whose body is sent as it is. */
    Answer submitText(String who, JsonNode lease, String body, String key) {
        return as(who).with("Idempotency-Key", key)
                .send("POST", project + "/leases/" + lease.get("id").asLong() + "/submission", body);
    }

    static Map<String, Object> answer(String note) {
        return answer(note, "coin", 1, 1, 5, 5);
    }

    static Map<String, Object> answer(@Nullable String note, String label, double x, double y, double w, double h) {
        var box = new LinkedHashMap<String, Object>();
        box.put("id", "s1");
        box.put("label", label);
        box.put("type", "box");
        box.put("x", x);
        box.put("y", y);
        box.put("width", w);
        box.put("height", h);
        box.put("attributes", Map.of());
        return Map.of("answers", note == null ? Map.of() : Map.of("note", note), "shapes", List.of(box));
    }

    /** A small picture of which no two are alike. */
    static byte[] png(int number) throws IOException {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, number + 1);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
