package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.ClientArchive;
import io.etalon.ledger.ExitCertificate;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.EtalonException;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A client leaves one installation, goes on in another, and is destroyed in the first: in this order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LeavingTest {
    @TempDir
    static Path folder;

    private static TestServer old;
    private static TestServer fresh;
    private static Household house;
    private static Path archive;
    private static String content;
    private static String exportId;
    private static int release;

    @BeforeAll
    static void fillAClient() throws Exception {
        old = TestServer.start();
        house = Household.on(old, "leaver");
        release = house.release();
        var export = house.export();
        exportId = export.get("id").asString();
        content = export.get("content").asString();
        archive = house.download(export, folder.resolve("leaver.zip"));
    }

    @AfterAll
    static void stop() {
        old.close();
        if (fresh != null) {
            fresh.close();
        }
    }

    @Test
    @Order(1)
    void anArchiveIsCheckedOfflineAndNamesItsContent() throws IOException {
        var key = VerifierKey.parse(
                house.as("rita").get(house.path() + "/audit/key").body().strip());
        var verified = ClientArchive.verify(archive, Optional.of(key));
        assertThat(verified.content().hex()).isEqualTo(content);
        assertThat(verified.trusted()).isTrue();
        assertThat(verified.head().size()).isPositive();
        var text = Files.readString(archive, ISO_8859_1);
        assertThat(house.sealed)
                .containsOnlyKeys(
                        "asset text",
                        "guideline",
                        "question",
                        "option name",
                        "label name",
                        "pre-label",
                        "free text",
                        "note",
                        "comment",
                        "return comment",
                        "discussion",
                        "notes");
        // The negative control of the search below: in the client's own file every word stands in clear.
        house.sealed.forEach((field, word) -> assertThat(text).as(field).contains(word));
        house.open.forEach((field, word) -> assertThat(text).as(field).contains(word));
    }

    @Test
    @Order(2)
    void aSecondArchiveOfTheSameStateHasTheSameContent() throws IOException {
        assertThat(house.export().get("content").asString()).isEqualTo(content);
    }

    @Test
    @Order(3)
    void aDamagedArchiveIsRefusedAndLeavesNothing() throws Exception {
        fresh = TestServer.start();
        var bytes = Files.readAllBytes(archive);
        var reading = fresh.part(ArchiveReading.class);
        for (var at : List.of(0, bytes.length / 5, bytes.length / 2, bytes.length - 40)) {
            var damaged = bytes.clone();
            damaged[at] ^= 1;
            var file = Files.write(folder.resolve("damaged.zip"), damaged);
            assertThatThrownBy(() -> reading.restore(file, Optional.empty()))
                    .as("byte " + at)
                    .isInstanceOf(EtalonException.class);
        }
        var cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, bytes.length - 100));
        assertThatThrownBy(() -> reading.restore(cut, Optional.empty())).isInstanceOf(EtalonException.class);
        var foreign = VerifierKey.parse(
                Http.as(old, house.person("rita")).get("/departures/key").body().strip());
        assertThatThrownBy(() -> reading.restore(archive, Optional.of(foreign)))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining("not by the key you trust");
        assertThat(fresh.clients().all()).isEmpty();
        assertThat(databases(fresh)).noneMatch(name -> name.startsWith("client_"));
    }

    @Test
    @Order(4)
    void aRestoringThatFailsHalfWayLeavesNothing() throws Exception {
        // The address of one of its people belongs to somebody else: told at the very end, when all data are in.
        var rita = fresh.part(People.class).create("rita-leaver@house.example", "Another Rita");
        assertThatThrownBy(() -> fresh.part(ArchiveReading.class).restore(archive, Optional.empty()))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining("rita-leaver@house.example");
        assertThat(fresh.clients().all()).isEmpty();
        assertThat(databases(fresh)).noneMatch(name -> name.startsWith("client_"));
        assertThat(files(fresh.data().resolve("keys")))
                .noneMatch(path -> path.toString().endsWith(".json"));
        assertThat(files(fresh.data().resolve("objects"))).isEmpty();
        fresh.scope()
                .controlDo(tx -> tx.db()
                        .sql("delete from person where id = ?")
                        .param(rita.id().value())
                        .update());
    }

    @Test
    @Order(5)
    void theClientGoesOnElsewhereInTheSameState() throws Exception {
        var verified = fresh.part(ArchiveReading.class).restore(archive, Optional.empty());
        assertThat(verified.content().hex()).isEqualTo(content);
        var moved = house.at(fresh);
        assertThat(moved.export().get("content").asString()).isEqualTo(content);
        // A release is the same file; the queue opens, an answer is taken, and the returned one is shown to its author.
        var there = moved.as("rita").get(moved.project() + "/releases/" + release + "/archive");
        var here = house.as("rita").get(house.project() + "/releases/" + release + "/archive");
        assertThat(there.raw().body()).isEqualTo(here.raw().body());
        var anna = moved.as("anna");
        var lease = moved.lease(anna);
        assertThat(lease.at("/returned/comments/0/text").asString()).isEqualTo(house.sealed.get("return comment"));
        assertThat(lease.at("/preLabel/answer/answers/note").asString())
                .as(lease.toString())
                .isEqualTo(house.sealed.get("pre-label"));
        var models = moved.as("rita").get(moved.project() + "/pre-labels").json();
        assertThat(models.at("/models/0/changed").asInt()).as(models.toString()).isEqualTo(2);
        moved.submit(anna, lease, "done elsewhere");
        assertThatThrownBy(() -> fresh.part(ArchiveReading.class).restore(archive, Optional.empty()))
                .hasMessageContaining("is here already");
    }

    @Test
    @Order(6)
    void theLogGoesOnWhereItEnded() throws Exception {
        var verified = ClientArchive.verify(archive, Optional.empty());
        var client = house.client().id();
        var log = fresh.part(AuditLog.class);
        log.flush(client);
        var key = VerifierKey.parse(log.verifierKey(client));
        assertThat(key.name()).isEqualTo(verified.key().name());
        assertThat(key).isNotEqualTo(verified.key());
        var next = house.at(fresh).export();
        var later = ClientArchive.verify(house.at(fresh).download(next, folder.resolve("later.zip")), Optional.of(key));
        assertThat(later.head().size()).isGreaterThan(verified.head().size());
        var proof = log.consistencyProof(
                client, verified.head().size(), later.head().size());
        assertThat(later.head().extendsFrom(verified.head(), proof)).isTrue();
        var first = house.at(fresh)
                .as("rita")
                .get(house.path() + "/audit/entries?limit=1&from="
                        + verified.head().size())
                .json();
        assertThat(first.at("/items/0/entry/op").asString()).isEqualTo("CLIENT_RESTORE");
        assertThat(first.at("/items/0/entry/earlierKey").asString())
                .isEqualTo(verified.key().toString());
    }

    @Test
    @Order(7)
    void twoPersonsAreNeededToEndAClient() {
        var operator = old.part(People.class).create("op@house.example", "Op").id();
        old.part(Grants.class).grantOperator(operator);
        assertThat(Http.as(old, operator)
                        .post("/departures", Map.of("slug", "leaver"))
                        .code())
                .isEqualTo("exit-without-consent");
        old.part(Grants.class).grant(Grants.By.SYSTEM, operator, house.client().id(), Set.of(Role.REQUESTER), null);
        var consents = house.path() + "/exit/consents";
        assertThat(Http.as(old, operator)
                        .post(consents, Map.of("slug", "leaving", "withoutArchive", true))
                        .status())
                .isEqualTo(400);
        Household.made(Http.as(old, operator).post(consents, Map.of("slug", "leaver", "withoutArchive", true)));
        assertThat(Http.as(old, operator)
                        .post("/departures", Map.of("slug", "leaver"))
                        .code())
                .isEqualTo("exit-by-one-person");
        assertThat(house.as("rita")
                        .post("/departures", Map.of("slug", "leaver"))
                        .status())
                .isEqualTo(403);
        Household.made(house.as("rita").post(consents, Map.of("slug", "leaver", "export", exportId)));
    }

    @Test
    @Order(8)
    void destroyedThereIsNothingLeftToRead() throws Exception {
        var backup = folder.resolve("backup");
        copy(old.data(), backup);
        var keyset = old.data()
                .resolve("keys")
                .resolve("clients")
                .resolve(house.client().id() + ".json");
        assertThat(keyset).exists();
        Files.delete(
                backup.resolve("keys").resolve("clients").resolve(house.client().id() + ".json"));
        var client = house.client();
        var operator = old.part(People.class).findByEmail("op@house.example").orElseThrow();
        var left = Household.made(Http.as(old, operator.id()).post("/departures", Map.of("slug", "leaver")));

        var certificate =
                ExitCertificate.open(left.json().get("certificate").asString().getBytes(UTF_8), Optional.empty());
        assertThat(certificate.facts().get("content").orElseThrow().toString()).contains(content);
        assertThat(certificate.head().origin()).isEqualTo("etalon/" + client.id());
        assertThat(keyset).doesNotExist();
        assertThat(old.data().resolve("objects").resolve(client.id().toString()))
                .doesNotExist();
        assertThat(databases(old)).noneMatch(name -> name.startsWith("client_"));
        assertThat(Http.as(old, operator.id()).get(house.path()).status()).isEqualTo(404);

        // What was sealed is in clear nowhere: not in what is left, not in the copy of what was there.
        assertThat(found(old.data(), house.sealed))
                .as("sealed, in what is left")
                .isEmpty();
        assertThat(found(backup, house.sealed)).as("sealed, in the backup").isEmpty();
        // What is searched is kept in clear in the database: gone here, and in the backup until that is deleted.
        assertThat(found(old.data(), house.open))
                .as("searchable, in what is left")
                .isEmpty();
        assertThat(found(backup, house.open)).as("searchable, in the backup").isNotEmpty();
        old.restart();
        assertThat(old.clients().all()).isEmpty();
    }

    private static List<String> databases(TestServer server) {
        return server.scope()
                .control(tx -> tx.db()
                        .sql("select datname from pg_database")
                        .query(String.class)
                        .list());
    }

    private static List<Path> files(Path below) throws IOException {
        if (!Files.exists(below)) {
            return List.of();
        }
        try (var tree = Files.walk(below)) {
            return tree.filter(Files::isRegularFile).toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (var file : files(from)) {
            if (!file.toString().contains("/programs/")) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    /** The fields whose word stands in a file below a folder, with the file. */
    static Set<String> found(Path below, Map<String, String> words) throws IOException {
        var found = new TreeSet<String>();
        for (var file : files(below)) {
            var bytes = Files.readAllBytes(file);
            // All words begin alike, so one pass over the bytes finds the places to look at.
            for (var at = next(bytes, 0); at >= 0; at = next(bytes, at + 1)) {
                for (var word : words.entrySet()) {
                    var pattern = word.getValue().getBytes(UTF_8);
                    if (at + pattern.length <= bytes.length
                            && Arrays.equals(bytes, at, at + pattern.length, pattern, 0, pattern.length)) {
                        found.add(word.getKey() + " in " + below.relativize(file));
                    }
                }
            }
        }
        return found;
    }

    private static int next(byte[] bytes, int from) {
        for (var i = from; i + 6 <= bytes.length; i++) {
            if (bytes[i] == 'c'
                    && bytes[i + 1] == 'a'
                    && bytes[i + 2] == 'n'
                    && bytes[i + 3] == 'a'
                    && bytes[i + 4] == 'r'
                    && bytes[i + 5] == 'y') {
                return i;
            }
        }
        return -1;
    }
}
