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
import java.util.Set;
import javax.imageio.ImageIO;

/**
 * A client with one of everything that an address can name, and a person who may do everything there.
 *
 * @param ids the path parameters that lead somewhere
 */
record Scene(TestServer server, PersonId person, String key, Map<String, String> ids) {
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
        var ids = new LinkedHashMap<String, String>();
        ids.put("client", slug);
        ids.put("person", person.value().toString());
        var scene = new Scene(server, person, key, ids);
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
                Map.of("name", "Coins", "template", "image-boxes", "ontology", ontology, "redundancy", 1)));
        ids.put("project", project.json().get("id").asString());
        var path = clientPath + "/projects/" + ids.get("project");
        ids.put(
                "asset",
                made(caller.upload(path + "/assets?name=coin.png", png()))
                        .json()
                        .get("id")
                        .asString());
        made(caller.post(path + "/tasks", Map.of()));
        var lease = made(caller.post(path + "/leases", Map.of())).json();
        ids.put("lease", lease.get("id").asString());
        ids.put("task", lease.at("/task/id").asString());
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

    private static byte[] png() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }

    Http byKey() {
        return Http.of(server).key(key);
    }

    /** Who may use this door: the key, or where keys are refused a session that was just opened. */
    Http callerOf(Door door) {
        return door.sessionOnly() ? Http.as(server, person) : byKey();
    }
}
