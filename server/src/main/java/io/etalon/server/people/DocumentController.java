package io.etalon.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Texts that people have to accept: set by those who arrange the work, accepted by those who do it. */
@RestController
@RequestMapping("/api/v1/clients/{client}/documents")
@Tag(name = "Workforce")
final class DocumentController {
    private static final int MOST_CHARACTERS = 50_000;

    private final Documents documents;
    private final Idempotency idempotency;
    private final TenantScope scope;

    /**
     * @param kind {@code consent}, {@code nda} or {@code other}
     * @param workforce whose people it is for; absent for everybody at work
     * @param body the text, in Markdown
     * @param inForce absent for in force
     */
    @Schema(name = "DocumentBody")
    record DocumentBody(
            @Nullable String kind,
            @Nullable UUID workforce,
            @Nullable String title,
            @Nullable String body,
            @Nullable Boolean inForce) {
        Documents.Text text() {
            var words = Checks.required(body, "/body").strip();
            if (words.isEmpty() || words.length() > MOST_CHARACTERS || words.indexOf('\0') >= 0) {
                throw Checks.fault("/body", "must have 1 to " + MOST_CHARACTERS + " characters and no NUL");
            }
            return new Documents.Text(
                    Checks.required(kind, "/kind"),
                    workforce,
                    Checks.text(title, "/title", 200),
                    words,
                    inForce == null || inForce);
        }
    }

    /** @param sha256 of the title, an empty line and the text, in UTF-8 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DocumentView")
    record View(
            UUID id,
            int version,
            String kind,
            @Nullable UUID workforce,
            String title,
            String body,
            String sha256,
            boolean inForce,
            UUID setBy,
            Instant setAt) {
        static View of(Document document) {
            return new View(
                    document.id(),
                    document.version(),
                    document.kind(),
                    document.workforce(),
                    document.title(),
                    document.body(),
                    document.sha256(),
                    document.inForce(),
                    document.setBy(),
                    document.setAt());
        }
    }

    /**
     * A text that concerns the caller, and what he said to it.
     *
     * @param accepted whether he has accepted this very version
     * @param saidVersion the version that he last accepted or withdrew from; absent when he never said anything
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MyDocument")
    record Mine(
            View document,
            boolean accepted,
            @Nullable Integer saidVersion,
            @Nullable Instant saidAt) {}

    /**
     * @param version that was read
     * @param sha256 of what was read
     */
    @Schema(name = "AcceptanceBody")
    record AcceptanceBody(
            @Nullable Integer version, @Nullable String sha256) {}

    DocumentController(Documents documents, Idempotency idempotency, TenantScope scope) {
        this.documents = documents;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List texts to accept", description = "The newest version of each, in force or not.")
    Page<View> all(ClientCaller caller) {
        return Page.all(documents.all(caller).stream().map(View::of).toList());
    }

    @PostMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Set a text to accept",
            description =
                    "In force at once unless inForce is false: from then on nobody whom it concerns is shown or given"
                            + " work before he has accepted it. A workforce's manager sets texts for his own people.")
    View make(ClientCaller caller, Attempt attempt, @RequestBody DocumentBody body) {
        var text = body.text();
        var client = caller.client().id();
        var made = scope.client(
                client,
                tx -> idempotency.once(
                        tx, attempt, body, View.class, same -> View.of(documents.make(same, caller, text))));
        documents.forget(client);
        return made;
    }

    @PutMapping("/{document}")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "Change a text to accept",
            description = "Another version under the same id, which everybody has to accept anew.")
    View set(ClientCaller caller, @PathVariable UUID document, @RequestBody DocumentBody body) {
        return View.of(documents.set(caller, document, body.text()));
    }

    @GetMapping("/{document}/versions")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List a text's versions", description = "Newest first.")
    Page<View> versions(ClientCaller caller, @PathVariable UUID document) {
        return Page.all(
                documents.versions(caller, document).stream().map(View::of).toList());
    }

    @GetMapping("/mine")
    @Allow({})
    @Operation(
            summary = "List the texts that one has to accept",
            description = "Those in force that concern the caller, with what he said to each.")
    Page<Mine> mine(ClientCaller caller) {
        var words = documents.words(caller.client().id(), caller.person());
        return Page.all(documents.all(caller).stream()
                .filter(document -> document.inForce() && document.isFor(caller.workforce()))
                .map(document -> mine(document, words.get(document.id())))
                .toList());
    }

    private static Mine mine(Document document, @Nullable Acceptance word) {
        return new Mine(
                View.of(document),
                Documents.accepts(word, document),
                word == null ? null : word.version(),
                word == null ? null : word.at());
    }

    @PutMapping("/{document}/acceptance")
    @Allow({})
    @Operation(
            summary = "Accept a text",
            description =
                    "The version that was read, with its hash. It stands in the client's log with the database's time;"
                            + " a version that is no longer the newest is refused.")
    Mine accept(ClientCaller caller, @PathVariable UUID document, @RequestBody AcceptanceBody body) {
        var word = documents.accept(
                caller,
                document,
                Checks.required(body.version(), "/version"),
                Checks.required(body.sha256(), "/sha256"));
        return mine(documents.versions(caller, document).getFirst(), word);
    }

    @DeleteMapping("/{document}/acceptance")
    @Allow({})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Withdraw from a text",
            description = "Bites at once: nothing more is shown or given, and what the caller holds goes to others.")
    void withdraw(ClientCaller caller, @PathVariable UUID document) {
        documents.withdraw(caller, document);
    }
}
