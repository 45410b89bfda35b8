package io.etalon.server.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.ReleaseVerifier;
import io.etalon.ledger.Verification;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.Role;
import io.etalon.server.dataset.ObjectSweep;
import io.etalon.server.quality.MethodNames;
import io.etalon.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Releases through the real server: cut, told to the log, downloaded, verified offline, taken up after a stop. */
class ReleaseHttpTest {
    private static final List<String> TEXTS = ReleaseStory.names(6);

    @TempDir
    private Path folder;

    private static String opinion(String person, String asset) {
        return (person.charAt(0) + asset.charAt(5)) % 3 == 0 ? "2" : "1";
    }

    private static ReleaseStory finished(TestServer server, String slug) throws Exception {
        var story =
                new ReleaseStory(server, slug).textProject(3, 0).texts(TEXTS).plan();
        for (var person : List.of("ada", "ben", "cleo")) {
            assertThat(story.answer(person, ReleaseHttpTest::opinion)).isEqualTo(TEXTS.size());
        }
        return story;
    }

    private Verification verify(byte[] archive, String key) throws Exception {
        var file = folder.resolve("release.zip");
        Files.write(file, archive);
        return ReleaseVerifier.verify(file, Optional.of(VerifierKey.parse(key)));
    }

    private static Map<String, String> files(byte[] archive) throws Exception {
        var files = new TreeMap<String, String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void theSweepTakesOrphansAndLeavesAssetsAndArchives() throws Exception {
        var server = TestServer.shared();
        var story = finished(server, "release-sweep");
        story.release("majority");
        var archive = story.archive(1);
        var client = server.clients().find("release-sweep").orElseThrow();
        var objects = server.data().resolve("objects").resolve(client.id().toString());
        var orphan = Files.createDirectories(objects.resolve("ab")).resolve("ab" + "0".repeat(62));
        var young = orphan.resolveSibling("ab" + "1".repeat(62));
        Files.write(orphan, new byte[] {1});
        var sweep = server.part(ObjectSweep.class);
        assertThat(sweep.sweep(client)).as("nothing is old yet").isZero();

        var longAgo = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        try (var all = Files.walk(objects)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, longAgo);
            }
        }
        Files.write(young, new byte[] {1});
        var before = sweep.removed();
        assertThat(sweep.sweep(client)).isEqualTo(1);
        assertThat(sweep.removed()).isEqualTo(before + 1);
        assertThat(orphan).doesNotExist();
        assertThat(young).exists();
        assertThat(story.archive(1)).isEqualTo(archive);
        story.release("majority");
        assertThat(story.archive(2))
                .as("made from the assets that are still there")
                .isNotEmpty();
        Files.delete(young);
    }

    @Test
    void aReleaseIsVerifiedOfflineAndItsEntryStandsInTheLog() throws Exception {
        var story = finished(TestServer.shared(), "release-one");

        var release = story.release("dawid_skene");

        assertThat(release.get("state").asString()).as(release.toString()).isEqualTo("ready");
        assertThat(release.get("number").asInt()).isEqualTo(1);
        assertThat(release.get("assets").asInt()).isEqualTo(TEXTS.size());
        var archive = story.archive(1);
        assertThat(archive).hasSize(release.get("size").asInt());
        var verification = verify(archive, story.logKey());
        assertThat(verification).isInstanceOf(Verification.Verified.class);
        var leaf = ((Verification.Verified) verification).leaf();
        assertThat(leaf.manifest().hex())
                .isEqualTo(release.get("manifestSha256").asString());
        assertThat(leaf.client()).isEqualTo(story.client().id().toString());
        var proof = story.as("requester")
                .get(story.clientPath() + "/audit/proof?index="
                        + release.get("auditIndex").asLong());
        assertThat(proof.status()).isEqualTo(200);
        assertThat(files(archive).keySet())
                .contains(
                        "manifest.txt",
                        "annotations.jsonl",
                        "ontology.json",
                        "guidelines.md",
                        "datasheet.md",
                        "provenance.jsonl",
                        "SHA256SUMS",
                        "log/entry.json",
                        "log/proof.tlog-proof",
                        "log/key.txt");
        assertThat(files(archive).get("provenance.jsonl").lines()).hasSize(18);

        archive[archive.length / 3] ^= 1;
        assertThat(verify(archive, story.logKey())).isInstanceOf(Verification.Refused.class);
    }

    @Test
    void twoServersGiveOneManifestWhateverTheOrderOfPeopleAndUploads() throws Exception {
        try (var other = TestServer.start()) {
            var one = finished(TestServer.shared(), "release-here");
            var mixed = new ArrayList<>(TEXTS);
            Collections.shuffle(mixed, new Random(3));
            var two = new ReleaseStory(other, "release-there")
                    .textProject(3, 0)
                    .texts(mixed)
                    .plan();
            for (var person : List.of("cleo", "ada", "ben")) {
                two.answer(person, ReleaseHttpTest::opinion);
            }

            for (var method : List.of("dawid_skene", "majority", "one_coin", "mace")) {
                var here = one.release(method);
                var there = two.release(method);
                assertThat(there.get("manifestSha256").asString())
                        .as(method)
                        .isEqualTo(here.get("manifestSha256").asString())
                        .hasSize(64);
            }
            assertThat(two.release("majority").get("number").asInt()).isEqualTo(5);
            assertThat(two.settled(4).get("method").asString()).isEqualTo("mace");
        }
    }

    @Test
    void writesTheExportEntryBeforeTheBytesAndGivesTheSameBytesForEver() throws Exception {
        var story = finished(TestServer.shared(), "release-range");
        story.release("majority");
        var whole = story.archive(1);
        var path = story.path() + "/releases/1/archive";
        var exports = Collections.frequency(story.log(), "EXPORT");
        assertThat(exports).isEqualTo(1);

        var middle = story.as("requester").with("Range", "bytes=100-299").get(path);

        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.raw().body()).isEqualTo(Arrays.copyOfRange(whole, 100, 300));
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 100-299/" + whole.length);
        assertThat(Collections.frequency(story.log(), "EXPORT")).isEqualTo(2);
        var unchanged = story.as("requester")
                .with("If-None-Match", middle.header("ETag"))
                .get(path);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(Collections.frequency(story.log(), "EXPORT")).isEqualTo(2);
        assertThat(story.as("requester")
                        .with("Range", "bytes=99999999-")
                        .get(path)
                        .status())
                .isEqualTo(416);
        assertThat(story.archive(1)).isEqualTo(whole);
    }

    @Test
    void refusesAMethodThatIsNoneOfTheLibrarysAndNamesThemAll() throws Exception {
        var story = finished(TestServer.shared(), "release-method");

        for (var name : List.of("auto", "mv", "MAJORITY", "")) {
            var refused = story.as("requester").post(story.path() + "/releases", Map.of("method", name));
            assertThat(refused.status()).as(name).isEqualTo(400);
            assertThat(refused.body())
                    .contains("method is “" + name + "”; it must be one of " + String.join(", ", MethodNames.all()));
            assertThat(story.as("requester")
                            .get(story.path() + "/quality/consensus?method=" + name)
                            .status())
                    .isEqualTo(400);
        }
        for (var name : MethodNames.all()) {
            assertThat(story.as("requester")
                            .get(story.path() + "/quality/consensus?method=" + name)
                            .status())
                    .as(name)
                    .isEqualTo(200);
        }
        var kept = TestServer.shared()
                .scope()
                .client(
                        story.client().id(),
                        tx -> tx.db()
                                .sql("select pg_get_constraintdef(oid) from pg_constraint where conname = ?"
                                        + " and conrelid = 'release'::regclass")
                                .param("release_method_check")
                                .query(String.class)
                                .single());
        assertThat(Pattern.compile("'(\\w+)'").matcher(kept).results().map(found -> found.group(1)))
                .as("names that the database keeps")
                .containsExactlyElementsOf(MethodNames.all());
    }

    @Test
    void refusesAProjectWithoutAFinishedTaskAndSaysWhatIsMissing() throws Exception {
        var story = new ReleaseStory(TestServer.shared(), "release-none")
                .textProject(2, 0)
                .texts(TEXTS)
                .plan();
        story.answer("ada", ReleaseHttpTest::opinion);

        var refused = story.as("requester").post(story.path() + "/releases", Map.of("method", "majority"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("release-empty");
        assertThat(refused.body()).contains("6 tasks 6 are open");
        assertThat(story.as("requester").get(story.path() + "/releases").json().get("items"))
                .isEmpty();
    }

    @Test
    void aForeignClientsCallerFindsNothing() throws Exception {
        var story = finished(TestServer.shared(), "release-mine");
        story.release("majority");
        var stranger = new ReleaseStory(TestServer.shared(), "release-stranger");

        for (var path : List.of("/releases", "/releases/1", "/releases/1/archive", "/quality", "/quality/consensus")) {
            assertThat(stranger.as("requester").get(story.path() + path).status())
                    .as(path)
                    .isEqualTo(404);
            var own = story.path().replace("release-mine", "release-stranger");
            assertThat(stranger.as("requester").get(own + path).status())
                    .as(own + path)
                    .isEqualTo(404);
        }
        assertThat(story.as("ada").get(story.path() + "/releases/1/archive").status())
                .isEqualTo(403);
        assertThat(story.as("requester").get(story.path() + "/releases/2").status())
                .isEqualTo(404);
    }

    @Test
    void theSameIdempotencyKeyCutsOneRelease() throws Exception {
        var story = finished(TestServer.shared(), "release-twice");
        var http = story.as("requester").with("Idempotency-Key", "once");

        var first = http.post(story.path() + "/releases", Map.of("method", "majority"));
        var again = http.post(story.path() + "/releases", Map.of("method", "majority"));

        assertThat(first.status()).isEqualTo(202);
        assertThat(again.json().get("number")).isEqualTo(first.json().get("number"));
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        story.settled(1);
        assertThat(story.as("requester").get(story.path() + "/releases").json().get("items"))
                .hasSize(1);
        assertThat(Collections.frequency(story.log(), "RELEASE")).isEqualTo(1);
    }

    @Test
    void aReviewersFixDecidesAndNamesAreForThoseWhoRunTheProject() throws Exception {
        var story = new ReleaseStory(TestServer.shared(), "release-fix")
                .textProject(1, 1)
                .texts(TEXTS)
                .plan();
        story.answer("ada", (person, asset) -> "1");
        assertThat(story.fix("rosa", "2")).isEqualTo(TEXTS.size());
        story.person("lead", Role.QUALITY_LEAD);

        var mine = story.as("lead")
                .get(story.path() + "/quality")
                .json()
                .get("questions")
                .get(0);
        var reviewers = story.as("rosa")
                .get(story.path() + "/quality")
                .json()
                .get("questions")
                .get(0);

        assertThat(mine.at("/methods/majority/marginals/2").asDouble()).isEqualTo(1);
        assertThat(mine.at("/annotatorSkill/0/name").asString()).isEqualTo("ada");
        assertThat(mine.at("/annotatorSkill/0/accuracy/value").asDouble()).isZero();
        assertThat(reviewers.at("/annotatorSkill/0").has("name")).isFalse();
        assertThat(reviewers.at("/annotatorSkill/0/annotator").asString()).startsWith("p-");
        var consensus = story.as("lead")
                .get(story.path() + "/quality/consensus?method=majority")
                .json();
        assertThat(consensus.get("items")).hasSize(TEXTS.size());
        assertThat(consensus.at("/items/0/answers/fitness/value").asString()).isEqualTo("2");
        story.release("majority");
        assertThat(files(story.archive(1)).get("datasheet.md")).contains("| corrected by the reviewer | 6 |");
    }

    @Test
    void aServerThatStoppedWhileBuildingTakesTheReleaseUpAgain() throws Exception {
        try (var server = TestServer.start()) {
            var story = finished(server, "release-stop");
            var project = UUID.fromString(story.path().substring(story.path().lastIndexOf('/') + 1));
            var client = story.client().id();
            var ready = story.release("majority");
            var before = files(story.archive(1));
            // As if the process had died at once, and another one after the log was told of other content.
            server.scope()
                    .clientDo(client, tx -> tx.db().sql("""
                    insert into release (project, number, method, notes, state, created_by, via, created_at,
                      event, manifest_sha256, sums_sha256)
                    select project, n, method, notes, 'building', created_by, via, created_at,
                      case n when 3 then event end, case n when 3 then manifest_sha256 end,
                      case n when 3 then sums_sha256 end
                    from release, (values (2), (3)) as numbers (n) where project = ? and number = 1""").param(project).update());

            server.restart();

            var resumed = story.settled(2);
            assertThat(resumed.get("state").asString()).as(resumed.toString()).isEqualTo("ready");
            assertThat(resumed.get("manifestSha256")).isEqualTo(ready.get("manifestSha256"));
            assertThat(verify(story.archive(2), story.logKey())).isInstanceOf(Verification.Verified.class);
            assertThat(files(story.archive(1))).isEqualTo(before);
            assertThat(story.settled(3).get("failure").asString()).contains("the work moved on");
            assertThat(story.as("requester")
                            .get(story.path() + "/releases/3/archive")
                            .code())
                    .isEqualTo("release-not-ready");
            assertThat(Collections.frequency(story.log(), "RELEASE")).isEqualTo(2);
            assertThatThrownBy(() -> server.scope()
                            .clientDo(
                                    client,
                                    tx -> tx.db()
                                            .sql("update release set size = 1 where number = 1")
                                            .update()))
                    .hasStackTraceContaining("is final");
        }
    }
}
