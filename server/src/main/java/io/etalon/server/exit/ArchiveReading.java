package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.BundleEntry;
import io.etalon.ledger.BundleException;
import io.etalon.ledger.BundleReader;
import io.etalon.ledger.ClientArchive;
import io.etalon.ledger.ClientArchive.Verified;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.TileId;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.CarriedLogs;
import io.etalon.server.audit.CarriedLogs.Run;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/**
 * Restores a client from an archive: same ids, same content, same log, under new keys. The archive is verified whole before
 * a byte of it is used; a failure leaves no database, role, key or row behind. Thread-safe.
 */
@Service
public final class ArchiveReading {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Clients clients;
    private final TenantScope scope;
    private final ClientKeys keys;
    private final AuditLog log;
    private final CarriedLogs logs;
    private final AssetBytes objects;

    ArchiveReading(
            Clients clients, TenantScope scope, ClientKeys keys, AuditLog log, CarriedLogs logs, AssetBytes objects) {
        this.clients = clients;
        this.scope = scope;
        this.keys = keys;
        this.log = log;
        this.logs = logs;
        this.objects = objects;
    }

    /**
     * Restores the client of an archive.
     *
     * @param trusted the key of the client's log, got by another way
     * @return what was verified
     * @throws EtalonException invalid, when the archive does not hold; conflict, when the client is here, the archive is
     *     from another version, or an e-mail address of its people belongs to somebody else here
     */
    public Verified restore(Path archive, Optional<VerifierKey> trusted) throws IOException, SQLException {
        var verified = verified(archive, trusted);
        try (var reader = BundleReader.open(archive)) {
            // A reader gives bytes of entries that its own walk has seen; the verification has read them all before.
            new Restoring(reader, verified).run();
        } catch (BundleException | FormatException e) {
            throw new EtalonException(ArchiveCodes.BROKEN, String.valueOf(e.getMessage()), e);
        }
        return verified;
    }

    private static Verified verified(Path archive, Optional<VerifierKey> trusted) throws IOException {
        try {
            return ClientArchive.verify(archive, trusted);
        } catch (BundleException | FormatException e) {
            throw new EtalonException(ArchiveCodes.BROKEN, "The archive does not hold: " + e.getMessage() + ".", e);
        }
    }

    /** One restoring. */
    private final class Restoring {
        private final BundleReader reader;
        private final Verified verified;
        private final Client client;

        Restoring(BundleReader reader, Verified verified) throws IOException {
            this.reader = reader;
            this.verified = verified;
            try (var in = reader.open(file(ClientArchive.CONTENT + "client.json"))) {
                this.client = ClientFile.read(in.readAllBytes()).client();
            }
            if (!text("client").equals(client.id().toString())
                    || !text("origin").equals("etalon/" + client.id())) {
                throw new FormatException("client.json and the note name different clients");
            }
        }

        void run() throws SQLException {
            try {
                clients.restore(
                        client,
                        door -> {
                            door.transaction(this::carryLog);
                            keys.open(client.id());
                            log.open(client.id());
                            tellOfIt();
                            door.transaction(this::fill);
                            keepObjects();
                        },
                        this::register);
            } catch (RuntimeException | SQLException e) {
                if (clients.find(client.id()).isEmpty()) {
                    keys.destroy(client.id());
                    objects.removeAll(client.id());
                }
                throw e;
            }
        }

        private boolean carryLog(Tx tx) throws SQLException, IOException {
            var schema = Schema.of(tx);
            if (!text("schema").equals(schema)) {
                throw new EtalonException(
                        ArchiveCodes.OTHER_VERSION,
                        "The archive's tables are those of the migrations " + text("schema") + ", and this version has "
                                + schema + ". Restore it with the version that wrote it, and bring that up to date.");
            }
            var head = SignedNote.parse(bytes(ClientArchive.LOG + "checkpoint"));
            try (var runs = lines(ClientArchive.LOG + "audit_run.jsonl")) {
                Iterator<Run> parsed = runs.lines()
                        .map(line -> JSON.readTree(line))
                        .map(row -> new Run(
                                row.path("batch").asLong(-1),
                                row.path("first").asLong(-1),
                                row.path("width").asInt(0)))
                        .iterator();
                logs.restore(tx, parsed, entries().iterator(), head);
            }
            for (var name : List.of("audit_checkpoint", "audit_cosignature")) {
                try (var rows = lines(ClientArchive.LOG + name + ".jsonl")) {
                    TableRows.insert(tx, CellTable.ofLog(name), rows, (project, context, bytes) -> bytes);
                }
            }
            if (verified.facts().get("sequences").orElse(null) instanceof JsonObject(var sequences)) {
                sequences.forEach((name, last) -> {
                    if (last instanceof JsonInteger(var value)) {
                        Schema.goOn(tx, name, value);
                    }
                });
            }
            return true;
        }

        private Stream<byte[]> entries() {
            return CarriedLogs.tiles(0, verified.head().size()).stream().flatMap(tile -> entries(tile).stream());
        }

        private List<byte[]> entries(TileId tile) {
            try {
                return EntryBundle.decode(bytes(ClientArchive.LOG + tile.entriesPath()), tile.width());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The first entry under the new key says whose key the old one was, and where it ended. */
        private void tellOfIt() {
            scope.clientDo(
                    client.id(),
                    tx -> log.append(
                            tx,
                            AuditEvent.of(AuditOp.CLIENT_RESTORE, null, "system", null)
                                    .with("content", verified.content().hex())
                                    .with("earlierKey", verified.key().toString())
                                    .with("earlierRoot", verified.head().root().hex())
                                    .with("earlierSize", verified.head().size())));
        }

        private boolean fill(Tx tx) throws SQLException, IOException {
            for (var table : CellTable.contents()) {
                try (var lines = lines(ClientArchive.CONTENT + table.file())) {
                    TableRows.insert(
                            tx,
                            table,
                            lines,
                            (project, context, plain) -> keys.seal(client.id(), project, context, plain));
                }
            }
            tx.db()
                    .sql(
                            "insert into asset_count (project, stripe, assets)"
                                    + " select project, 0, count(*) from asset a where not exists ("
                                    + "select from deleted_asset g where g.project = a.project and g.asset = a.id) group by project")
                    .update();
            tx.db().sql("""
                    insert into label_use (project, label, submissions)
                    select s.project, l.label, count(*)
                    from submission s
                        cross join lateral answer_uses(s.answer, s.texts is not null) l (label)
                    where not exists (select 1 from deleted_task g where g.task = s.task)
                        and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                    group by s.project, l.label""").update();
            tx.db().sql("""
                    insert into pre_label_use (model, project, unchanged, changed)
                    select p.model, s.project, count(*) filter (where x.unchanged), count(*) filter (where not x.unchanged)
                    from submission_pre_label x
                        join submission s on s.id = x.submission and s.revision = 1 and not s.gold
                        join pre_label p on p.id = x.pre_label
                    group by p.model, s.project""").update();
            return true;
        }

        private void keepObjects() {
            scope.clientDo(
                    client.id(),
                    tx -> CarriedObject.each(tx, object -> {
                        try (var draft = objects.draft(client.id());
                                var in = reader.open(file(ClientArchive.CONTENT + object.file()))) {
                            var cipher = keys.encrypting(client.id(), object.project(), object.context(), draft.sink());
                            try (var out = Channels.newOutputStream(cipher)) {
                                in.transferTo(out);
                            }
                            draft.seal();
                            draft.keep(keys.nameOf(client.id(), object.project(), object.nameFrom()));
                        } catch (IOException e) {
                            throw new UncheckedIOException(object.file() + " could not be kept", e);
                        }
                    }));
        }

        private void register(Tx control) throws SQLException, IOException {
            for (var table : ControlTable.ALL) {
                if (table.carried() == null) {
                    continue;
                }
                try (var lines = lines(ClientArchive.CONTENT + table.file())) {
                    if (table.name().equals("person")) {
                        refuseOthers(control);
                    }
                    TableRows.insert(control, table, lines);
                }
            }
        }

        /** An account belongs to its address; one person's work must not become another's. */
        private void refuseOthers(Tx control) throws IOException {
            try (var lines = lines(ClientArchive.CONTENT + "people/person.jsonl")) {
                var taken = lines.lines()
                        .map(line -> JSON.readTree(line))
                        .filter(row -> control.db()
                                .sql("select exists (select 1 from person where email = ? and id <> ?::uuid)")
                                .params(
                                        row.path("email").asString(""),
                                        row.path("id").asString(""))
                                .query(Boolean.class)
                                .single())
                        .map(row -> row.path("email").asString(""))
                        .toList();
                if (!taken.isEmpty()) {
                    throw new EtalonException(
                            ArchiveCodes.PERSON_TAKEN,
                            "Accounts of other people here have the addresses " + String.join(", ", taken)
                                    + ". Change those, or restore into an installation of its own.");
                }
            }
        }

        private BundleEntry file(String path) {
            return verified.file(path).orElseThrow(() -> new FormatException("the archive lacks " + path));
        }

        private byte[] bytes(String path) throws IOException {
            try (var in = reader.open(file(path))) {
                return in.readAllBytes();
            }
        }

        private BufferedReader lines(String path) {
            return new BufferedReader(new InputStreamReader(reader.open(file(path)), UTF_8));
        }

        private String text(String fact) {
            if (verified.facts().get(fact).orElse(null) instanceof JsonString(var value)) {
                return value;
            }
            throw new FormatException("the archive's note lacks " + fact);
        }
    }
}
