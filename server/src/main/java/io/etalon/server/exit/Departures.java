package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.ExitCertificate;
import io.etalon.ledger.JsonValue;
import io.etalon.ledger.JsonValue.JsonObject;
import io.etalon.ledger.JsonValue.JsonString;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.SignerKey;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import io.etalon.server.dataset.AssetBytes;
import io.etalon.server.exit.DepartureStore.Consent;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Service;

/**
 * The end of a client here: agreed to by somebody of the client, ordered by an operator who is somebody else, and then
 * done to its end, whatever happens to the server: key, objects, database, role, rows. What is left is a signed certificate.
 * Thread-safe.
 */
@Service
public final class Departures implements SmartInitializingSingleton {
    /** How long a consent is good. */
    static final Duration CONSENT = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    private static final List<String> COUNTED =
            List.of("project", "asset", "task", "submission", "review_decision", "release", "pseudonym");

    private final TenantScope scope;
    private final Clients clients;
    private final Grants grants;
    private final AuditLog log;
    private final Destroyed destroyed;
    private final ClientExports.Tools tools;
    private final SignerKey signer;
    private final DepartureStore store = new DepartureStore();
    private final ExportStore exports = new ExportStore();

    /** What is destroyed besides the database. */
    @Component
    record Destroyed(ClientKeys keys, AssetBytes objects) {}

    Departures(
            TenantScope scope,
            Clients clients,
            Grants grants,
            AuditLog log,
            Destroyed destroyed,
            ClientExports.Tools tools,
            InstallationSecret secret) {
        this.scope = scope;
        this.clients = clients;
        this.grants = grants;
        this.log = log;
        this.destroyed = destroyed;
        this.tools = tools;
        this.signer = SignerKey.ofSeed("etalon-installation", secret.derive("exit certificates"));
    }

    /** Completes what an earlier process had begun. */
    @Override
    public void afterSingletonsInstantiated() {
        scope.control(store::unfinished).forEach(departure -> {
            try {
                finish(departure);
            } catch (SQLException | RuntimeException e) {
                LOG.warn("event=departure-unfinished client={} reason={}", departure.client(), e.toString());
            }
        });
    }

    /** The key that signs this installation's certificates. */
    VerifierKey key() {
        return signer.verifier();
    }

    /**
     * Agrees, in the client's name, to its end here.
     *
     * @param export the archive that is to be kept; null to agree to an end without one
     * @throws EtalonException invalid, when the slug is not the client's; not found or conflict, about the archive
     */
    Consent agree(Tx tx, ClientCaller caller, String slug, @Nullable UUID export) {
        if (!slug.equals(caller.client().slug())) {
            throw EtalonException.invalidAt("/slug", "must be the client's own short name, typed out");
        }
        if (export != null
                && exports.find(tx, export)
                                .orElseThrow(EtalonException::notFound)
                                .made()
                        == null) {
            throw new EtalonException(ArchiveCodes.NOT_READY, "That archive is not ready.");
        }
        var now = tools.clock().instant();
        var consent = new Consent(tools.ids().next(), caller.person(), export, now, now.plus(CONSENT));
        store.insert(tx, consent);
        log.append(tx, event(caller.caller(), "agreed", consent.id()));
        return consent;
    }

    /** Takes a consent back; not found, when it is not in force. */
    void withdraw(Tx tx, ClientCaller caller, UUID consent) {
        if (!store.withdraw(tx, consent, tools.clock().instant())) {
            throw EtalonException.notFound();
        }
        log.append(tx, event(caller.caller(), "withdrew", consent));
    }

    List<Consent> consents(ClientId client) {
        return scope.client(client, tx -> store.consents(tx, tools.clock().instant()));
    }

    private static AuditEvent event(Caller caller, String act, UUID consent) {
        return AuditEvent.of(AuditOp.CLIENT_EXIT, caller.person(), caller.via(), null)
                .with("act", act)
                .with("consent", consent.toString());
    }

    /**
     * Destroys a client. Returns when nothing of it is left; a second call goes on with what a first one began.
     *
     * @throws EtalonException not found; conflict, without a consent in force; forbidden, when the only consent is the
     *     operator's own
     */
    Departure order(Caller operator, String slug) throws SQLException {
        var open = clients.find(slug);
        if (open.isEmpty()) {
            return finish(scope.control(store::all).stream()
                    .filter(one -> one.slug().equals(slug))
                    .findFirst()
                    .orElseThrow(EtalonException::notFound));
        }
        var client = open.get();
        var consent = consent(client.id(), operator);
        scope.clientDo(client.id(), tx -> log.append(tx, event(operator, "ordered", consent.id())));
        log.flush(client.id());
        var departure =
                new Departure(client.id(), slug, tools.clock().instant(), facts(client, operator, consent), null);
        scope.controlDo(tx -> {
            store.insert(tx, departure, operator.person());
            clients.leaving(tx, client);
        });
        LOG.info("event=departure-ordered client={}", client.id());
        return finish(departure);
    }

    private Consent consent(ClientId client, Caller operator) {
        var inForce = consents(client).stream()
                .filter(one -> grants.rolesAt(one.person(), client).contains(Role.REQUESTER))
                .toList();
        if (inForce.isEmpty()) {
            throw new EtalonException(
                    ArchiveCodes.NO_CONSENT,
                    "A requester of the client must agree first, within the last " + CONSENT.toDays() + " days.");
        }
        return inForce.stream()
                .filter(one -> !one.person().equals(operator.person()))
                .findFirst()
                .orElseThrow(() -> new EtalonException(
                        ArchiveCodes.SAME_PERSON, "You agreed yourself; somebody else must order it."));
    }

    private String facts(Client client, Caller operator, Consent consent) {
        var id = client.id();
        var checkpoint = log.checkpoint(id);
        var logKey = log.verifierKey(id);
        return scope.client(id, tx -> {
            var counts = JsonObject.builder();
            for (var table : COUNTED) {
                counts.put(
                        table,
                        tx.db()
                                .sql("select count(*) from " + table)
                                .query(Long.class)
                                .single());
            }
            var facts = JsonObject.builder()
                    .put("client", id.toString())
                    .put("slug", client.slug())
                    .put("orderedBy", log.pseudonym(tx, operator.person()))
                    .put("agreedBy", log.pseudonym(tx, consent.person()))
                    .put("agreedAt", consent.at().toString())
                    .put("clientKey", Long.toUnsignedString(destroyed.keys().keyId(id)))
                    .put("counts", counts.build())
                    .put("checkpoint", checkpoint)
                    .put("logKey", logKey);
            var export = consent.export() == null
                    ? null
                    : exports.find(tx, consent.export()).orElseThrow().made();
            if (export != null) {
                facts.put("content", export.content()).put("archive", export.sha256());
            }
            return new String(CanonicalJson.write(facts.build()), UTF_8);
        });
    }

    /** Each step can be repeated. The key goes first: what is left after it is noise. */
    private synchronized Departure finish(Departure departure) throws SQLException {
        if (departure.certificate() != null) {
            return departure;
        }
        var client = departure.asClient();
        clients.find(departure.client()).ifPresent(clients::close);
        destroyed.keys().destroy(client.id());
        var objects = destroyed.objects().removeAll(client.id());
        clients.destroy(client, control -> forget(control, client.id()));
        if (clients.hasCell(client)) {
            throw new IllegalStateException("the database is still there after it was dropped");
        }
        var now = tools.clock().instant();
        var certificate = certificate(departure, objects, now.toString());
        scope.controlDo(tx -> store.ended(tx, client.id(), certificate, now));
        LOG.info("event=departure-done client={} objects={}", client.id(), objects);
        return new Departure(client.id(), client.slug(), departure.orderedAt(), departure.facts(), certificate);
    }

    private static List<String> forget(Tx control, ClientId client) throws SQLException {
        var written = new ArrayList<String>();
        for (var table : ControlTable.ALL.reversed()) {
            if (table.leaving() != null) {
                var sql = "delete from \"" + table.name() + "\" where " + table.leaving();
                try (var statement = TableRows.of(control, sql, client.value())) {
                    statement.executeUpdate();
                }
                written.add(table.name());
            }
        }
        written.add("client");
        return written;
    }

    private String certificate(Departure departure, long objects, String at) {
        var known = (JsonObject) CanonicalJson.read(departure.facts().getBytes(UTF_8));
        var facts = JsonObject.builder();
        known.members().forEach((name, value) -> {
            if (!name.equals("checkpoint") && !name.equals("logKey")) {
                facts.put(name, value);
            }
        });
        facts.put("destroyedAt", at).put("objectsRemoved", objects);
        facts.put("database", "client_" + departure.client().toString().replace("-", ""));
        var note = ExitCertificate.sign(
                facts,
                SignedNote.parse(text(known, "checkpoint").getBytes(UTF_8)),
                VerifierKey.parse(text(known, "logKey")),
                signer);
        return new String(note.bytes(), UTF_8);
    }

    private static String text(JsonObject json, String name) {
        JsonValue found = json.get(name).orElseThrow();
        return ((JsonString) found).value();
    }

    /** Newest first. */
    List<Departure> all() {
        return scope.control(store::all);
    }

    /** The certificate of a client that has left; not found, while it is not there. */
    String certificate(UUID client) {
        var certificate = scope.control(tx -> store.find(tx, client))
                .orElseThrow(EtalonException::notFound)
                .certificate();
        if (certificate == null) {
            throw EtalonException.notFound();
        }
        return certificate;
    }
}
