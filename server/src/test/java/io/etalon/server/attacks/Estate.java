package io.etalon.server.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A client with objects that an attacker would like to reach: their ids stand under the names that addresses give them. */
final class Estate {
    /** Who may do everything at this client, and nothing elsewhere. */
    static final String OWNER = "owner";

    private static final Set<Role> ALL = EnumSet.complementOf(EnumSet.of(Role.OPERATOR));

    private final TestServer server;
    final Client client;
    private final Map<String, PersonId> people = new HashMap<>();
    private final Map<String, Http> browsers = new HashMap<>();

    Estate(TestServer server, String slug) throws Exception {
        this.server = server;
        this.client = server.clients().create(slug, "Client " + slug);
        join(OWNER, ALL);
        join("anna", Set.of(Role.ANNOTATOR));
        join("rob", Set.of(Role.REVIEWER));
    }

    PersonId join(String name, Set<Role> roles) {
        var id = server.part(People.class)
                .create(name + "-" + client.slug() + "@estate.example", name)
                .id();
        server.part(Grants.class).grant(Grants.By.SYSTEM, id, client.id(), roles, null);
        people.put(name, id);
        browsers.put(name, Http.as(server, id));
        return id;
    }

    PersonId person(String name) {
        return people.get(name);
    }

    Http as(String name) {
        return browsers.get(name).with("Idempotency-Key", UUID.randomUUID().toString());
    }

    String path() {
        return "/clients/" + client.slug();
    }

    /** What belongs to the client and to none of its projects. */
    Map<String, String> holdings() {
        var owner = as(OWNER);
        var ids = new LinkedHashMap<String, String>();
        ids.put("client", client.slug());
        ids.put("person", people.get("anna").value().toString());
        ids.put("vendor", id(owner.post(path() + "/workforces", Map.of("name", "Own", "kind", "in_house"))));
        ids.put("workforce", ids.get("vendor"));
        var invited = Map.of(
                "email", "new-" + client.slug() + "@estate.example", "name", "New", "roles", List.of("annotator"));
        ids.put(
                "id",
                made(as(OWNER).post(path() + "/invitations", invited))
                        .json()
                        .findValue("id")
                        .asString());
        var wall = Map.of("kind", "country", "countries", List.of("FR"), "inForce", false);
        ids.put("rule", id(as(OWNER).post(path() + "/walls", wall)));
        ids.put("export", id(as(OWNER).post(path() + "/exit/exports", "")));
        var hook = Map.of("url", "https://receiver.example/", "kinds", List.of("job.changed"));
        ids.put(
                "webhook",
                made(as(OWNER).post(path() + "/webhooks", hook))
                        .json()
                        .at("/endpoint/id")
                        .asString());
        ids.put("delivery", id(as(OWNER).post(path() + "/webhooks/" + ids.get("webhook") + "/test", "")));
        // In force, it would shut everybody out until he accepts it.
        var text = Map.of("kind", "consent", "title", "Your data", "body", "We keep it.", "inForce", false);
        ids.put("document", id(as(OWNER).post(path() + "/documents", text)));
        var pages = List.of(Map.of("title", "Read", "body", "How we work."));
        var course = Map.of("title", "First", "workforce", ids.get("workforce"), "inForce", false, "pages", pages);
        ids.put("course", id(as(OWNER).post(path() + "/courses", course)));
        var licence = Map.of("kind", "driver", "country", "FR", "number", "12", "from", "2025-01-01");
        ids.put("licence", id(as("anna").post(path() + "/licences", licence)));
        return ids;
    }

    /** A project with one of everything; the ids of all, with that of the project. */
    Map<String, String> project(String name) {
        var ids = new LinkedHashMap<String, String>();
        var project = made(as(OWNER).post(path() + "/projects", settings(name))).json();
        ids.put("project", project.get("id").asString());
        var at = path() + "/projects/" + ids.get("project");
        for (var i = 0; i < 4; i++) {
            var bytes = ("The text " + i + " of " + name).getBytes(UTF_8);
            ids.put("asset", id(as(OWNER).upload(at + "/assets?name=" + i + ".txt", bytes)));
        }
        made(as(OWNER).post(at + "/tasks", Map.of()));
        var first = made(as("anna").post(at + "/leases", Map.of())).json();
        ids.put("submission", submitted(at, first));
        ids.put("gold", gold(at, first.at("/task/id").asLong()));
        submitted(at, made(as("anna").post(at + "/leases", Map.of())).json());
        var held = made(as("anna").post(at + "/leases", Map.of())).json();
        ids.put("lease", held.get("id").asString());
        ids.put("leaseToken", held.get("token").asString());
        ids.put("task", held.at("/task/id").asString());
        var review = made(as("rob").post(at + "/reviews", Map.of())).json();
        ids.put("review", review.get("id").asString());
        ids.put("reviewToken", review.get("token").asString());
        var comment = made(as("rob")
                .post(
                        at + "/submissions/" + review.at("/submission/id").asString() + "/comments",
                        Map.of("text", "Why?")));
        ids.put("thread", comment.json().findValue("id").asString());
        ids.put("job", id(as(OWNER).post(at + "/exports", Map.of())));
        var asked = Map.of("project", ids.get("project"), "reason", "for the paper");
        ids.put("request", id(as(OWNER).post(path() + "/export-requests", asked)));
        var last = Map.of("filter", Map.of("assetName", "3.txt"), "expected", 1, "expectedAnswers", 0);
        ids.put("deletion", id(as(OWNER).post(at + "/deletions", last)));
        return ids;
    }

    private static Map<String, Object> settings(String name) {
        var options = List.of(Map.of("id", "1", "name", "One"), Map.of("id", "2", "name", "Two"));
        var choice = Map.of("id", "fitness", "name", "Fitness", "type", "choice", "required", true, "options", options);
        return Map.of(
                "name",
                name,
                "template",
                "text-classification",
                "ontology",
                Map.of("labels", List.of(), "questions", List.of(choice)),
                "guidelines",
                "# Look twice\n",
                "redundancy",
                1,
                "reviewShare",
                1.0,
                "licence",
                "CC0-1.0");
    }

    static Map<String, Object> answer() {
        return Map.of("answers", Map.of("fitness", "1"), "shapes", List.of());
    }

    private String submitted(String at, JsonNode lease) {
        var body = Map.of("token", lease.get("token"), "answer", answer(), "activeSeconds", 4, "next", false);
        return made(as("anna").post(at + "/leases/" + lease.get("id").asLong() + "/submission", body))
                .json()
                .findValue("id")
                .asString();
    }

    private String gold(String at, long task) {
        return made(as(OWNER)
                        .post(at + "/gold", Map.of("task", task, "answer", answer(), "difficulty", 1, "feedback", "x")))
                .json()
                .findValue("id")
                .asString();
    }

    private static String id(Http.Answer made) {
        return made(made).json().get("id").asString();
    }

    static Http.Answer made(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer;
    }
}
