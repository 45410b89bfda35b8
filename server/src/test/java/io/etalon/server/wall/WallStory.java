package io.etalon.server.wall;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.access.Sessions;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.PersonId;
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
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client with a vendor's team and a team of its own at work on coins, in a world of organisations with names of its own. */
public final class WallStory {
    public static final TestServer SERVER = TestServer.shared();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final PersonId OPERATOR = person("operator");

    static {
        SERVER.part(Grants.class).grantOperator(OPERATOR);
    }

    public final Client client;
    public final String at;
    /** Its own organisation, the vendor, and a competitor. */
    final UUID own;

    final UUID vendor;
    final UUID rival;
    public final UUID vendorTeam;
    public final UUID ownTeam;
    public String path = "";
    private final Map<String, PersonId> people = new HashMap<>();
    private final Map<String, Http> browsers = new HashMap<>();

    public WallStory(String slug) throws Exception {
        client = SERVER.clients().create(slug, "Client " + slug);
        at = "/clients/" + slug;
        own = organisation(slug + " itself");
        vendor = organisation(slug + " vendor");
        rival = organisation(slug + " rival");
        is(client, own);
        member("rita", null, Role.REQUESTER);
        vendorTeam =
                id(rita().post(at + "/workforces", Map.of("name", "Vendor", "kind", "vendor", "organisation", vendor)));
        ownTeam = id(rita().post(at + "/workforces", Map.of("name", "Own", "kind", "in_house")));
    }

    static Http operator() {
        return Http.as(SERVER, OPERATOR);
    }

    static UUID organisation(String name) {
        return id(operator().post("/organisations", Map.of("name", name)));
    }

    static void is(Client client, UUID organisation) {
        var set = operator().put("/organisations/" + organisation + "/client", Map.of("client", client.slug()));
        assertThat(set.status()).as(set.body()).isEqualTo(204);
    }

    public static UUID id(Http.Answer made) {
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return UUID.fromString(made.json().path("id").asString());
    }

    static Http.Answer enter(UUID owner, UUID held, String percent) {
        return operator()
                .post(
                        "/stakes",
                        Map.of(
                                "owner",
                                owner,
                                "held",
                                held,
                                "percent",
                                new java.math.BigDecimal(percent),
                                "voting",
                                false,
                                "since",
                                "2025-06-13",
                                "source",
                                "a newspaper"));
    }

    static PersonId person(String name) {
        return SERVER.part(People.class)
                .create(name + NUMBER.incrementAndGet() + "@wall-story.example", name)
                .id();
    }

    public Http member(String name, @Nullable UUID workforce, Role... roles) {
        return join(name, people.computeIfAbsent(name, WallStory::person), workforce, roles);
    }

    /** Somebody who is known elsewhere becomes a member here, too. */
    Http join(String name, PersonId person, @Nullable UUID workforce, Role... roles) {
        SERVER.part(Grants.class).grant(Grants.By.SYSTEM, person, client.id(), Set.of(roles), workforce);
        people.put(name, person);
        browsers.put(name, Http.as(SERVER, person));
        return as(name);
    }

    public PersonId id(String name) {
        return people.get(name);
    }

    String cookie(String name) {
        return "etalon_session=" + SERVER.part(Sessions.class).open(id(name)).token();
    }

    public Http as(String name) {
        return browsers.get(name).with("Idempotency-Key", UUID.randomUUID().toString());
    }

    /** A project of both teams with this many images, planned. */
    public WallStory begin(int images) throws IOException {
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var made = rita().post(
                        at + "/projects",
                        Map.of(
                                "name",
                                "Coins",
                                "template",
                                "image-boxes",
                                "redundancy",
                                1,
                                "reviewShare",
                                1,
                                "workforces",
                                List.of(vendorTeam, ownTeam),
                                "ontology",
                                Map.of("labels", List.of(label), "questions", List.of())));
        path = at + "/projects/" + id(made);
        for (var i = 0; i < images; i++) {
            id(rita().upload(path + "/assets?name=coin-" + i + ".png", png(i)));
        }
        var planned = rita().post(path + "/tasks", Map.of());
        assertThat(planned.json().get("planned").asInt()).as(planned.body()).isEqualTo(images);
        return this;
    }

    public Http rita() {
        return as("rita");
    }

    public UUID project() {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    private static byte[] png(int shade) throws IOException {
        var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(shade % 40, 0, shade + 1);
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    public Http.Answer ask(String who) {
        return as(who).post(path + "/leases", Map.of());
    }

    public JsonNode lease(String who) {
        var lease = ask(who);
        assertThat(lease.status()).as(lease.body()).isEqualTo(201);
        return lease.json();
    }

    public Http.Answer submit(String who, JsonNode lease) {
        var box = new HashMap<String, Object>(
                Map.of("id", "s1", "label", "coin", "type", "box", "x", 1, "y", 2, "width", 6, "height", 5));
        box.put("attributes", Map.of());
        return as(who).post(
                        path + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.get("token"),
                                "answer",
                                Map.of("answers", Map.of(), "shapes", List.of(box)),
                                "activeSeconds",
                                7));
    }

    /** Makes a rule in force; gives its id. */
    public UUID wall(Map<String, ?> terms) {
        return id(rita().post(at + "/walls", terms));
    }

    UUID wallAgainstOwners(UUID competitor) {
        return wall(Map.of("kind", "owner", "competitors", List.of(competitor), "percent", 20));
    }

    void refuses(Http.Answer answer, UUID rule) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("wall");
        assertThat(answer.body()).contains(rule.toString()).doesNotContain("itself", "rival");
    }

    /** What the client's log says was denied. */
    public List<String> denials() {
        var all = new ArrayList<String>();
        SERVER.part(AuditLog.class).flush(client.id());
        var entries = rita().get(at + "/audit/entries?limit=200&op=WALL_DENY");
        assertThat(entries.status()).as(entries.body()).isEqualTo(200);
        entries.json().path("items").forEach(entry -> all.add(entry.toString()));
        return all;
    }
}
