package io.etalon.server.access;

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

    /** What a new person says of himself, or proves himself by. */
    record Given(@Nullable String name, @Nullable String password) {}

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
     * @param signedIn the session of who is signed in already, if anybody; as strong as it is the new one
     */
    Invitations.Accepted accept(String token, Given given, SessionStore.@Nullable Session signedIn, String remote) {
        var invitation = invitations.lookUp(token);
        var existing = people.findByEmail(invitation.email());
        if (existing.isEmpty()) {
            var called = Checks.text(given.name(), "/name", 200);
            var password = given.password();
            Passwords.check(password, invitation.email());
            return invitations.acceptAsNew(token, called, passwords.hash(Checks.required(password, "/password")));
        }
        var person = existing.get().id();
        if (signedIn != null && person.equals(signedIn.person())) {
            return invitations.acceptAs(token, person, signedIn.strong());
        }
        signIn.byPassword(invitation.email(), Checks.required(given.password(), "/password"), remote);
        return invitations.acceptAs(token, person, false);
    }

    void end(UUID session) {
        sessions.close(session);
    }
}
