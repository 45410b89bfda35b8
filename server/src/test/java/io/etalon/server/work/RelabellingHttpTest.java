package io.etalon.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels are added, renamed, merged and retired while people work. */
class RelabellingHttpTest {
    private static final Coins COINS = new Coins("labels-test", "anna", "ben");

    private final Http rita = COINS.as("rita");
    private String changes = "";

    @BeforeEach
    void begin() throws IOException {
        COINS.begin(4, 1, 0.0);
        changes = COINS.path() + "/ontology/changes";
    }

    private static Map<String, String> merge(String id, String into) {
        return Map.of("op", "merge", "id", id, "into", into);
    }

    private Http.Answer change(int base, List<?> operations) {
        return rita.post(changes, Map.of("baseVersion", base, "operations", operations));
    }

    private Http.Answer preview(List<?> operations) {
        return rita.post(changes + "/preview", Map.of("operations", operations));
    }

    /** Counts follow the work by a moment. */
    private void untilCounted(int submissions) {
        var all = List.of(
                Map.of("op", "retire", "id", "coin"),
                Map.of("op", "rename", "id", "medal", "name", "Medal"),
                Map.of("op", "rename", "id", "token", "name", "Token"));
        for (var i = 0; i < 100; i++) {
            var counted = 0;
            for (var entry : preview(all).json().get("touched").properties()) {
                counted += entry.getValue().asInt();
            }
            if (counted == submissions) {
                return;
            }
            LockSupport.parkNanos(100_000_000);
        }
        throw new AssertionError("the counts did not come to " + submissions);
    }

    @Test
    void aPreviewTellsHowManySubmissionsEachLabelTouchesAndChangesNothing() {
        COINS.work("anna", "coin", "");
        COINS.work("anna", "coin", "");
        COINS.work("ben", "medal", "");
        untilCounted(3);

        var preview = preview(List.of(merge("coin", "medal"), Map.of("op", "retire", "id", "token")));

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().get("touched").toString()).isEqualTo("{\"coin\":2,\"token\":0}");
        assertThat(preview.json().get("baseVersion").asInt()).isEqualTo(1);
        assertThat(rita.get(COINS.path()).json().get("ontologyVersion").asInt()).isEqualTo(1);
    }

    @Test
    void mergedLabelsCountAsOneInReportsAndExportsAndTheAnswersStay() throws Exception {
        COINS.work("anna", "coin", "with a text");
        COINS.work("ben", "medal", "");

        var changed = change(1, List.of(merge("coin", "medal")));

        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
        assertThat(changed.json().get("version").asInt()).isEqualTo(2);
        assertThat(COINS.labels()).containsExactly("medal", "medal");
        assertThat(export())
                .contains("\"label\":\"medal\"")
                .contains("with a text")
                .doesNotContain("\"label\":\"coin\"");
        var kept = COINS.client();
        List<String> rows = Coins.SERVER
                .scope()
                .client(
                        kept.id(),
                        tx -> tx.db()
                                .sql(
                                        "select answer->'shapes'->0->>'label' from submission where project = ? order by 1")
                                .param(COINS.project().value())
                                .query(String.class)
                                .list());
        assertThat(rows).containsExactly("coin", "medal");
    }

    @Test
    void mergesThatFollowOneAnotherLeadToTheLastLabel() {
        COINS.work("anna", "coin", "");
        assertThat(change(1, List.of(merge("coin", "medal"))).status()).isEqualTo(201);
        assertThat(change(2, List.of(merge("medal", "token"))).status()).isEqualTo(201);
        assertThat(COINS.labels()).containsExactly("token");
    }

    @Test
    void aLeaseThatIsOutFinishesUnderItsVersionAndTheNextGetsTheNew() {
        var lease = COINS.lease("anna");
        assertThat(change(1, List.of(Map.of("op", "retire", "id", "coin"))).status())
                .isEqualTo(201);

        var submitted = COINS.submit("anna", lease, "coin", "");

        assertThat(submitted.status()).as(submitted.body()).isLessThan(300);
        var next = COINS.lease("ben");
        assertThat(next.get("ontologyVersion").asInt()).isEqualTo(2);
        assertThat(COINS.submit("ben", next, "coin", "").status()).as("retired").isEqualTo(400);
        assertThat(COINS.submit("ben", next, "medal", "").status()).isLessThan(300);
        assertThat(COINS.effective().getFirst().ontologyVersion()).isEqualTo(1);
    }

    @Test
    void aRetiredLabelStaysInItsAnswersAndIsMarkedInExports() throws Exception {
        COINS.work("anna", "coin", "");
        assertThat(change(1, List.of(Map.of("op", "retire", "id", "coin"))).status())
                .isEqualTo(201);
        assertThat(COINS.labels()).containsExactly("coin");
        assertThat(export()).contains("\"retiredLabels\":[\"coin\"]");
    }

    @Test
    void whatIsDeletedBearsItsLabelsNoMoreMergedAndRetiredOnesToo() throws Exception {
        COINS.work("anna", "coin", "");
        COINS.work("ben", "medal", "");
        assertThat(change(1, List.of(Map.of("op", "retire", "id", "coin"))).status())
                .isEqualTo(201);
        assertThat(change(2, List.of(merge("medal", "token"))).status()).isEqualTo(201);
        untilUsed("coin", 1);
        untilUsed("medal", 1);
        var all = Map.of("filter", Map.of(), "expected", 4, "expectedAnswers", 2);

        var deleted = rita.with("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .post(COINS.path() + "/deletions", all);

        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        untilUsed("coin", 0);
        untilUsed("medal", 0);
        assertThat(COINS.labels()).isEmpty();
        var number = deleted.json().get("id").asLong();
        assertThat(rita.post(COINS.path() + "/deletions/" + number + "/undo", Map.of())
                        .status())
                .isEqualTo(200);
        untilUsed("coin", 1);
        untilUsed("medal", 1);
        assertThat(COINS.labels()).containsExactly("coin", "token");
        assertThat(export()).contains("\"retiredLabels\":[\"coin\"]");
    }

    /** Counts follow what is deleted by a moment. */
    private static void untilUsed(String label, long submissions) {
        var deadline = System.nanoTime() + 60_000_000_000L;
        while (used(label) != submissions && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000_000);
        }
        assertThat(used(label)).as(label).isEqualTo(submissions);
    }

    private static long used(String label) {
        return Coins.SERVER
                .scope()
                .client(
                        COINS.client().id(),
                        tx -> tx.db()
                                .sql(
                                        "select coalesce(sum(submissions), 0) from label_use where project = ? and label = ?")
                                .params(COINS.project().value(), label)
                                .query(Long.class)
                                .single());
    }

    @Test
    void addingAndRenamingTouchNoAnswer() {
        COINS.work("anna", "coin", "");
        var ring = Map.of("id", "ring", "name", "Ring", "color", "#102030", "tool", "box");
        var changed = change(
                1,
                List.of(Map.of("op", "add", "label", ring), Map.of("op", "rename", "id", "coin", "name", "Coinage")));
        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
        assertThat(changed.json().get("changes")).hasSize(2);
        assertThat(COINS.labels()).containsExactly("coin");
        assertThat(rita.get(COINS.path() + "/ontology").body())
                .contains("Coinage")
                .contains("Ring");
    }

    @Test
    void refusesWhatCannotBeDoneWithThePlaceOfEachFault() {
        var bad =
                preview(List.of(merge("coin", "coin"), merge("coin", "crown"), Map.of("op", "retire", "id", "crown")));
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.body())
                .contains("/operations/0/into")
                .contains("/operations/1/into")
                .contains("/operations/2/id");
        assertThat(preview(List.of()).status()).isEqualTo(400);
        assertThat(preview(List.of(Map.of("op", "shrink"))).status()).isEqualTo(400);
        var all = List.of(
                Map.of("op", "rename", "id", "coin", "name", "x"), Map.of("op", "rename", "id", "coin", "name", "y"));
        assertThat(change(1, all).status()).isEqualTo(201);
        assertThat(change(1, all).status()).as("an old base").isEqualTo(409);
    }

    private String export() throws Exception {
        var queued = rita.with("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .post(COINS.path() + "/exports", Map.of("format", "jsonl"));
        assertThat(queued.status()).as(queued.body()).isLessThan(300);
        var id = queued.json().get("id").asString();
        for (var i = 0; i < 200; i++) {
            var file = rita.get(COINS.path() + "/exports/" + id + "/file");
            if (file.status() == 200) {
                return file.body();
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new AssertionError("the export did not end");
    }
}
