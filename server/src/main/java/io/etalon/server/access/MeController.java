package io.etalon.server.access;

import io.etalon.server.base.Page;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** What a person changes of himself: name, language, password, passkeys. Nobody else's ids appear here. */
@RestController
@RequestMapping("/api/v1/me")
@Tag(name = "Me")
final class MeController {
    private final People people;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final SignIn signIn;
    private final SecondFactor factor;

    record ProfileBody(
            @Nullable String name,
            @Nullable String locale,
            @Nullable String email) {}

    record PasswordChange(
            @Nullable String current, @Nullable String password) {}

    record PasskeyBody(@Nullable String label, @Nullable JsonNode credential) {}

    MeController(People people, Sessions sessions, Passkeys passkeys, SignIn signIn, SecondFactor factor) {
        this.people = people;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.signIn = signIn;
        this.factor = factor;
    }

    /**
     * A weak session of whom a second factor is asked sets up what is missing, and changes nothing after that: whoever has the
     * password alone must not come to a passkey by it beside the person's own.
     */
    private void requireFirst(Credential credential) {
        if (!passkeys.of(credential.caller().person()).isEmpty()) {
            factor.requireWhereBound(credential);
        }
    }

    @PatchMapping
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    SessionView.PersonView change(Caller caller, HttpServletRequest request, @RequestBody ProfileBody body) {
        requireFirst(Credential.required(request));
        if (body.email() != null) {
            sessions.requireFresh(Credential.required(request));
        }
        return SessionView.PersonView.of(people.update(caller.person(), body.name(), body.locale(), body.email()));
    }

    /** Other sessions of the person end: whoever has an old one is out. */
    @PutMapping("/password")
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void password(Caller caller, HttpServletRequest request, @RequestBody PasswordChange body) {
        requireFirst(Credential.required(request));
        if (!people.hasPassword(caller.person())) {
            // There is no old one to ask for.
            sessions.requireFresh(Credential.required(request));
        }
        var password = Checks.required(body.password(), "/password");
        signIn.guarded(
                caller.person().toString(), () -> people.changePassword(caller.person(), body.current(), password));
        sessions.closeOthers(caller.person(), UUID.fromString(caller.session()));
    }

    @PostMapping("/passkeys/options")
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    JsonNode passkeyOptions(Caller caller, HttpServletRequest request) {
        requireFirst(Credential.required(request));
        sessions.requireFresh(Credential.required(request));
        return passkeys.creationOptions(caller);
    }

    @PostMapping("/passkeys")
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    @ResponseStatus(HttpStatus.CREATED)
    PasskeyStore.Passkey addPasskey(Caller caller, HttpServletRequest request, @RequestBody PasskeyBody body) {
        requireFirst(Credential.required(request));
        return passkeys.register(
                caller, Checks.text(body.label(), "/label", 100), Checks.required(body.credential(), "/credential"));
    }

    @GetMapping("/passkeys")
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    Page<PasskeyStore.Passkey> passkeys(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return Listing.page(
                passkeys.of(caller.person()), passkey -> passkey.id().toString(), limit, cursor);
    }

    @DeleteMapping("/passkeys/{id}")
    @AllowSignedIn(sessionOnly = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePasskey(Caller caller, HttpServletRequest request, @PathVariable UUID id) {
        sessions.requireFresh(Credential.required(request));
        passkeys.delete(caller.person(), id);
    }
}
