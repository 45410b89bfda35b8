package io.etalon.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ConsistencyProof;
import io.etalon.ledger.Cosigner;
import io.etalon.ledger.ExposureReport;
import io.etalon.ledger.Hash;
import io.etalon.ledger.VerifierKey;
import io.etalon.ledger.Witness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;

/** The third outcome: each client's own witness, and exposure reports that are checked offline against it. */
final class JuneWitness {
    private final June.Stage stage;
    private final JuneWorld world;
    private final Path folder;

    JuneWitness(June.Stage stage, JuneWorld world, Path folder) {
        this.stage = stage;
        this.world = world;
        this.folder = folder;
    }

    /** Each client's folder: the witness's secret, the log's key, and the key with which it is asked. */
    void prepare() throws IOException {
        for (var maker : world.makers()) {
            var own = Files.createDirectories(folder.resolve(maker.slug()));
            run("witness", "key", "--name", "witness." + maker.slug() + ".invalid", "--to", file(maker, "secret"));
            Files.writeString(own.resolve("log-key"), maker.officer().getText(maker.at() + "/audit/key"));
            Files.writeString(own.resolve("api-key"), maker.officerKey());
        }
    }

    private String file(Maker maker, String name) {
        return folder.resolve(maker.slug()).resolve(name).toString();
    }

    private String run(String... command) {
        var ran = stage.etalon(command);
        if (ran.code() != 0) {
            throw new DemoFailure("etalon " + String.join(" ", command) + " ended with " + ran.code() + ": "
                    + ran.err().strip());
        }
        return ran.out();
    }

    /** Every witness looks once: it cosigns what extends all that it saw. */
    void look() {
        world.makers().forEach(this::look);
    }

    private void look(Maker maker) {
        run(
                "witness",
                "--once",
                "--log",
                stage.url() + maker.at() + "/audit",
                "--key",
                file(maker, "api-key"),
                "--log-key",
                file(maker, "log-key"),
                "--witness-key",
                file(maker, "secret"),
                "--state",
                file(maker, "state"));
    }

    /** Fetches and checks a report on the vendor for each client. */
    String reports(Path papers) throws IOException {
        var entries = 0L;
        var assets = 0L;
        var readings = 0L;
        for (var maker : world.makers()) {
            var report = papers.resolve("exposure-" + maker.slug() + ".zip");
            maker.officer().download(maker.at() + "/audit/exposure?workforce=" + maker.team(world.foundry()), report);
            look(maker);
            var said = run("verify", report.toString(), "--key", file(maker, "log-key"));
            Check.that("the report is verified: " + said, said.contains("verified exposure report"));
            Check.that("the key is the client's own: " + said, !said.contains("note "));
            var key = VerifierKey.parse(
                    Files.readString(folder.resolve(maker.slug()).resolve("log-key"))
                            .strip());
            var verified = ExposureReport.verify(report, Optional.of(key));
            requireWitnessed(maker, verified.head(), key);
            requireRefusedWhenChanged(maker, report);
            entries += verified.entries();
            assets += verified.assets();
            var read = guidelineReadings(report);
            Check.that("guidelines are reported at " + maker.name(), read > 0);
            readings += read;
        }
        return world.makers().size()
                + " exposure reports, complete against the signed roots and in line with the clients'"
                + " witnesses: " + entries + " entries by the vendor's people, " + assets + " assets, guidelines read "
                + readings + " times; one changed byte is refused";
    }

    /** The report's head is what the witness saw, or what it saw goes on from there. */
    private void requireWitnessed(Maker maker, Checkpoint head, VerifierKey key) throws IOException {
        var secret =
                Cosigner.parse(Files.readString(Path.of(file(maker, "secret"))).strip());
        var newest = new Witness(secret, Map.of(key.name(), key), Path.of(file(maker, "state")))
                .newest(key.name())
                .orElseThrow(() -> new DemoFailure("the witness of " + maker.name() + " saw nothing"));
        var seen = Checkpoint.open(newest, key);
        if (seen.size() == head.size()) {
            Check.equal("the root of " + maker.name(), seen.root(), head.root());
            return;
        }
        var path = maker.officer()
                .getText(maker.at() + "/audit/consistency?from=" + head.size() + "&to=" + seen.size())
                .lines()
                .map(Hash::ofBase64)
                .toList();
        Check.that(
                "the witnessed log of " + maker.name() + " begins with the report's",
                seen.extendsFrom(head, new ConsistencyProof(head.size(), seen.size(), path)));
    }

    private void requireRefusedWhenChanged(Maker maker, Path report) throws IOException {
        var bytes = Files.readAllBytes(report);
        bytes[bytes.length / 2] ^= 1;
        var changed = Files.write(report.resolveSibling("changed.zip"), bytes);
        var ran = stage.etalon("verify", changed.toString(), "--key", file(maker, "log-key"));
        Check.that("a changed report of " + maker.name() + " is refused", ran.code() != 0);
        Files.delete(changed);
    }

    private static long guidelineReadings(Path report) throws IOException {
        try (var zip = new ZipFile(report.toFile())) {
            var entry = zip.getEntry("entries.jsonl");
            var text = new String(zip.getInputStream(entry).readAllBytes(), UTF_8);
            return text.lines().filter(line -> line.contains("\"guidelines\":")).count();
        }
    }
}
