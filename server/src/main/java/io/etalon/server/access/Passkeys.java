package io.etalon.server.access;

import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.verifier.exception.VerificationException;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.net.URI;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.web.webauthn.api.AuthenticatorAssertionResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorAttestationResponse;
import org.springframework.security.web.webauthn.api.AuthenticatorSelectionCriteria;
import org.springframework.security.web.webauthn.api.PublicKeyCredential;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialCreationOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRequestOptions;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialRpEntity;
import org.springframework.security.web.webauthn.api.ResidentKeyRequirement;
import org.springframework.security.web.webauthn.api.UserVerificationRequirement;
import org.springframework.security.web.webauthn.jackson.WebauthnJacksonModule;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialCreationOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutablePublicKeyCredentialRequestOptionsRequest;
import org.springframework.security.web.webauthn.management.ImmutableRelyingPartyRegistrationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyAuthenticationRequest;
import org.springframework.security.web.webauthn.management.RelyingPartyPublicKey;
import org.springframework.security.web.webauthn.management.Webauthn4JRelyingPartyOperations;
import org.springframework.stereotype.Service;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Passkeys (WebAuthn level 3): discoverable, with the authenticator's own check of the person, so that one gesture stands
 * for both factors. Relying party is the host of the application's public address; on a loopback address it is
 * {@code localhost}, since WebAuthn knows no IP addresses. Thread-safe.
 */
@Service
final class Passkeys {
    static final ErrorCode REFUSED =
            ErrorCode.of("passkey-refused", ErrorKind.UNAUTHENTICATED, "The passkey was not accepted");
    private static final int MAX_PER_PERSON = 20;

    private final TenantScope scope;
    private final Webauthn4JRelyingPartyOperations operations;
    private final PasskeyStore store = new PasskeyStore();
    private final JsonMapper json =
            JsonMapper.builder().addModule(new WebauthnJacksonModule()).build();
    private final Challenges<PublicKeyCredentialCreationOptions> creations;
    private final Challenges<PublicKeyCredentialRequestOptions> requests;

    Passkeys(TenantScope scope, Ids ids, Clock clock, ContentOrigin origin) {
        this.scope = scope;
        this.creations = new Challenges<>(clock);
        this.requests = new Challenges<>(clock);
        var repository = new PasskeyRepository(scope, ids);
        var app = URI.create(origin.appUrl());
        this.operations = new Webauthn4JRelyingPartyOperations(
                repository,
                repository,
                PublicKeyCredentialRpEntity.builder()
                        .id(relyingParty(app))
                        .name("Etalon")
                        .build(),
                origins(app));
        operations.setCustomizeCreationOptions(
                options -> options.authenticatorSelection(AuthenticatorSelectionCriteria.builder()
                        .residentKey(ResidentKeyRequirement.REQUIRED)
                        .userVerification(UserVerificationRequirement.REQUIRED)
                        .build()));
        operations.setCustomizeRequestOptions(
                options -> options.userVerification(UserVerificationRequirement.REQUIRED));
    }

    static String relyingParty(URI app) {
        return isLoopback(app) ? "localhost" : app.getHost();
    }

    static Set<String> origins(URI app) {
        var origins = new HashSet<String>();
        origins.add(app.toString());
        if (isLoopback(app)) {
            origins.add(app.getScheme() + "://localhost" + (app.getPort() < 0 ? "" : ":" + app.getPort()));
        }
        return origins;
    }

    private static boolean isLoopback(URI app) {
        return Set.of("127.0.0.1", "[::1]", "localhost").contains(app.getHost());
    }

    /** Options for the browser to make a passkey; its answer comes from the same session. */
    JsonNode creationOptions(Caller caller) {
        var who = UsernamePasswordAuthenticationToken.authenticated(
                caller.person().toString(), null, List.of());
        var options = operations.createPublicKeyCredentialCreationOptions(
                new ImmutablePublicKeyCredentialCreationOptionsRequest(who));
        creations.give(caller.session(), options);
        return json.valueToTree(options);
    }

    /**
     * Keeps a passkey that the browser made.
     *
     * @throws EtalonException invalid, when it does not answer the open challenge of this session
     */
    PasskeyStore.Passkey register(Caller caller, String label, JsonNode credential) {
        var options = creations
                .take(caller.session())
                .orElseThrow(() -> Checks.fault("/credential", "answers no open challenge; ask for new options"));
        if (of(caller.person()).size() >= MAX_PER_PERSON) {
            throw EtalonException.invalid("A person has at most " + MAX_PER_PERSON + " passkeys; delete one first.");
        }
        var before = of(caller.person());
        try {
            PublicKeyCredential<AuthenticatorAttestationResponse> answer =
                    json.convertValue(credential, new TypeReference<>() {});
            operations.registerCredential(
                    new ImmutableRelyingPartyRegistrationRequest(options, new RelyingPartyPublicKey(answer, label)));
        } catch (JacksonException
                | IllegalArgumentException
                | NullPointerException
                | DataConversionException
                | VerificationException e) {
            throw new EtalonException(ErrorCode.INVALID, "/credential was not accepted; try again.", e);
        }
        return of(caller.person()).stream()
                .filter(passkey -> !before.contains(passkey))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a passkey was registered and is not there"));
    }

    /** Options for the browser to sign in with any passkey it has for us. */
    JsonNode requestOptions() {
        var nobody = new org.springframework.security.authentication.AnonymousAuthenticationToken(
                "etalon",
                "anonymous",
                org.springframework.security.core.authority.AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));
        var options = operations.createCredentialRequestOptions(
                new ImmutablePublicKeyCredentialRequestOptionsRequest(nobody));
        requests.give(options.getChallenge().toBase64UrlString(), options);
        return json.valueToTree(options);
    }

    /**
     * The person whose passkey answered an open challenge.
     *
     * @throws EtalonException unauthenticated
     */
    PersonId authenticate(JsonNode credential) {
        try {
            PublicKeyCredential<AuthenticatorAssertionResponse> answer =
                    json.convertValue(credential, new TypeReference<>() {});
            var clientData =
                    json.readTree(answer.getResponse().getClientDataJSON().getBytes());
            var options =
                    requests.take(clientData.path("challenge").asString("")).orElseThrow(() -> refused(null));
            var user = operations.authenticate(new RelyingPartyAuthenticationRequest(options, answer));
            return UserHandle.person(user.getId());
        } catch (JacksonException
                | IllegalArgumentException
                | NullPointerException
                | DataConversionException
                | VerificationException e) {
            throw refused(e);
        }
    }

    private static EtalonException refused(@org.jspecify.annotations.Nullable Exception cause) {
        var detail = "Try again, or sign in with your password.";
        return cause == null ? new EtalonException(REFUSED, detail) : new EtalonException(REFUSED, detail, cause);
    }

    List<PasskeyStore.Passkey> of(PersonId person) {
        return scope.control(tx -> store.of(tx, person));
    }

    /** @throws EtalonException not found, also for a passkey of another person */
    void delete(PersonId person, UUID id) {
        if (!scope.control(tx -> store.delete(tx, person, id))) {
            throw EtalonException.notFound();
        }
    }
}
