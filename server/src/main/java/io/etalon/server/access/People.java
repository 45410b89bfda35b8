package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The people of this installation and their passwords. Registration is closed: people come by invitation. Thread-safe. */
@Service
public final class People {
    static final ErrorCode EMAIL_TAKEN =
            ErrorCode.of("email-taken", ErrorKind.CONFLICT, "This e-mail address is taken");
    static final ErrorCode WRONG_PASSWORD =
            ErrorCode.of("wrong-password", ErrorKind.FORBIDDEN, "The current password is not right");

    private final TenantScope scope;
    private final Ids ids;
    private final Clock clock;
    private final Passwords passwords;
    private final PersonStore store = new PersonStore();

    People(TenantScope scope, Ids ids, Clock clock, Passwords passwords) {
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
        this.passwords = passwords;
    }

    /**
     * Adds a person without a credential.
     *
     * @throws EtalonException invalid e-mail or name; conflict, when the e-mail is taken
     */
    public Person create(String email, String name) {
        return scope.control(tx -> create(tx, email, name));
    }

    Person create(Tx tx, String email, String name) {
        var person = new Person(
                new PersonId(ids.next()),
                Checks.email(email, "/email"),
                Checks.text(name, "/name", 200),
                "en",
                clock.instant());
        refuseTaken(tx, person.email());
        store.insert(tx, person);
        return person;
    }

    private void refuseTaken(Tx tx, String email) {
        if (store.findByEmail(tx, email).isPresent()) {
            throw new EtalonException(EMAIL_TAKEN, "Another person has this e-mail address.");
        }
    }

    /** @throws EtalonException not found */
    public Person get(PersonId id) {
        return scope.control(tx -> get(tx, id));
    }

    Person get(Tx tx, PersonId id) {
        return store.find(tx, id).orElseThrow(EtalonException::notFound);
    }

    public Optional<Person> findByEmail(String email) {
        var normal = Checks.email(email, "/email");
        return scope.control(tx -> store.findByEmail(tx, normal));
    }

    Optional<Person> findByEmail(Tx tx, String email) {
        return store.findByEmail(tx, email);
    }

    /**
     * Sets a password without asking for the old one; open sessions stay.
     *
     * @throws EtalonException invalid, when the password is not good enough
     */
    public void setPassword(PersonId id, String password) {
        var person = get(id);
        Passwords.check(password, person.email());
        var hash = passwords.hash(password);
        scope.controlDo(tx -> store.setPassword(tx, id, hash));
    }

    /** The same for a person who has one: the current password must be right. */
    void changePassword(PersonId id, @Nullable String current, String password) {
        var old = scope.control(tx -> store.password(tx, id)).orElseThrow(EtalonException::notFound);
        if (old.hash() != null && !passwords.matches(current == null ? "" : current, old.hash())) {
            throw new EtalonException(WRONG_PASSWORD, "Give the current password as /current.");
        }
        setPassword(id, password);
    }

    /** Who signs in with this e-mail and password; takes as long when there is no such person. */
    Optional<PersonId> byPassword(String email, String password) {
        var found = scope.control(tx -> store.password(tx, email));
        var hash = found.map(PersonStore.PasswordOf::hash).orElse(null);
        return passwords.matches(password, hash) ? found.map(PersonStore.PasswordOf::person) : Optional.empty();
    }

    /** Changes what is given. The e-mail can be changed only before the person has a credential. */
    Person update(PersonId id, @Nullable String name, @Nullable String locale, @Nullable String email) {
        return scope.control(tx -> {
            var old = get(tx, id);
            if (locale != null && !locale.equals("en") && !locale.equals("fr")) {
                throw Checks.fault("/locale", "must be en or fr");
            }
            var address = email == null ? old.email() : Checks.email(email, "/email");
            if (!address.equals(old.email())) {
                if (store.hasCredential(tx, id)) {
                    throw Checks.fault("/email", "can be changed only before a password or passkey is set");
                }
                refuseTaken(tx, address);
            }
            var changed = new Person(
                    id,
                    address,
                    name == null ? old.name() : Checks.text(name, "/name", 200),
                    locale == null ? old.locale() : locale,
                    old.createdAt());
            store.update(tx, changed);
            return changed;
        });
    }

    boolean hasPassword(PersonId id) {
        return scope.control(tx -> store.password(tx, id))
                .map(PersonStore.PasswordOf::hash)
                .isPresent();
    }

    /** Whether the person has a password or a passkey. */
    public boolean hasCredential(PersonId id) {
        return scope.control(tx -> store.hasCredential(tx, id));
    }
}
