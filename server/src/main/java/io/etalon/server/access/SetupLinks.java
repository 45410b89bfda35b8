package io.etalon.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/**
 * Links that sign a person in once: how the first operator comes in, and the visitors of the demonstration. The token is
 * stored hashed; using it and opening the session are one transaction. Thread-safe.
 */
@Service
public final class SetupLinks {
    /** How long the first operator's link is good. */
    public static final Duration SETUP_LIMIT = Duration.ofMinutes(15);

    static final ErrorCode LINK_SPENT =
            ErrorCode.of("link-spent", ErrorKind.UNAUTHENTICATED, "This link is used, expired or unknown");
    private static final String FIRST_OPERATOR_EMAIL = "operator@localhost";

    private final TenantScope scope;
    private final People people;
    private final Grants grants;
    private final Sessions sessions;
    private final LinkContext context;
    private final LinkStore store = new LinkStore();
    private final PersonStore persons = new PersonStore();

    SetupLinks(TenantScope scope, People people, Grants grants, Sessions sessions, LinkContext context) {
        this.scope = scope;
        this.people = people;
        this.grants = grants;
        this.sessions = sessions;
        this.context = context;
    }

    /** A link that signs this person in once within the given time. */
    public String issue(PersonId person, Duration lifetime) {
        var token = context.ids().secretToken();
        var now = context.clock().instant();
        scope.controlDo(tx -> {
            store.deleteExpired(tx, now);
            store.insert(tx, Sha256.of(token), person, now.plus(lifetime));
        });
        return context.origin().appUrl() + "/#/link/" + token;
    }

    /**
     * The set-up link, while no operator has a credential: makes the first operator when there is none, and keeps the link
     * in the data directory's file {@code setup-link}, which only its owner may read. Empty once the set-up is done.
     */
    public Optional<String> issueForFirstOperator() {
        var operators = scope.control(tx -> tx.db()
                .sql("select person from role_grant where role = 'operator' order by granted_at")
                .query(UUID.class)
                .list());
        for (var operator : operators) {
            if (people.hasCredential(new PersonId(operator))) {
                forgetFile();
                return Optional.empty();
            }
        }
        var operator = operators.isEmpty() ? firstOperator() : new PersonId(operators.getFirst());
        var link = issue(operator, SETUP_LIMIT);
        keep(link);
        return Optional.of(link);
    }

    private PersonId firstOperator() {
        var person = people.findByEmail(FIRST_OPERATOR_EMAIL)
                .orElseGet(() -> people.create(FIRST_OPERATOR_EMAIL, "Operator"));
        grants.grantOperator(person.id());
        return person.id();
    }

    /** What a used link leads to. */
    record SignedIn(PersonId person, Sessions.Opened session, boolean setup) {}

    /**
     * Uses a link up and opens a session.
     *
     * @throws EtalonException unauthenticated, when it is used, expired or unknown
     */
    SignedIn use(String token) {
        var signedIn = scope.control(tx -> {
            var person = store.take(tx, Sha256.of(token), context.clock().instant())
                    .orElseThrow(() -> new EtalonException(
                            LINK_SPENT, "Ask for a new link; the set-up link is printed anew at each start."));
            return new SignedIn(person, sessions.open(tx, person, Way.LINK, false), !persons.hasCredential(tx, person));
        });
        forgetFileWith(token);
        return signedIn;
    }

    private Path file() {
        return context.folders().root().resolve("setup-link");
    }

    private void keep(String link) {
        try {
            Files.deleteIfExists(file());
            Files.createFile(file(), ownerOnly(file()));
            Files.writeString(file(), link + "\n", UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the set-up link could not be kept in " + file(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private void forgetFileWith(String token) {
        try {
            if (Files.exists(file()) && Files.readString(file(), UTF_8).contains(token)) {
                forgetFile();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the spent set-up link could not be removed", e);
        }
    }

    private void forgetFile() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException("the spent set-up link could not be removed", e);
        }
    }
}
