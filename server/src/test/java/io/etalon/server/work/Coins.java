package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/** A client of the shared server with a requester, a reviewer and annotators, and projects of coins to box. */
public final class Coins {
    public static final TestServer SERVER = TestServer.shared();

    private final Client client;
    private final Map<String, Http> people = new HashMap<>();
    private final Map<String, PersonId> ids = new HashMap<>();
    private String path = "";

    public Coins(String slug, String... annotators) {
        try {
            client = SERVER.clients().create(slug, "Coins");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        person("rita", Role.REQUESTER);
        person("rolf", Role.REVIEWER);
        for (var name : annotators) {
            person(name, Role.ANNOTATOR);
        }
    }

    private void person(String name, Role role) {
        var id = SERVER.part(People.class)
                .create(name + "@" + client.slug() + ".test", name)
                .id();
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), Set.of(role), null);
        people.put(name, Http.as(SERVER, id));
        ids.put(name, id);
    }

    public Client client() {
        return client;
    }

    public Http as(String name) {
        return people.get(name);
    }

    public PersonId id(String name) {
        return ids.get(name);
    }

    public String path() {
        return path;
    }

    public ProjectId project() {
        return new ProjectId(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
    }

    /** A project of boxes labelled coin, medal or token, with this many images, planned. */
    public Coins begin(int images, int redundancy, double reviewShare) throws IOException {
        var labels = new ArrayList<Map<String, Object>>();
        for (var name : List.of("coin", "medal", "token")) {
            labels.add(Map.of("id", name, "name", name, "color", "#c08a2b", "tool", "box", "attributes", List.of()));
        }
        var note = Map.of("id", "note", "name", "Note", "type", "text", "required", false);
        return begin(images, redundancy, reviewShare, Map.of("labels", labels, "questions", List.of(note)));
    }

    /** The same with another ontology. */
    public Coins begin(int images, int redundancy, double reviewShare, Map<String, ?> ontology) throws IOException {
        var made = as("rita")
                .post(
                        "/clients/" + client.slug() + "/projects",
                        Map.of(
                                "name",
                                "Coins",
                                "template",
                                "image-boxes",
                                "redundancy",
                                redundancy,
                                "reviewShare",
                                reviewShare,
                                "ontology",
                                ontology));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        path = "/clients/" + client.slug() + "/projects/"
                + made.json().get("id").asString();
        for (var i = 0; i < images; i++) {
            var added = as("rita").upload(path + "/assets?name=coin-" + i + ".png", png(i));
            assertThat(added.status()).as(added.body()).isEqualTo(201);
        }
        var planned = as("rita").post(path + "/tasks", Map.of());
        assertThat(planned.json().get("planned").asInt()).as(planned.body()).isEqualTo(images);
        return this;
    }

    public JsonNode lease(String who) {
        var lease = as(who).post(path + "/leases", Map.of());
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    /** One box with this label, and a note, which is a free text and therefore sealed. */
    public static Map<String, Object> answer(String label, String note) {
        var box = new HashMap<String, Object>();
        box.put("id", "s1");
        box.put("label", label);
        box.put("type", "box");
        box.put("x", 1);
        box.put("y", 2);
        box.put("width", 6);
        box.put("height", 5);
        box.put("attributes", Map.of());
        return Map.of("answers", Map.of("note", note), "shapes", List.of(box));
    }

    public Http.Answer submit(String who, JsonNode lease, String label, String note) {
        return submit(who, lease, answer(label, note));
    }

    public Http.Answer submit(String who, JsonNode lease, Map<String, ?> answer) {
        return as(who).with("Idempotency-Key", UUID.randomUUID().toString())
                .post(
                        path + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of("token", lease.get("token"), "answer", answer, "activeSeconds", 7));
    }

    /** Takes the next task and answers it; gives the task. */
    public long work(String who, String label, String note) {
        var lease = lease(who);
        var submitted = submit(who, lease, label, note);
        assertThat(submitted.status()).as(submitted.body()).isLessThan(300);
        return lease.get("task").get("id").asLong();
    }

    /** Takes the next submission to review and decides on it. */
    public void review(Map<String, ?> decision) {
        var review = as("rolf").post(path + "/reviews", Map.of()).json();
        var body = new HashMap<String, Object>(decision);
        body.put("token", review.get("token"));
        var decided = as("rolf")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post(path + "/reviews/" + review.get("id").asLong() + "/decision", body);
        assertThat(decided.status()).as(decided.body()).isLessThan(300);
    }

    /** The answers in effect, as releases and reports get them. */
    public List<EffectiveAnswer> effective() {
        var answers = new ArrayList<EffectiveAnswer>();
        return SERVER.part(Tasks.class).snapshot(client.id(), project(), snapshot -> {
            snapshot.each(answers::add);
            return answers;
        });
    }

    /** The labels of the answers in effect. */
    public List<String> labels() {
        return effective().stream()
                .flatMap(answer -> answer.answer().shapes().stream())
                .map(shape -> shape.label())
                .sorted()
                .toList();
    }

    private static byte[] png(int shade) throws IOException {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, shade + 1);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
