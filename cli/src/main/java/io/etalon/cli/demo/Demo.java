package io.etalon.cli.demo;

import io.etalon.ledger.ReleaseVerifier;
import io.etalon.ledger.Verification;
import io.etalon.ledger.VerifierKey;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * The main job from raw assets to a verified release, one step a line. Every step is checked; the first that does not
 * hold ends it with a {@link DemoFailure}.
 */
public final class Demo {
    private static final Duration RELEASE_LIMIT = Duration.ofSeconds(120);
    private static final Duration KEY_LIFETIME = Duration.ofDays(1);
    private static final List<String> ALL_ROLES =
            List.of("requester", "annotator", "reviewer", "quality_lead", "auditor", "workforce_manager");

    /** The server that the demonstration works with: where it is, how to get in first, how to restart it. */
    public interface Stage {
        String url();

        /** The token of a one-time link for the first operator. */
        String setupToken();

        /** Stops the server and starts it again over the same data. */
        void restart();

        /** Hears how far a long step is. */
        void progress(long done, long total, String what);

        /** Prints one finished step. */
        void step(String name, String what);
    }

    /** What came out. */
    public record Outcome(String release, String accuracy, String verified, String visitorEmail) {}

    private record Release(String project, int number, String manifest, Path archive) {}

    private final Stage stage;
    private final Path downloads;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param downloads an empty folder for the releases */
    public Demo(Stage stage, Path downloads) {
        this.stage = stage;
        this.downloads = downloads;
    }

    /**
     * Does the whole job for a new client.
     *
     * @param slug the client's name in addresses; must be free
     * @throws DemoFailure at the first step that does not hold
     */
    public Outcome run(String slug) throws IOException {
        var operator = Api.anonymous(http, stage::url);
        operator.post("/api/v1/session/link", Map.of("token", stage.setupToken()));
        operator.put("/api/v1/me/password", Map.of("password", Passphrases.random()));
        var crew = client(operator, slug);
        var machine = machine(crew, slug);

        var clinical = new Clinical(crew, stage);
        clinical.prepare(machine);
        stage.step("clinical", Clinical.PATIENTS + " patients, 5 anaesthetists, the first in 3 rounds: tasks planned");
        var coins = new Coins(crew);
        coins.prepare(machine);
        stage.step("coins", coins.images() + " photographs, 3 annotators: uploaded, encrypted, tasks planned");

        var judgements = 0;
        for (var observer = 1; observer <= 3; observer++) {
            judgements += clinical.judge(observer);
        }
        coins.draw(0);
        stage.restart();
        stage.step(
                "restart", "the server stopped after " + judgements + " judgements and started again; sessions hold");
        for (var observer = 4; observer <= Clinical.OBSERVERS; observer++) {
            judgements += clinical.judge(observer);
        }
        Check.equal("judgements", Clinical.JUDGEMENTS, judgements);
        stage.step("judgements", judgements + " leases and submissions, none lost, none twice");
        coins.draw(1);
        coins.draw(2);
        review(crew, clinical, coins);

        var accuracy = clinical.compareWithThePaper();
        stage.step("consensus", accuracy);
        var boxes = coins.compareWithTheReference();
        stage.step("fusion", boxes);

        var first = release(machine, clinical.path(), "dawid_skene", "clinical");
        var second = release(machine, coins.path(), "majority", "coins");
        var key = crew.requester().getText(crew.clientPath() + "/audit/key");
        var verified = verify(first, key) + "; " + verify(second, key);
        tamper(first, key);
        coins.prepareForTheVisitor(machine);
        var visitor = crew.join("Visitor", "visitor@" + slug + ".invalid", ALL_ROLES);
        stage.step("visitor", "a project waits for whoever signs in as " + visitor.name());
        return new Outcome(
                line(first) + "; " + line(second),
                "clinical: " + accuracy + "; coins: " + boxes,
                verified,
                "visitor@" + slug + ".invalid");
    }

    private Crew client(Api operator, String slug) {
        operator.post("/api/v1/clients", Map.of("slug", slug, "name", "Demonstration"));
        stage.step("client", "cell “" + slug + "” created: own database, role, pool, object prefix, key, audit log");
        var path = "/api/v1/clients/" + slug;
        var invitation = operator.post(
                path + "/invitations",
                Map.of("email", "requester@" + slug + ".invalid", "roles", List.of("requester")));
        var requester = Crew.accept(operator.another(), invitation, "Requester");
        var workforce = requester.api().post(path + "/workforces", Map.of("name", "In-house", "kind", "in_house"));
        stage.step("people", "requester by invitation; in-house workforce “In-house”");
        return new Crew(requester.api(), path, workforce.get("id").asString());
    }

    private Api machine(Crew crew, String slug) {
        var key = crew.requester()
                .post(
                        "/api/v1/api-keys",
                        Map.of(
                                "name",
                                "uploader",
                                "client",
                                slug,
                                "roles",
                                List.of("requester"),
                                "expiresAt",
                                Clock.systemUTC().instant().plus(KEY_LIFETIME).toString()));
        stage.step("key", "API key " + key.get("prefix").asString() + "… for the machine that uploads and releases");
        return crew.requester().withKey(key.get("key").asString());
    }

    private void review(Crew crew, Clinical clinical, Coins coins) {
        var reviewer = crew.join("Reviewer", "reviewer@demo.invalid", List.of("reviewer"));
        var sample = Reviewing.untilNothingIsLeft(reviewer, clinical.path(), review -> Reviewing.accept());
        Check.that("a sample of the judgements is reviewed", sample > 0);
        var first = coins.review(reviewer);
        Check.equal("returned submissions that came again", first.returned(), coins.redraw());
        var again = Reviewing.untilNothingIsLeft(reviewer, coins.path(), review -> Reviewing.accept());
        stage.step(
                "review",
                "clinical: a sample of " + sample + " accepted; coins: " + first.accepted() + " accepted, "
                        + first.fixed() + " fixed, " + first.returned() + " returned, redrawn and accepted (" + again
                        + ")");
    }

    private Release release(Api machine, String project, String method, String name) {
        var number = machine.post(project + "/releases", Map.of("method", method))
                .get("number")
                .asInt();
        var deadline = System.nanoTime() + RELEASE_LIMIT.toNanos();
        JsonNode release = machine.get(project + "/releases/" + number);
        while (release.get("state").asString().equals("building") && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            release = machine.get(project + "/releases/" + number);
            var progress = release.get("progress");
            stage.progress(progress.get("done").asLong(), progress.get("total").asLong(), "releasing " + name);
        }
        Check.equal("state of release " + name, "ready", release.get("state").asString());
        var archive = downloads.resolve(name + "-v" + number + ".zip");
        machine.download(project + "/releases/" + number + "/archive", archive);
        var made = new Release(name, number, release.get("manifestSha256").asString(), archive);
        stage.step("release", line(made) + ", " + release.get("assets").asInt() + " assets");
        return made;
    }

    private static String line(Release release) {
        return release.project() + " v" + release.number() + " manifest " + release.manifest();
    }

    private String verify(Release release, String key) {
        return switch (ReleaseVerifier.verify(release.archive(), Optional.of(VerifierKey.parse(key.strip())))) {
            case Verification.Verified verified -> {
                var line = release.project() + ": " + verified.passed().size() + " checks hold";
                stage.step("verified", line + ", offline, against the client's key");
                yield line;
            }
            case Verification.Refused refused -> throw new DemoFailure(release.project() + ": " + refused.message());
        };
    }

    /** The negative control: one byte changed must be found and named. */
    private void tamper(Release release, String key) throws IOException {
        var bytes = Files.readAllBytes(release.archive());
        bytes[bytes.length / 2] ^= 1;
        var changed = release.archive().resolveSibling("changed.zip");
        Files.write(changed, bytes);
        switch (ReleaseVerifier.verify(changed, Optional.of(VerifierKey.parse(key.strip())))) {
            case Verification.Verified verified ->
                throw new DemoFailure("a release with a changed byte was accepted: "
                        + verified.key().name());
            case Verification.Refused refused ->
                stage.step("tampering", "one byte changed is refused: " + refused.message());
        }
        Files.delete(changed);
    }
}
