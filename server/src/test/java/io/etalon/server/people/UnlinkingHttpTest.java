package io.etalon.server.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.SignedNote;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.vendor.VendorStory;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A person who has left is taken out of a client's log by two persons. */
class UnlinkingHttpTest {
    private final TestServer server = TestServer.shared();
    private final AuditLog log = server.part(AuditLog.class);

    private String pseudonym(VendorStory story, String who) {
        return server.scope().client(story.client.id(), tx -> log.pseudonym(tx, story.person(who)));
    }

    private Checkpoint head(VendorStory story) throws Exception {
        log.flush(story.client.id());
        var note = story.requester.get(story.path() + "/audit/checkpoint").body();
        return Checkpoint.parse(SignedNote.parse(note.getBytes(UTF_8)).text());
    }

    private static Map<String, Object> about(VendorStory story, String who) {
        return Map.of("person", story.person(who).value(), "reason", "She asked to be forgotten.");
    }

    @Test
    void whoHasLeftCanNoLongerBeNamedAndTheLogVerifiesAsBefore() throws Exception {
        var story = new VendorStory(server, "unlink");
        var north = story.vendor("North", "nora");
        story.person("rex", null, Role.REQUESTER);
        var project = story.project(2, 1);
        assertThat(story.work(project, "nora", 0, () -> true)).isEqualTo(2);
        var at = story.path() + "/unlinkings";
        var before = pseudonym(story, "nora");
        var met = story.path() + "/audit/people/" + before + "/assets";
        log.flush(story.client.id());
        assertThat(story.requester.get(met).json().at("/items/0/name").asString())
                .isEqualTo("nora");

        assertThat(VendorStory.keyed(story.requester)
                        .post(at, about(story, "nora"))
                        .body())
                .as("who works is named")
                .contains("unlinking-member");
        var left = VendorStory.keyed(story.requester)
                .post(story.path() + "/vendors/" + north + "/drain", Map.of("reason", "Their contract ends."));
        assertThat(left.status()).as(left.body()).isEqualTo(201);
        assertThat(story.requester.get(at + "/people").body()).contains("nora");

        var seen = head(story);
        assertThat(names(story)).as("a key that is there names her").contains(before);
        var id = destroyed(story, at);
        assertThat(pseudonym(story, "nora")).isNotEqualTo(before);
        assertThat(story.requester.get(at).body())
                .contains(id)
                .doesNotContain(story.person("nora").value().toString(), "forgotten");
        var now = head(story);
        assertThat(now.size()).isGreaterThan(seen.size());
        assertThat(now.extendsFrom(seen, log.consistencyProof(story.client.id(), seen.size(), now.size())))
                .isTrue();
        assertThat(story.requester.get(met).json().get("items"))
                .as("what was seen stays in the log")
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.path("name").isNull()).isTrue());
        var entries = log.entries(story.client.id(), new EntryFilter(null, null, null, AuditOp.PSEUDONYM), 0, 10);
        assertThat(entries).hasSize(2);
        assertThat(entries.getLast().entry()).contains(before, id, "destroyed");
        assertThat(names(story))
                .as("no key that is left makes the old name")
                .isNotEmpty()
                .doesNotContain(before);
    }

    /** Asked for, refused to the one who asked and to a stranger, and done by a second person. */
    private String destroyed(VendorStory story, String at) throws Exception {
        var asked = VendorStory.keyed(story.requester).post(at, about(story, "nora"));
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        var id = asked.json().get("id").asString();
        var yes = Map.of("approved", true);
        assertThat(VendorStory.keyed(story.requester)
                        .post(at, about(story, "nora"))
                        .body())
                .contains("unlinking-waits");
        assertThat(VendorStory.keyed(story.requester)
                        .post(at + "/" + id + "/decision", yes)
                        .status())
                .isEqualTo(403);
        Http rex = story.as("rex");
        assertThat(rex.post(at + "/" + UUID.randomUUID() + "/decision", yes).status())
                .isEqualTo(404);
        var other = new VendorStory(server, "unlink-other");
        var foreign = other.path() + "/unlinkings/" + id + "/decision";
        assertThat(VendorStory.keyed(other.requester).post(foreign, yes).status())
                .isEqualTo(404);
        var done = rex.with("Idempotency-Key", UUID.randomUUID().toString()).post(at + "/" + id + "/decision", yes);
        assertThat(done.status()).as(done.body()).isEqualTo(200);
        var again = rex.with("Idempotency-Key", UUID.randomUUID().toString()).post(at + "/" + id + "/decision", yes);
        assertThat(again.body()).contains("unlinking-decided");
        return id;
    }

    /** What the keys in the cell make of the people whom they stand beside. */
    private List<String> names(VendorStory story) {
        return server.scope()
                .client(
                        story.client.id(),
                        tx -> log.linked(tx).stream()
                                .map(person -> log.pseudonym(tx, person))
                                .toList());
    }
}
