package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.BundleContent;
import io.etalon.ledger.BundleReader;
import io.etalon.ledger.BundleWriter;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.ExposureReport;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an auditor asks the log, and what a witness leaves there. */
class AuditorTest {
    @TempDir
    Path folder;

    private static final TestServer SERVER = TestServer.shared();
    private static Household house;
    private static String anna;

    @BeforeAll
    static void fill() throws Exception {
        house = Household.on(SERVER, "audited");
        anna = SERVER.scope()
                .client(house.client().id(), tx -> SERVER.part(AuditLog.class).pseudonym(tx, house.person("anna")));
        SERVER.part(AuditLog.class).flush(house.client().id());
    }

    @Test
    void whoMetAnAssetAndWhatSomebodyMetAreTwoSidesOfOneLog() {
        var audit = house.path() + "/audit";
        var met = Household.made(house.as("rita").get(audit + "/people/" + anna + "/assets"))
                .json()
                .get("items");
        assertThat(met).hasSize(3);
        var first = met.get(0);
        assertThat(first.get("name").asString()).isEqualTo("anna");
        assertThat(first.at("/operations/LEASE").asInt()).isPositive();
        var people = Household.made(house.as("rita")
                        .get(audit + "/assets/" + first.get("asset").asString() + "/people"))
                .json()
                .get("items");
        assertThat(people.findValuesAsString("actor")).contains(anna);
        assertThat(house.as("anna").get(audit + "/people/" + anna + "/assets").status())
                .isEqualTo(403);
        assertThat(Household.made(house.as("rita").get(audit + "/people/p-0000000000000000/assets"))
                        .json()
                        .get("items"))
                .isEmpty();
    }

    @Test
    void whatLeftIsTold() {
        Household.made(house.as("rita").get(house.path() + "/audit/exposure?person=" + anna));
        SERVER.part(AuditLog.class).flush(house.client().id());
        var left = Household.made(house.as("rita").get(house.path() + "/audit/outgoing"))
                .json()
                .get("items");
        assertThat(left).isNotEmpty();
        assertThat(left.get(left.size() - 1).at("/what/what").asString()).isEqualTo("exposure report");
        assertThat(left.get(left.size() - 1).get("name").asString()).isEqualTo("rita");
    }

    @Test
    void anExposureReportIsCompleteAgainstTheSignedRoot() throws Exception {
        var bytes = Household.made(house.as("rita").get(house.path() + "/audit/exposure?person=" + anna))
                .raw()
                .body();
        var file = Files.write(folder.resolve("exposure.zip"), bytes);
        var key = VerifierKey.parse(
                house.as("rita").get(house.path() + "/audit/key").body().strip());
        var verified = ExposureReport.verify(file, Optional.of(key));
        assertThat(verified.assets()).isEqualTo(3);
        assertThat(verified.entries()).isGreaterThan(3);
        // One line less in a zip that is well-formed, with every digest and count made to fit: found out all the same.
        var shorter = rewritten(
                file, "entries.jsonl", text -> text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1));
        assertThatThrownBy(() -> ExposureReport.verify(shorter, Optional.of(key)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("does not list exactly");
        var nobody = rewritten(file, "exposure.json", text -> text.replace(anna, "p-0123456789abcdef"));
        assertThatThrownBy(() -> ExposureReport.verify(nobody, Optional.of(key)))
                .isInstanceOf(FormatException.class);
    }

    /** The same bundle with one file changed, its frame intact. */
    private Path rewritten(Path zip, String path, UnaryOperator<String> change) throws Exception {
        var files = new LinkedHashMap<String, byte[]>();
        try (var reader = BundleReader.open(zip)) {
            reader.walk((entry, in) -> files.put(entry.path(), in.readAllBytes()));
        }
        files.computeIfPresent(
                path, (name, bytes) -> change.apply(new String(bytes, UTF_8)).getBytes(UTF_8));
        var target = folder.resolve("changed-" + path + ".zip");
        try (var out = new BundleWriter(Files.newOutputStream(target))) {
            for (var file : files.entrySet()) {
                out.add(file.getKey(), BundleContent.of(file.getValue()));
            }
        }
        return target;
    }

    @Test
    void aWitnesssLineIsCheckedKeptAndServed() throws Exception {
        var audit = house.path() + "/audit";
        var served = SignedNote.parse(
                house.as("rita").get(audit + "/checkpoint").raw().body());
        var size = Checkpoint.parse(served.text()).size();
        var witness = Cosigner.generate("witness.example", new SecureRandom());
        var line = witness.cosign(served, 1_700_000_000L).toString();
        var body = Map.of("size", size, "witness", witness.key().toString(), "line", line);
        assertThat(house.as("rita").put(audit + "/cosignatures", body).status()).isEqualTo(204);
        assertThat(house.as("rita").put(audit + "/cosignatures", body).status()).isEqualTo(204);
        var witnessed = SignedNote.parse(Household.made(house.as("rita").get(audit + "/checkpoint/witnessed"))
                .raw()
                .body());
        assertThat(witness.key().seenAt(witnessed)).contains(1_700_000_000L);
        var stranger = Cosigner.generate("witness.example", new SecureRandom());
        var strange = Map.of("size", size, "witness", stranger.key().toString(), "line", line);
        assertThat(house.as("rita").put(audit + "/cosignatures", strange).status())
                .isEqualTo(400);
        var unseen = Map.of("size", size + 100_000, "witness", witness.key().toString(), "line", line);
        assertThat(house.as("rita").put(audit + "/cosignatures", unseen).status())
                .isEqualTo(404);
    }

    @Test
    void checkpointsComeByThemselvesWithinSeconds() {
        var audit = house.path() + "/audit/checkpoint";
        var before = Checkpoint.parse(
                        SignedNote.parse(house.as("rita").get(audit).raw().body())
                                .text())
                .size();
        Household.made(house.as("rita").get(house.path() + "/audit/exposure?person=p-0123456789abcdef"));
        var deadline = System.nanoTime() + 5_000_000_000L;
        var size = before;
        while (size == before && System.nanoTime() < deadline) {
            LockSupport.parkNanos(100_000_000);
            size = Checkpoint.parse(
                            SignedNote.parse(house.as("rita").get(audit).raw().body())
                                    .text())
                    .size();
        }
        assertThat(size).as("a new checkpoint within 5 s").isGreaterThan(before);
    }
}
