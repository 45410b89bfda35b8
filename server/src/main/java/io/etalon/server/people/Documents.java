package io.etalon.server.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.ClientCache;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.WorkInHand;
import io.etalon.server.workforce.Workforces;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;

/**
 * The texts of a client that people have to accept, and who did. Each version and each word on it is a row that is never
 * changed, in the log in the same transaction. What is told of who has accepted is one second old at most, and what this
 * server changed counts at once. Thread-safe.
 */
@Service
final class Documents {
    static final ErrorCode STALE =
            ErrorCode.of("document-stale", ErrorKind.CONFLICT, "The text has another version now");
    private static final int MOST = 50;
    private static final Set<String> KINDS = Set.of("consent", "nda", "other");

    /** What one sets. */
    record Text(String kind, @Nullable UUID workforce, String title, String body, boolean inForce) {
        /** Of the title, an empty line and the body, in UTF-8. */
        String sha256() {
            try {
                var digest = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(digest.digest((title + "\n\n" + body).getBytes(UTF_8)));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private record Word(UUID document, PersonId person) {}

    /** All texts in force and all last words of one client. */
    private record Kept(List<Document> documents, Map<Word, Acceptance> words) {}

    private final TenantScope scope;
    private final AuditLog audit;
    private final Workforces workforces;
    private final ObjectProvider<WorkInHand> work;
    private final Ids ids;
    private final Clock clock;
    private final DocumentStore store = new DocumentStore();
    private final ClientCache<Kept> kept;

    Documents(
            TenantScope scope,
            AuditLog audit,
            Workforces workforces,
            ObjectProvider<WorkInHand> work,
            Ids ids,
            Clock clock) {
        this.scope = scope;
        this.audit = audit;
        this.workforces = workforces;
        this.work = work;
        this.ids = ids;
        this.clock = clock;
        this.kept = new ClientCache<>(scope, clock, this::read);
    }

    /** The newest version of each text that this caller may know of. */
    List<Document> all(ClientCaller caller) {
        return scope.client(caller.client().id(), store::newest).stream()
                .filter(document -> isShown(caller, document))
                .toList();
    }

    private static boolean isShown(ClientCaller caller, Document document) {
        return caller.workforce() == null || document.isFor(caller.workforce());
    }

    /** Newest first. */
    List<Document> versions(ClientCaller caller, UUID id) {
        var versions = scope.client(caller.client().id(), tx -> store.versions(tx, id));
        if (versions.isEmpty() || !isShown(caller, versions.getFirst())) {
            throw EtalonException.notFound();
        }
        return versions;
    }

    /** Makes a text, in the transaction given on the client's database; call {@link #forget} after it. */
    Document make(Tx tx, ClientCaller caller, Text text) {
        checked(caller, text);
        store.lock(tx);
        if (store.newest(tx).size() >= MOST) {
            throw EtalonException.invalid("A client has " + MOST + " texts at most; change one of them.");
        }
        return write(tx, caller, ids.next(), 1, text);
    }

    /** Another version of a text, which everybody has to accept anew; not twice for the same. */
    Document set(ClientCaller caller, UUID id, Text text) {
        checked(caller, text);
        var client = caller.client().id();
        var set = scope.client(client, tx -> {
            store.lock(tx);
            var before = store.versions(tx, id).stream().findFirst().orElseThrow(EtalonException::notFound);
            requireOwn(caller, before.workforce());
            if (!before.kind().equals(text.kind())) {
                throw Checks.fault("/kind", "must stay " + before.kind());
            }
            return before.sha256().equals(text.sha256())
                            && before.inForce() == text.inForce()
                            && java.util.Objects.equals(before.workforce(), text.workforce())
                    ? before
                    : write(tx, caller, id, before.version() + 1, text);
        });
        forget(client);
        return set;
    }

    private Document write(Tx tx, ClientCaller caller, UUID id, int version, Text text) {
        var document = store.insert(tx, id, version, text, caller.person().value());
        audit.append(
                tx,
                AuditEvent.of(AuditOp.CONSENT, caller.person(), caller.via(), null)
                        .with("document", id.toString())
                        .with("version", version)
                        .with("sha256", document.sha256())
                        .with("act", text.inForce() ? "set" : "set_off"));
        return document;
    }

    private void checked(ClientCaller caller, Text text) {
        if (!KINDS.contains(text.kind())) {
            throw Checks.fault("/kind", "must be consent, nda or other");
        }
        if (text.workforce() != null
                && workforces.find(caller.client().id(), text.workforce()).isEmpty()) {
            throw Checks.fault("/workforce", "must be the id of a workforce of this client");
        }
        requireOwn(caller, text.workforce());
    }

    /** A workforce's manager sets texts for his people; the client for all. */
    private static void requireOwn(ClientCaller caller, @Nullable UUID workforce) {
        if (!caller.is(Role.REQUESTER) && (workforce == null || !workforce.equals(caller.workforce()))) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "A workforce's manager sets texts for his own workforce.");
        }
    }

    /** A person's last words, by text. */
    Map<UUID, Acceptance> words(ClientId client, PersonId person) {
        var words = new HashMap<UUID, Acceptance>();
        scope.client(client, tx -> store.newest(tx, person)).forEach(word -> words.put(word.document(), word));
        return words;
    }

    /** Everybody's last words. */
    List<Acceptance> words(ClientId client) {
        return scope.client(client, tx -> store.newest(tx, (PersonId) null));
    }

    /**
     * Accepts the version that the person has read; once is enough.
     *
     * @throws EtalonException conflict, when another version counts by now; not found
     */
    Acceptance accept(ClientCaller caller, UUID id, int version, String sha256) {
        requireInPerson(caller);
        var client = caller.client().id();
        var word = scope.client(client, tx -> {
            // Held against a new version: what is accepted is the newest when this commits.
            store.lock(tx);
            var document = current(tx, caller, id);
            if (document.version() != version || !document.sha256().equals(sha256)) {
                throw new EtalonException(STALE, "Read version " + document.version() + " and accept that one.");
            }
            return said(tx, caller, document, true);
        });
        forget(client);
        return word;
    }

    /** Takes an acceptance back: from now on nothing is shown, and what the person holds goes to others. */
    Acceptance withdraw(ClientCaller caller, UUID id) {
        requireInPerson(caller);
        var client = caller.client().id();
        var word = scope.client(client, tx -> {
            store.lock(tx);
            return said(tx, caller, current(tx, caller, id), false);
        });
        forget(client);
        var engine = work.getIfAvailable();
        if (engine != null) {
            engine.fence(client, Set.of(caller.person()), "consent " + id);
        }
        return word;
    }

    private Document current(Tx tx, ClientCaller caller, UUID id) {
        return store.versions(tx, id).stream()
                .findFirst()
                .filter(document -> document.isFor(caller.workforce()))
                .orElseThrow(EtalonException::notFound);
    }

    private Acceptance said(Tx tx, ClientCaller caller, Document document, boolean accepted) {
        var before = last(tx, caller.person(), document.id());
        if (before.isPresent()
                && before.get().accepted() == accepted
                && before.get().version() == document.version()) {
            return before.get();
        }
        store.say(tx, document, caller.person(), accepted);
        audit.append(
                tx,
                AuditEvent.of(AuditOp.CONSENT, caller.person(), caller.via(), null)
                        .with("document", document.id().toString())
                        .with("version", document.version())
                        .with("sha256", document.sha256())
                        .with("act", accepted ? "accept" : "withdraw"));
        return last(tx, caller.person(), document.id()).orElseThrow();
    }

    private Optional<Acceptance> last(Tx tx, PersonId person, UUID document) {
        return store.newest(tx, person).stream()
                .filter(word -> word.document().equals(document))
                .findFirst();
    }

    /** A program accepts nothing in a person's name. */
    private static void requireInPerson(ClientCaller caller) {
        if (!caller.via().equals(Caller.VIA_SESSION)) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "Sign in to do this: a key accepts nothing for a person.");
        }
    }

    /** The first text in force that a person has not accepted in its newest version. */
    Optional<Document> missing(ClientId client, PersonId person, @Nullable UUID workforce) {
        var now = kept.get(client);
        return now.documents().stream()
                .filter(document -> document.isFor(workforce))
                .filter(document -> !accepts(now.words().get(new Word(document.id(), person)), document))
                .findFirst();
    }

    static boolean accepts(@Nullable Acceptance word, Document document) {
        return word != null && word.accepted() && word.version() == document.version();
    }

    private Kept read(ClientId client) {
        return scope.client(client, tx -> {
            var documents = store.newest(tx).stream().filter(Document::inForce).toList();
            var words = new HashMap<Word, Acceptance>();
            if (!documents.isEmpty()) {
                store.newest(tx, (PersonId) null)
                        .forEach(word -> words.put(new Word(word.document(), word.person()), word));
            }
            return new Kept(documents, words);
        });
    }

    /** A client's texts or words on them were changed in a transaction that has committed now. */
    void forget(ClientId client) {
        kept.forget(client);
    }
}
