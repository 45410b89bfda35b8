package io.etalon.server.work.prelabel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What models answered before people do, from the file to the export. */
final class PreLabelHttpTest {
    private static TestServer server;
    private static Tones tones;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.start();
        tones = new Tones(server, "prelabels");
    }

    @BeforeEach
    void beginAProject() {
        tones.begin(0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Map<String, Object> sure(String tone) {
        return Tones.preLabel("1", 0.9, tone);
    }

    @Test
    void takesPreLabelsInWithTheirTasksAndRefusesWhatDoesNotFitAtItsPlace() throws Exception {
        var wrongMember =
                Map.of("model", Map.of("name", "m", "version", "1"), "answer", Tones.answer("good"), "score", 1);
        var file = Tones.line("plain", List.of(sure("good"), Tones.preLabel("2", 0.4, "bad")))
                + "{\"text\":\"without\"}\n"
                + Tones.line("no such option", List.of(sure("good"), sure("canary")))
                + Tones.line("too sure", List.of(Tones.preLabel("1", 1.5, "good")))
                + Tones.line("no array", sure("good"))
                + Tones.line("another member", List.of(wrongMember))
                + Tones.line("nameless", List.of(Map.of("answer", Tones.answer("good"))))
                + Tones.line("plain", List.of(sure("bad")));

        var job = tones.imported("tones.jsonl", file);

        assertThat(job.at("/report/accepted").asInt()).as(job.toString()).isEqualTo(2);
        var notes = tones.notes(job);
        assertThat(notes.get(3L))
                .startsWith("rejected: at /preLabels/1/answer/answers/tone: ")
                .doesNotContain("canary");
        assertThat(notes.get(4L)).startsWith("rejected: at /preLabels/0/confidence: ");
        assertThat(notes.get(5L)).startsWith("rejected: at /preLabels: ");
        assertThat(notes.get(6L)).startsWith("rejected: at /preLabels/0/score: ");
        assertThat(notes.get(7L)).startsWith("rejected: at /preLabels/0/model: ");
        assertThat(notes.get(8L)).startsWith("duplicate: ");
        var first =
                tones.as("quinn").get(tones.path() + "/tasks/" + tones.tasks().getFirst() + "/pre-labels");
        assertThat(first.json().at("/items/0/model/version").asString())
                .as(first.body())
                .isEqualTo("2");
        assertThat(first.json().at("/items/0/confidence").asDouble()).isEqualTo(0.4);
        assertThat(first.json().at("/items/0/answer/answers/tone").asString()).isEqualTo("bad");
        assertThat(first.json().at("/items/1/answer/answers/tone").asString()).isEqualTo("good");
        assertThat(tones.standing().at("/models/0/labels").asInt()).isEqualTo(1);
    }

    @Test
    void takesPreLabelsFromATableAndForAssetsThatAreThere() throws Exception {
        var cell = Http.text(List.of(sure("bad"))).replace("\"", "\"\"");
        var job = tones.imported("t.csv", "text,prelabels\none,\"" + cell + "\"\ntwo,\ntre,\"[{\"\"a\"\":\"\n");
        assertThat(job.at("/report/accepted").asInt()).as(job.toString()).isEqualTo(2);
        assertThat(tones.notes(job)).containsEntry(4L, "rejected: at /preLabels: is not JSON");

        var added = tones.as("rita").upload(tones.path() + "/assets?name=a.txt", "an asset".getBytes(UTF_8));
        var asset = added.json().get("id").asString();
        var box = Map.of(
                "model", Map.of("name", "m", "version", "1"), "answer", Map.of("answers", Map.of("tone", "ugly")));
        var refused = tones.imported("a.jsonl", Http.text(Map.of("asset", asset, "preLabels", List.of(box))));
        assertThat(tones.notes(refused).get(1L)).startsWith("rejected: at /preLabels/0/answer/answers/tone: ");
        var taken = tones.imported("b.jsonl", Http.text(Map.of("asset", asset, "preLabels", List.of(sure("good")))));
        assertThat(taken.at("/report/accepted").asInt()).as(taken.toString()).isEqualTo(1);

        tones.show(true);
        var shown = new ArrayList<String>();
        for (var i = 0; i < 3; i++) {
            shown.add(tones.lease().at("/preLabel/answer/answers/tone").asString());
        }
        assertThat(shown).containsExactly("bad", "", "good");
    }

    @Test
    void aLeaseCarriesTheNewestAndTheAnswerSaysWhatBecameOfIt() throws Exception {
        tones.imported(
                "t.jsonl",
                Tones.line("one", List.of(sure("good"), Tones.preLabel("2 ✓", 0.25, "bad")))
                        + Tones.line("two", List.of(sure("good")))
                        + "{\"text\":\"three\"}\n{\"text\":\"four\"}\n");
        var off = tones.lease();
        assertThat(off.has("preLabel")).as("off unless the rules say so").isFalse();
        assertThat(rows("lease_pre_label")).isZero();
        tones.as("anna")
                .post(tones.path() + "/leases/" + off.get("id") + "/release", Map.of("token", off.get("token")));

        tones.show(true);
        var first = tones.lease();
        assertThat(first.at("/preLabel/model/name").asString())
                .as(first.toString())
                .isEqualTo("tone-net");
        assertThat(first.at("/preLabel/model/version").asString()).isEqualTo("2 ✓");
        assertThat(first.at("/preLabel/confidence").asDouble()).isEqualTo(0.25);
        tones.submit(first, first.at("/preLabel/answer"));
        var second = tones.lease();
        tones.submit(second, Map.of("answers", Map.of("tone", "good", "note", "not quite"), "shapes", List.of()));
        var third = tones.lease();
        assertThat(third.has("preLabel")).isFalse();
        tones.submit(third, Tones.answer("good"));

        var tasks = tones.tasks();
        assertThat(tones.origin(tasks.get(0)).get("unchanged").asBoolean()).isTrue();
        assertThat(tones.origin(tasks.get(0)).get("id")).isEqualTo(first.at("/preLabel/id"));
        assertThat(tones.origin(tasks.get(1)).get("unchanged").asBoolean()).isFalse();
        assertThat(tones.origin(tasks.get(1)).get("version").asString()).isEqualTo("1");
        assertThat(tones.origin(tasks.get(2)).isMissingNode()).isTrue();
        Tones.until("both are counted", () -> counts().equals(List.of("1: 0 1", "2 ✓: 1 0")));
        var lines = new String(tones.exported("jsonl"), UTF_8).lines().toList();
        assertThat(lines.get(0))
                .contains(
                        "\"preLabel\":{\"model\":\"tone-net\",\"version\":\"2 ✓\",\"confidence\":0.25,\"unchanged\":true}");
        assertThat(lines.get(1)).contains("\"confidence\":0.9,\"unchanged\":false}");
        assertThat(lines.get(2)).doesNotContain("preLabel");
        var table = new String(tones.exported("csv"), UTF_8).lines().toList();
        assertThat(table.getFirst())
                .endsWith("value,preLabelModel,preLabelVersion,preLabelConfidence,preLabelUnchanged");
        assertThat(table.get(1)).endsWith(",tone-net,2 ✓,0.25,true");
        assertThat(table.getLast()).endsWith(",tone,good,,,,");
        assertThat(new String(tones.exported("parquet"), ISO_8859_1)).contains("preLabelModel", "tone-net");
    }

    private static List<String> counts() {
        return tones.standing()
                .get("models")
                .valueStream()
                .map(model ->
                        model.get("version").asString() + ": " + model.get("unchanged") + " " + model.get("changed"))
                .toList();
    }

    /** How many rows a table has of the project. */
    private static int rows(String table) {
        return server.scope()
                .client(
                        tones.client(),
                        tx -> tx.db()
                                .sql("select count(*)::int from " + table + " where project = ?::uuid")
                                .param(tones.path().substring(tones.path().lastIndexOf('/') + 1))
                                .query(Integer.class)
                                .single());
    }

    @Test
    void aRestartKeepsWhatWasShownAndANewerOneDoesNotTakeItsPlace() throws Exception {
        tones.imported("t.jsonl", Tones.line("one", List.of(sure("good"))));
        tones.show(true);
        var lease = tones.lease();
        var task = tones.tasks().getFirst();
        assertThat(tones.add(Tones.forTask(task, Tones.preLabel("2", 0.5, "bad")))
                        .status())
                .isEqualTo(201);
        tones.show(false);

        server.restart();

        var held = tones.as("anna").get(tones.path() + "/leases").json().at("/items/0");
        assertThat(held.get("preLabel")).as(held.toString()).isEqualTo(lease.get("preLabel"));
        tones.submit(lease, Tones.answer("good"));
        assertThat(tones.origin(task).get("id")).isEqualTo(lease.at("/preLabel/id"));
        assertThat(tones.origin(task).get("unchanged").asBoolean()).isTrue();
    }

    @Test
    void whatComesBackKeepsThePreLabelThatItBeganFrom() throws Exception {
        tones.begin(1.0);
        tones.imported("t.jsonl", Tones.line("one", List.of(sure("good"))));
        tones.show(true);
        var lease = tones.lease();
        tones.submit(lease, Tones.answer("good"));
        var review = tones.as("rolf").post(tones.path() + "/reviews", Map.of()).json();
        var decided = tones.as("rolf")
                .post(
                        tones.path() + "/reviews/" + review.get("id") + "/decision",
                        Map.of(
                                "token",
                                review.get("token"),
                                "decision",
                                "return",
                                "comments",
                                List.of(Map.of("text", "look again"))));
        assertThat(decided.status()).as(decided.body()).isEqualTo(201);
        var task = tones.tasks().getFirst();
        tones.add(Tones.forTask(task, Tones.preLabel("2", 0.5, "bad")));

        var again = tones.lease();

        assertThat(again.has("returned")).isTrue();
        assertThat(again.at("/preLabel/id")).isEqualTo(lease.at("/preLabel/id"));
        tones.submit(again, Tones.answer("bad"));
        assertThat(tones.origin(task).get("unchanged").asBoolean()).isFalse();
        Tones.until("the first answer alone is counted", () -> counts().equals(List.of("1: 1 0", "2: 0 0")));
    }

    @Test
    void addsAllOrNoneToTasksThatAreThereAndOnlyOnceUnderOneKey() throws Exception {
        tones.imported("t.jsonl", "{\"text\":\"one\"}\n{\"text\":\"two\"}\n");
        var tasks = tones.tasks();

        var refused = tones.add(
                Tones.forTask(tasks.get(0), sure("good")),
                Tones.forTask(tasks.get(1), sure("ugly")),
                Tones.forTask(4711, sure("good")));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("/items/1/answer/answers/tone", "/items/2/task");
        assertThat(rows("pre_label")).isZero();
        var many = Collections.nCopies(1_001, Tones.forTask(tasks.getFirst(), sure("good")));
        assertThat(tones.add(many.toArray()).status()).isEqualTo(400);

        var once = tones.as("rita");
        var body = Map.of("items", List.of(Tones.forTask(tasks.getFirst(), sure("good"))));
        assertThat(once.post(tones.path() + "/pre-labels", body).status()).isEqualTo(201);
        assertThat(once.post(tones.path() + "/pre-labels", body)
                        .json()
                        .get("added")
                        .asInt())
                .isEqualTo(1);
        assertThat(rows("pre_label")).isEqualTo(1);
    }

    @Test
    void whatIsTakenBackIsShownNoMoreAndAnswersKeepSayingWhereTheyCameFrom() throws Exception {
        var both = List.of(sure("good"), Tones.preLabel("2", 0.5, "bad"));
        tones.imported("t.jsonl", Tones.line("one", both) + Tones.line("two", both));
        tones.show(true);
        tones.submit(tones.lease(), Tones.answer("bad"));
        var model = tones.standing().at("/models/1/id").asLong();
        var at = tones.path() + "/pre-labels/models/" + model;

        assertThat(tones.as("rita").delete(at).status()).isEqualTo(204);
        assertThat(tones.as("rita").delete(at).status()).isEqualTo(404);

        assertThat(tones.lease().at("/preLabel/model/version").asString()).isEqualTo("1");
        assertThat(tones.origin(tones.tasks().getFirst()).get("version").asString())
                .isEqualTo("2");
        assertThat(tones.standing().at("/models/1").hasNonNull("removedAt")).isTrue();
    }

    @Test
    void anotherClientAndAnnotatorsFindNothing() throws Exception {
        var other = new Tones(server, "prelabel-other");
        other.begin(0);
        tones.imported("t.jsonl", Tones.line("one", List.of(sure("good"))));
        var task = tones.tasks().getFirst();
        var model = tones.standing().at("/models/0/id").asLong();
        var body = Map.of("items", List.of(Tones.forTask(task, sure("good"))));
        for (var path : List.of("/pre-labels", "/tasks/" + task + "/pre-labels")) {
            assertThat(other.as("rita").get(tones.path() + path).status()).isEqualTo(404);
            assertThat(tones.as("anna").get(tones.path() + path).status()).isEqualTo(403);
        }
        for (var who : List.of(other.as("rita"), tones.as("anna"))) {
            assertThat(who.post(tones.path() + "/pre-labels", body).status()).isIn(403, 404);
            assertThat(who.delete(tones.path() + "/pre-labels/models/" + model).status())
                    .isIn(403, 404);
        }
        assertThat(other.as("rita")
                        .delete(other.path() + "/pre-labels/models/" + model)
                        .status())
                .isEqualTo(404);
        assertThat(other.as("rita")
                        .get(other.path() + "/tasks/" + task + "/pre-labels")
                        .status())
                .isEqualTo(404);
        tones.begin(0);
        assertThat(tones.as("rita")
                        .delete(tones.path() + "/pre-labels/models/" + model)
                        .status())
                .as("nor from another project")
                .isEqualTo(404);
    }

    @Test
    void goldWithoutAPreLabelHidesThemAllAndGoldWithOneLooksLikeWork() throws Exception {
        var file = new StringBuilder();
        for (var i = 0; i < 16; i++) {
            file.append(i < 8 ? Tones.line("work " + i, List.of(sure("good"))) : "{\"text\":\"gold " + i + "\"}\n");
        }
        tones.imported("t.jsonl", file.toString());
        var gold = tones.tasks().subList(8, 16);
        for (var task : gold) {
            var made = tones.as("quinn")
                    .post(
                            tones.path() + "/gold",
                            Map.of("task", task, "answer", Tones.answer("good"), "category", "x"));
            assertThat(made.status()).as(made.body()).isEqualTo(201);
        }
        var policy = tones.as("quinn").put(tones.path() + "/gold/policy", Map.of("block", 2, "gold", 1));
        assertThat(policy.status()).as(policy.body()).isEqualTo(200);
        tones.show(true);
        assertThat(tones.standing().get("shown").asBoolean()).isFalse();
        assertThat(tones.standing().get("goldWithout").asInt()).isEqualTo(8);
        assertThat(looks(4)).allSatisfy(look -> assertThat(look).doesNotContain("preLabel"));

        var items = gold.stream().map(task -> Tones.forTask(task, sure("good"))).toArray();
        assertThat(tones.add(items).status()).isEqualTo(201);

        assertThat(tones.standing().get("shown").asBoolean()).isTrue();
        var looks = looks(6);
        assertThat(new TreeSet<>(looks)).as("nothing tells gold").hasSize(1);
        assertThat(looks.getFirst()).contains("preLabel");
        assertThat(rows("(select * from submission where gold) g")).isBetween(4, 6);
        assertThat(rows("submission_pre_label")).as("of gold too").isEqualTo(6);
        var counted = rows(
                "(select s.project from submission s join submission_pre_label x on x.submission = s.id where not s.gold) w");
        Tones.until("work alone is counted", () -> counts().equals(List.of("1: " + counted + " 0")));
    }

    /** The members of some leases, one after another, each answered as its pre-label says. */
    private static List<String> looks(int count) {
        var looks = new ArrayList<String>();
        for (var i = 0; i < count; i++) {
            var lease = tones.lease();
            looks.add(members(lease));
            tones.submit(lease, Tones.answer("good"));
        }
        return looks;
    }

    private static String members(JsonNode node) {
        var names = new TreeSet<String>();
        node.properties()
                .forEach(one -> names.add(one.getKey() + (one.getValue().isObject() ? members(one.getValue()) : "")));
        return names.toString();
    }
}
