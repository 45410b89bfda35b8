package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.BundleContent;
import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.ClientArchive;
import io.etalon.ledger.Hash;
import io.etalon.ledger.JsonValue;
import io.etalon.ledger.JsonValue.JsonInteger;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.CarriedLogs;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Writes everything of one client into one archive: see {@code docs/guide/leaving.md} for its files. All of it is what one
 * moment saw; memory is a page of rows and a buffer, whatever the client's size, and nothing is put down in clear on the
 * way. Each file is read twice, for the digest and for the bytes. Thread-safe.
 */
@Component
final class ArchiveWriting {
    private static final List<String> LOG_TABLES = List.of("audit_checkpoint", "audit_cosignature", "audit_run");

    private final TenantScope scope;
    private final ClientKeys keys;
    private final AuditLog log;
    private final CarriedLogs logs;
    private final LogSigners signers;
    private final AssetBytes objects;
    private final Clock clock;

    ArchiveWriting(
            TenantScope scope,
            ClientKeys keys,
            AuditLog log,
            CarriedLogs logs,
            LogSigners signers,
            AssetBytes objects,
            Clock clock) {
        this.scope = scope;
        this.keys = keys;
        this.log = log;
        this.logs = logs;
        this.signers = signers;
        this.objects = objects;
        this.clock = clock;
    }

    /**
     * What was written.
     *
     * @param content the digest of the canonical content
     * @param head the head of the log that came along
     */
    record Written(Hash content, Checkpoint head, long files) {}

    /** Writes the archive; does not close the stream. */
    Written write(Client client, OutputStream out) {
        return scope.control(control -> {
            TableRows.snapshot(control);
            return scope.client(client.id(), cell -> {
                TableRows.snapshot(cell);
                var writer = new ClientArchive.Writer(out);
                var content = content(client, control, cell, writer);
                // Every entry about what the snapshot holds is below this head.
                log.flush(client.id());
                return scope.client(client.id(), later -> {
                    TableRows.snapshot(later);
                    return finish(client, later, writer, content);
                });
            });
        });
    }

    private Hash content(Client client, Tx control, Tx cell, ClientArchive.Writer writer) throws IOException {
        writer.content("client.json", BundleContent.of((ClientFile.of(client).json() + "\n").getBytes(UTF_8)));
        for (var table : ControlTable.ALL) {
            if (table.carried() != null) {
                writer.content(
                        table.file(),
                        TableRows.lines(control, table, client.id().value()));
            }
        }
        for (var table : CellTable.contents()) {
            writer.content(
                    table.file(),
                    TableRows.lines(
                            cell, table, (project, context, value) -> keys.open(client.id(), project, context, value)));
        }
        CarriedObject.each(cell, object -> {
            try {
                writer.content(
                        object.file(),
                        () -> Channels.newInputStream(keys.decrypting(
                                client.id(),
                                object.project(),
                                object.context(),
                                objects.open(
                                        client.id(), keys.nameOf(client.id(), object.project(), object.nameFrom())))));
            } catch (IOException e) {
                throw new UncheckedIOException(object.file() + " could not be read", e);
            }
        });
        return writer.endContent();
    }

    private Written finish(Client client, Tx tx, ClientArchive.Writer writer, Hash content) throws Exception {
        var head = logs.head(tx);
        var size = Checkpoint.parse(head.text()).size();
        for (var tile : CarriedLogs.tiles(0, size)) {
            writer.log(tile.entriesPath(), BundleContent.of(logs.entries(tx, tile)));
        }
        for (var level = 0; size >>> (8 * level) > 0; level++) {
            for (var tile : CarriedLogs.tiles(level, size)) {
                writer.log(tile.path(), BundleContent.of(logs.tile(tx, tile)));
            }
        }
        for (var name : LOG_TABLES) {
            writer.log(name + ".jsonl", TableRows.lines(tx, CellTable.ofLog(name), (project, context, bytes) -> bytes));
        }
        var signer = signers.signer(tx, client.id());
        var logDigest = writer.endLog(head, signer.verifier());
        writer.finish(facts(client, tx, writer.files()), content, logDigest, signer);
        return new Written(content, Checkpoint.parse(head.text()), writer.files());
    }

    private Map<String, JsonValue> facts(Client client, Tx tx, long files) {
        var facts = new TreeMap<String, JsonValue>();
        facts.put("client", new JsonString(client.id().toString()));
        facts.put("slug", new JsonString(client.slug()));
        facts.put("writtenAt", new JsonString(clock.instant().toString()));
        facts.put("files", new JsonInteger(files));
        facts.put("schema", new JsonString(Schema.of(tx)));
        var sequences = new TreeMap<String, JsonValue>();
        Schema.sequences(tx).forEach((name, last) -> sequences.put(name, new JsonInteger(last)));
        facts.put("sequences", new JsonObject(sequences));
        return facts;
    }
}
