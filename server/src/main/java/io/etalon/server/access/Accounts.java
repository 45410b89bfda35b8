package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Turns an accepted invitation into an account or into more roles of one that exists. Thread-safe. */
@Service
final class Accounts {
    private final Invitations invitations;
    private final People people;
    private final Passwords passwords;
    private final SignIn signIn;
    private final Sessions sessions;

    Accounts(Invitations invitations, People people, Passwords passwords, SignIn signIn, Sessions sessions) {
        this.invitations = invitations;
        this.people = people;
        this.passwords = passwords;
        this.signIn = signIn;
        this.sessions = sessions;
    }

    /**
     * Accepts an invitation.
     *
     * @param signedIn who is signed in already, if anybody
     */
    Invitations.Accepted accept(
            String token,
            @Nullable String name,
            @Nullable String password,
            @Nullable PersonId signedIn,
            String remote) {
        var invitation = invitations.lookUp(token);
        var existing = people.findByEmail(invitation.email());
        if (existing.isEmpty()) {
            var called = Checks.text(name, "/name", 200);
            Passwords.check(password, invitation.email());
            return invitations.acceptAsNew(token, called, passwords.hash(Checks.required(password, "/password")));
        }
        var person = existing.get().id();
        if (!person.equals(signedIn)) {
            signIn.byPassword(invitation.email(), Checks.required(password, "/password"), remote);
        }
        return invitations.acceptAs(token, person);
    }

    void end(UUID session) {
        sessions.close(session);
    }
}
