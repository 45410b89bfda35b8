package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.ReleaseBundle;
import io.etalon.ledger.ReleaseLeaf;
import io.etalon.ledger.TlogProof;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.quality.ConsensusBook;
import io.etalon.server.quality.Evidence;
import io.etalon.server.quality.Qualities;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Workforces;
import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.springframework.stereotype.Component;

/**
 * Builds one release, step by step: settle the work, write the files, tell the log, wait for the log's proof, write the
 * archive, make the row final. Each step can be repeated after a crash; only the log cannot be told twice, so that a
 * release whose entry stands must come out with the same digests, or fails. Stateless.
 */
@Component
final class ReleaseBuild {
    private final TenantScope scope;
    private final AuditLog log;
    private final Events events;
    private final ClientKeys keys;
    private final Projects projects;
    private final Workforces workforces;
    private final Qualities qualities;
    private final ReleaseArchives archives;
    private final ReleaseStore store = new ReleaseStore();

    ReleaseBuild(
            TenantScope scope,
            AuditLog log,
            Events events,
            ClientKeys keys,
            Projects projects,
            Workforces workforces,
            Qualities qualities,
            ReleaseArchives archives) {
        this.scope = scope;
        this.log = log;
        this.events = events;
        this.keys = keys;
        this.projects = projects;
        this.workforces = workforces;
        this.qualities = qualities;
        this.archives = archives;
    }

    /**
     * Makes the release ready.
     *
     * @param progress hears how many assets are written, and of how many
     */
    void run(ClientId client, Release release, BiConsumer<Long, Long> progress) throws IOException {
        var evidence = qualities.evidence(client, release.project()).finished();
        var book = ConsensusBook.of(evidence, release.method());
        var content = new ReleaseContent(evidence, book, facts(client, release, evidence));
        if (content.assets() == 0) {
            throw new EtalonException(
                    ReleaseCodes.NOTHING_FINISHED,
                    "No finished asset has a consensus, so there is nothing to release.");
        }
        refuseBroken(client, content);
        progress.accept(0L, content.assets());
        try (var bench = archives.workbench(client, release)) {
            content.write(bench, done -> progress.accept(done, content.assets()));
            var bundle = ReleaseBundle.measure(bench.files());
            var logged = logged(
                    client,
                    release,
                    bundle.leaf(release.number(), release.project().toString(), client.toString()));
            log.flush(client);
            var index = log.indexOf(client, logged.event()).orElseThrow();
            var written = archives.write(client, release, bundle, witness(client, index));
            scope.clientDo(client, tx -> {
                store.ready(tx, release, new Release.Built(written.sha256(), content.assets(), written.size(), index));
                tell(events, tx, client, release);
            });
        }
    }

    /** A release vouches for hashes of bytes: it reads them all, and vouches for none that it cannot read. */
    private void refuseBroken(ClientId client, ReleaseContent content) {
        var broken = archives.broken(client, content.named());
        if (!broken.isEmpty()) {
            throw new EtalonException(
                    ReleaseCodes.BROKEN_ASSETS,
                    broken.size() + " of " + content.assets() + " assets cannot be read, the first being "
                            + broken.getFirst()
                            + ". Scrub the project to list them; put their bytes back from a backup.");
        }
    }

    /** Tells those who follow that a release was begun or ended. */
    static void tell(Events events, Tx tx, ClientId client, Release release) {
        events.append(tx, client, release.project(), EventKind.RELEASE_CHANGED, Map.of("release", release.number()));
    }

    private ReleaseFacts facts(ClientId client, Release release, Evidence evidence) {
        var project = projects.get(client, release.project());
        var people = new HashSet<PersonId>();
        for (var given : evidence.answers()) {
            people.add(given.annotator());
            var reviewer = given.reviewer();
            if (reviewer != null) {
                people.add(reviewer);
            }
        }
        for (var one : evidence.cases()) {
            var merged = one.task().merged();
            if (merged != null) {
                people.add(merged.person());
            }
        }
        return new ReleaseFacts(
                project,
                release.number(),
                LocalDate.ofInstant(release.createdAt(), ZoneOffset.UTC),
                notes(client, release),
                projects.guidelines(client, project.id(), project.guidelineVersion())
                        .markdown(),
                project.workforces().stream().map(id -> workforce(client, id)).toList(),
                qualities.pseudonyms(client, people));
    }

    private String workforce(ClientId client, UUID id) {
        return workforces.name(client, id).orElse("a workforce that is gone");
    }

    private String notes(ClientId client, Release release) {
        var sealed = scope.client(client, tx -> store.notes(tx, release.project(), release.number()));
        return new String(
                keys.open(client, release.project(), Releases.notesContext(release.createdAt()), sealed), UTF_8);
    }

    /** Tells the log, in one transaction with the row: a release has one entry, whatever happens. */
    private Release.Logged logged(ClientId client, Release release, ReleaseLeaf leaf) {
        var manifest = leaf.manifest().hex();
        var sums = leaf.sums().hex();
        return scope.client(client, tx -> {
            var before = store.find(tx, release.project(), release.number())
                    .orElseThrow()
                    .logged();
            if (before == null) {
                var event = AuditEvent.of(AuditOp.RELEASE, release.createdBy(), release.via(), release.project())
                        .with(Map.of(
                                "client",
                                leaf.client(),
                                "manifest",
                                manifest,
                                "release",
                                leaf.release(),
                                "sums",
                                sums));
                var logged = new Release.Logged(log.append(tx, event), manifest, sums);
                store.logged(tx, release, logged);
                return logged;
            }
            if (!before.manifest().equals(manifest) || !before.sums().equals(sums)) {
                throw new EtalonException(
                        ReleaseCodes.MOVED_ON,
                        "The server stopped while this release was built, and the work moved on since; cut a new one.");
            }
            return before;
        });
    }

    private ReleaseArchives.Witness witness(ClientId client, long index) {
        var entry = log.entries(client, EntryFilter.ALL, index, 1).getFirst();
        return new ReleaseArchives.Witness(
                entry.entry().getBytes(UTF_8),
                TlogProof.parse(log.inclusionProof(client, index).getBytes(UTF_8)),
                VerifierKey.parse(log.verifierKey(client)));
    }
}
