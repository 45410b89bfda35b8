package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Directories;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.identity.ProviderBodies.SignInButton;
import io.etalon.server.identity.ProviderBodies.SignInButtons;
import io.etalon.server.identity.Refusal.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where browsers go to and come back from: the way out to a provider, and the ways back in. */
@RestController
@Tag(name = "Session")
class SignInController {
    private static final Logger LOG = LoggerFactory.getLogger(SignInController.class);

    private final Providers providers;
    private final OidcClient oidc;
    private final Attempts attempts;
    private final Entrance entrance;
    private final Directories directories;
    private final ContentOrigin origin;

    /** Where to sign out at the provider that signed this session in; null where there is nothing to sign out of. */
    record SignOut(@Nullable String url) {}

    SignInController(
            Providers providers,
            OidcClient oidc,
            Attempts attempts,
            Entrance entrance,
            Directories directories,
            ContentOrigin origin) {
        this.providers = providers;
        this.oidc = oidc;
        this.attempts = attempts;
        this.entrance = entrance;
        this.directories = directories;
        this.origin = origin;
    }

    @GetMapping("/api/v1/session/providers")
    @AllowAnyone
    @Operation(summary = "The identity providers that one can sign in by: the buttons of the sign-in page")
    SignInButtons buttons() {
        return new SignInButtons(providers.all().stream()
                .filter(one -> one.enabled() && one.kind() != ProviderKind.DIRECTORY)
                .map(one -> new SignInButton(one.id(), one.name(), start(one)))
                .toList());
    }

    private static String start(Provider provider) {
        return "/sign-in/" + provider.id() + (provider.kind() == ProviderKind.SAML ? "/saml" : "/oidc");
    }

    @GetMapping("/api/v1/session/sign-out")
    @AllowSignedIn(sessionOnly = true, weakToo = true)
    @Operation(summary = "Where to sign out at the provider as well; to be asked before the session is ended")
    SignOut signOut(Caller caller) {
        return new SignOut(entrance.providerOf(UUID.fromString(caller.session()))
                .flatMap(providers::find)
                .map(oidc::signOut)
                .orElse(null));
    }

    @GetMapping("/sign-in/{provider}/oidc")
    @AllowAnyone
    ResponseEntity<Void> start(
            @PathVariable UUID provider,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        var found = providers.open(provider, ProviderKind.OIDC);
        var attempt = attempts.begin(provider, Ways.safe(next), request, response);
        return Ways.to(oidc.authorization(found, attempt));
    }

    @GetMapping("/sign-in/{provider}/callback")
    @AllowAnyone
    ResponseEntity<Void> callback(
            @PathVariable UUID provider,
            @RequestParam Map<String, String> answer,
            HttpServletRequest request,
            HttpServletResponse response) {
        var found = providers.open(provider, ProviderKind.OIDC);
        try {
            var attempt = attempts.finish(provider, answer.get("state"), request, response);
            requireIssuer(found, answer.get("iss"));
            var code = answer.get("code");
            if (code == null || answer.containsKey("error")) {
                throw Refusal.DENIED.because("no code");
            }
            directories.anonymous(request.getRemoteAddr(), () -> {
                var who = oidc.redeem(found, providers.secret(provider), code, attempt);
                entrance.open(found, who, request, response);
                return who;
            });
            return Ways.to(origin.appUrl() + "/#" + attempt.next());
        } catch (Refused e) {
            return refused(provider, e);
        } catch (EtalonException e) {
            if (e.code().kind() != ErrorKind.INVALID) {
                throw e;
            }
            // What the provider said is not what an account can be made of.
            return refused(provider, Refusal.UNPROVED.because(e.code().name()));
        }
    }

    /** RFC 9207: an answer of another provider must not be taken to this one's token endpoint. */
    private static void requireIssuer(Provider provider, @Nullable String issuer) {
        var oidc = OidcClient.metadata(provider);
        if (issuer == null ? oidc.namesIssuer() : !issuer.equals(oidc.issuer())) {
            throw Refusal.UNPROVED.because("iss of the answer");
        }
    }

    private ResponseEntity<Void> refused(UUID provider, Refused refused) {
        LOG.info(
                "sign-in refused provider={} reason={} detail={}",
                provider,
                refused.reason().text(),
                refused.getMessage());
        return Ways.to(
                origin.appUrl() + "/#/sign-in?refused=" + refused.reason().text());
    }

    @PostMapping("/sign-in/{provider}/back-channel")
    @AllowAnyone
    ResponseEntity<Void> backChannel(@PathVariable UUID provider, HttpServletRequest request) {
        var found = providers.open(provider, ProviderKind.OIDC);
        try {
            directories.anonymous(request.getRemoteAddr(), () -> {
                var token = Ways.form(request).getOrDefault("logout_token", "");
                var claims = oidc.logout(found, token);
                entrance.end(found, claims.getSubject(), IdTokens.text(claims, "sid"));
                return token;
            });
            return ResponseEntity.ok().header("Cache-Control", "no-store").build();
        } catch (Refused e) {
            throw e.asProblem();
        }
    }

    /** Ways of a browser. */
    static final class Ways {
        private static final int LONGEST_NEXT = 500;
        private static final int LONGEST_FORM = 500_000;

        private Ways() {}

        static ResponseEntity<Void> to(String address) {
            return ResponseEntity.status(HttpStatus.SEE_OTHER)
                    .header("Cache-Control", "no-store")
                    .location(URI.create(address))
                    .build();
        }

        /** A path of the application, and never another site's. */
        static String safe(@Nullable String next) {
            if (next == null
                    || !next.matches("/[A-Za-z0-9_~.?=&%-][A-Za-z0-9/_~.?=&%-]*")
                    || next.length() > LONGEST_NEXT) {
                return "/";
            }
            return next;
        }

        /** A form's fields; parameters of a request come from its address alone. */
        static Map<String, String> form(HttpServletRequest request) {
            try {
                var bytes = request.getInputStream().readNBytes(LONGEST_FORM + 1);
                if (bytes.length > LONGEST_FORM) {
                    throw EtalonException.invalid("The form is larger than " + LONGEST_FORM + " bytes.");
                }
                var fields = new java.util.LinkedHashMap<String, String>();
                for (var pair : new String(bytes, UTF_8).split("&")) {
                    var cut = pair.indexOf('=');
                    if (cut > 0) {
                        var name = java.net.URLDecoder.decode(pair.substring(0, cut), UTF_8);
                        var value = java.net.URLDecoder.decode(pair.substring(cut + 1), UTF_8);
                        if (fields.put(name, value) != null) {
                            throw EtalonException.invalid("A field of the form is there twice.");
                        }
                    }
                }
                return fields;
            } catch (IllegalArgumentException e) {
                throw EtalonException.invalid("The form cannot be read.");
            } catch (java.io.IOException e) {
                throw new EtalonException(io.etalon.server.base.ErrorCode.INVALID, "The form did not arrive.", e);
            }
        }

        static String encoded(String text) {
            return URLEncoder.encode(text, UTF_8);
        }
    }
}
