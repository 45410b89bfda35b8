package io.etalon.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;

/**
 * A client with one of everything that an address can name, and a person who may do everything there.
 *
 * @param helper somebody who answers what that person reviews
 * @param ids the path parameters that lead somewhere
 */
record Scene(TestServer server, PersonId person, PersonId helper, String key, Map<String, String> ids) {
    private static final int TASKS = 12;
    private static final Set<Role> ALL = EnumSet.complementOf(EnumSet.of(Role.OPERATOR));

    static Scene on(TestServer server, String slug) throws Exception {
        Client client = server.clients().create(slug, "Client " + slug);
        var person = server.part(People.class)
                .create(slug + "@fuzz.example", "Somebody")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), ALL, null);
        var expires = server.part(Clock.class).instant().plus(Duration.ofDays(1));
        var key = server.part(ApiKeys.class)
                .make(person, "fuzz", client, ALL, expires)
                .secret();
        var helper = server.part(People.class)
                .create(slug + "-helper@fuzz.example", "Somebody else")
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, helper, client.id(), Set.of(Role.ANNOTATOR), null);
        var ids = new LinkedHashMap<String, String>();
        ids.put("client", slug);
        ids.put("person", person.value().toString());
        var scene = new Scene(server, person, helper, key, ids);
        scene.fill();
        return scene;
    }

    private void fill() throws IOException {
        var caller = byKey();
        var clientPath = "/clients/" + ids.get("client");
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var ontology = Map.of("labels", List.of(label), "questions", List.of());
        var project = made(caller.post(
                clientPath + "/projects",
                Map.of(
                        "name",
                        "Coins",
                        "template",
                        "image-boxes",
                        "ontology",
                        ontology,
                        "redundancy",
                        1,
                        "reviewShare",
                        1)));
        ids.put("project", project.json().get("id").asString());
        var path = clientPath + "/projects/" + ids.get("project");
        ids.put(
                "asset",
                made(caller.upload(path + "/assets?name=coin.png", png(0)))
                        .json()
                        .get("id")
                        .asString());
        for (var i = 1; i < TASKS; i++) {
            made(caller.upload(path + "/assets?name=coin-" + i + ".png", png(i)));
        }
        made(caller.post(path + "/tasks", Map.of()));
        ids.put(
                "batch",
                made(caller.post(path + "/batches", Map.of("name", "First")))
                        .json()
                        .get("number")
                        .asString());
        var lease = made(caller.post(path + "/leases", Map.of())).json();
        ids.put("lease", lease.get("id").asString());
        ids.put("task", lease.at("/task/id").asString());
        review(path).ifPresent(review -> {
            ids.put("review", review.get("id").asString());
            ids.put("submission", review.at("/submission/id").asString());
        });
        var gold = Map.of(
                "task", Long.valueOf(ids.get("task")), "answer", Map.of("answers", Map.of(), "shapes", List.of()));
        ids.put("gold", made(caller.post(path + "/gold", gold)).json().get("id").asString());
        made(caller.post(path + "/submissions/" + ids.get("submission") + "/comments", Map.of("text", "Why?")));
        var export = made(caller.post(path + "/exports", Map.of())).json();
        ids.put("job", export.get("id").asString());
        var hook = Map.of("url", "https://receiver.example/", "kinds", List.of("job.changed"));
        var webhook = made(caller.post(clientPath + "/webhooks", hook)).json();
        ids.put("webhook", webhook.at("/endpoint/id").asString());
        var test = made(caller.post(clientPath + "/webhooks/" + ids.get("webhook") + "/test", Map.of()));
        ids.put("delivery", test.json().get("id").asString());
    }

    private static Http.Answer made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }

    private static byte[] png(int shade) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, shade);
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    /** A review that goes on; made of a new answer of the helper's when there is none, empty when no task is left. */
    private Optional<JsonNode> review(String path) {
        var open = byKey().get(path + "/reviews").json().at("/items/0");
        if (!open.isMissingNode()) {
            return Optional.of(open);
        }
        var given = byKey().post(path + "/reviews", Map.of());
        if (given.status() != 201) {
            var work = Http.as(server, helper);
            var lease = work.post(path + "/leases", Map.of());
            if (lease.status() != 201) {
                return Optional.empty();
            }
            var nothing = Map.of("answers", Map.of(), "shapes", List.of());
            made(work.with("Idempotency-Key", UUID.randomUUID().toString())
                    .post(
                            path + "/leases/" + lease.json().get("id").asString() + "/submission",
                            Map.of("token", lease.json().get("token"), "answer", nothing)));
            given = byKey().post(path + "/reviews", Map.of());
        }
        return given.status() == 201 ? Optional.of(given.json()) : Optional.empty();
    }

    private Optional<JsonNode> lease(String path) {
        var open = byKey().get(path + "/leases").json().at("/items/0");
        if (!open.isMissingNode()) {
            return Optional.of(open);
        }
        var given = byKey().post(path + "/leases", Map.of());
        return given.status() == 201 ? Optional.of(given.json()) : Optional.empty();
    }

    /** Ids that lead to what goes on now, and its token in place of a text that opens nothing. */
    record Live(Map<String, String> ids, String token) {
        static boolean names(Door door) {
            return door.path().contains("{lease}") || door.path().contains("{review}");
        }

        String body(String body) {
            return body.replace("\"token\":\"some text\"", "\"token\":\"" + token + "\"");
        }
    }

    /** What a door to a lease or a review names, as it goes on now; empty when no more work is left to go on with. */
    Optional<Live> live(Door door) {
        var path = "/clients/" + ids.get("client") + "/projects/" + ids.get("project");
        var name = door.path().contains("{lease}") ? "lease" : "review";
        return (name.equals("lease") ? lease(path) : review(path)).map(found -> {
            var now = new LinkedHashMap<>(ids);
            now.put(name, found.get("id").asString());
            return new Live(now, found.get("token").asString());
        });
    }

    Http byKey() {
        return Http.of(server).key(key);
    }

    /** Who may use this door: the key, or where keys are refused a session that was just opened. */
    Http callerOf(Door door) {
        return door.sessionOnly() ? Http.as(server, person) : byKey();
    }
}
