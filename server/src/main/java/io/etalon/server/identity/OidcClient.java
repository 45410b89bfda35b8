package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import io.etalon.server.identity.Attempts.Attempt;
import io.etalon.server.identity.IdTokens.Expected;
import io.etalon.server.identity.Refusal.Refused;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * OpenID Connect as a relying party: discovery, the authorization code flow with PKCE (S256), state and nonce, UserInfo, and
 * the provider's logout tokens. A provider's keys are kept for an hour and fetched again for a key id that is not among
 * them, once a minute at most. Thread-safe.
 */
@Component
final class OidcClient {
    private static final String CODE = "authorization_code";
    private static final Duration KEYS_KEPT = Duration.ofHours(1);
    private static final Duration KEYS_AGAIN = Duration.ofMinutes(1);

    private final Outbound outbound;
    private final ContentOrigin origin;
    private final Clock clock;
    private final IdTokens tokens;
    private final ConcurrentMap<String, Keys> keys = new ConcurrentHashMap<>();

    private record Keys(JWKSet set, Instant fetchedAt) {}

    OidcClient(Outbound outbound, ContentOrigin origin, Clock clock) {
        this.outbound = outbound;
        this.origin = origin;
        this.clock = clock;
        this.tokens = new IdTokens(clock);
    }

    /**
     * Fetches what a provider says of itself.
     *
     * @throws EtalonException external, when it does not answer; invalid, when its document is another's or names no code
     *     flow, or addresses that are not called
     */
    OidcMetadata discover(String issuer) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var found = outbound.get(base + "/.well-known/openid-configuration", issuer, null);
        if (!issuer.equals(found.path("issuer").asString(""))) {
            throw EtalonException.invalidAt("/issuer", "is not what the provider calls itself");
        }
        if (!texts(found.path("response_types_supported")).contains("code")) {
            throw EtalonException.invalidAt("/issuer", "names a provider without the authorization code flow");
        }
        var challenges = found.path("code_challenge_methods_supported");
        if (!challenges.isMissingNode() && !texts(challenges).contains("S256")) {
            throw EtalonException.invalidAt("/issuer", "names a provider without PKCE by S256");
        }
        var methods = found.path("token_endpoint_auth_methods_supported");
        return new OidcMetadata(
                issuer,
                address(found, "authorization_endpoint", issuer),
                address(found, "token_endpoint", issuer),
                address(found, "jwks_uri", issuer),
                addressOrNull(found, "userinfo_endpoint", issuer),
                addressOrNull(found, "end_session_endpoint", issuer),
                !methods.isMissingNode() && !texts(methods).contains("client_secret_basic"),
                found.path("authorization_response_iss_parameter_supported").asBoolean(false),
                texts(found.path("id_token_signing_alg_values_supported")));
    }

    private static String address(JsonNode found, String member, String issuer) {
        return Outbound.checked(found.path(member).asString(""), issuer).toString();
    }

    private static @Nullable String addressOrNull(JsonNode found, String member, String issuer) {
        return found.path(member).isMissingNode() ? null : address(found, member, issuer);
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        for (var one : array) {
            texts.add(one.asString(""));
        }
        return texts;
    }

    String callback(UUID provider) {
        return origin.appUrl() + "/sign-in/" + provider + "/callback";
    }

    /** Where a browser goes to sign in. */
    String authorization(Provider provider, Attempt attempt) {
        var settings = provider.settings();
        var scopes = new TreeSet<>(settings.scopes());
        scopes.add("openid");
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", String.valueOf(settings.clientId()));
        query.put("redirect_uri", callback(provider.id()));
        query.put("scope", String.join(" ", scopes));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", challenge(attempt.verifier()));
        query.put("code_challenge_method", "S256");
        return with(metadata(provider).authorization(), query);
    }

    /** Where a browser signs out at the provider and comes back (RP-Initiated Logout 1.0); null when it cannot. */
    @Nullable
    String signOut(Provider provider) {
        var oidc = provider.settings().oidc();
        if (oidc == null || oidc.endSession() == null) {
            return null;
        }
        var query = new LinkedHashMap<String, String>();
        query.put("client_id", String.valueOf(provider.settings().clientId()));
        query.put("post_logout_redirect_uri", origin.appUrl() + "/");
        return with(oidc.endSession(), query);
    }

    private static String with(String address, Map<String, String> query) {
        var all = new StringBuilder(address);
        var join = address.contains("?") ? '&' : '?';
        for (var one : query.entrySet()) {
            all.append(join).append(one.getKey()).append('=').append(URLEncoder.encode(one.getValue(), UTF_8));
            join = '&';
        }
        return all.toString();
    }

    private static String challenge(String verifier) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static OidcMetadata metadata(Provider provider) {
        var oidc = provider.settings().oidc();
        if (oidc == null) {
            throw EtalonException.notFound();
        }
        return oidc;
    }

    /**
     * Turns a code into what the provider vouches for.
     *
     * @param secret null for a public client
     * @throws Refused when it does not
     */
    Vouched redeem(Provider provider, @Nullable String secret, String code, Attempt attempt) {
        var oidc = metadata(provider);
        var clientId = String.valueOf(provider.settings().clientId());
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", CODE);
        form.put("code", code);
        form.put("redirect_uri", callback(provider.id()));
        form.put("code_verifier", attempt.verifier());
        String authorization = null;
        if (secret == null || oidc.postsSecret()) {
            form.put("client_id", clientId);
            if (secret != null) {
                form.put("client_secret", secret);
            }
        } else {
            // RFC 6749, section 2.3.1: both are form-encoded first.
            var pair = URLEncoder.encode(clientId, UTF_8) + ":" + URLEncoder.encode(secret, UTF_8);
            authorization = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        }
        try {
            var answer = outbound.post(oidc.token(), oidc.issuer(), form, authorization);
            if (answer.status() != 200) {
                throw Refusal.DENIED.because("token endpoint status=" + answer.status());
            }
            var expected = new Expected(oidc.issuer(), clientId);
            var token = answer.body().path("id_token").asString("");
            var claims = checked(oidc, set -> tokens.idToken(token, set, expected, attempt.nonce()));
            return vouched(provider, claims, userInfo(oidc, claims, answer.body()));
        } catch (EtalonException e) {
            throw Refusal.UNREACHABLE.because(String.valueOf(e.getMessage()));
        }
    }

    /** What UserInfo adds; it must speak of the same subject (section 5.3.2). */
    private @Nullable JsonNode userInfo(OidcMetadata oidc, JWTClaimsSet claims, JsonNode answer) {
        var access = answer.path("access_token").asString("");
        if (oidc.userInfo() == null || access.isEmpty()) {
            return null;
        }
        var info = outbound.get(oidc.userInfo(), oidc.issuer(), access);
        if (!info.path("sub").asString("").equals(claims.getSubject())) {
            throw Refusal.UNPROVED.because("userinfo of another subject");
        }
        return info;
    }

    private static Vouched vouched(Provider provider, JWTClaimsSet claims, @Nullable JsonNode info) {
        var subject = claims.getSubject();
        if (subject == null || subject.isEmpty() || subject.length() > Vouched.LONGEST_SUBJECT) {
            throw Refusal.UNPROVED.because("subject");
        }
        var email = text(claims, info, "email");
        var verified = claims.getClaim("email_verified");
        // Both claims come from one place: an address from here and its verification from there would prove nothing.
        var isVerified = claims.getClaim("email") != null
                ? Boolean.TRUE.equals(verified)
                : info != null
                        && info.path("email_verified").isBoolean()
                        && info.path("email_verified").asBoolean();
        return new Vouched(
                subject,
                email == null ? null : email.toLowerCase(Locale.ROOT),
                isVerified,
                text(claims, info, "name"),
                groups(provider, claims, info),
                IdTokens.text(claims, "sid"),
                Strength.of(provider.settings().strong(), IdTokens.text(claims, "acr"), methods(claims)));
    }

    /** Of the ID token alone: UserInfo speaks of a person, not of a sign-in. */
    private static List<String> methods(JWTClaimsSet claims) {
        return claims.getClaim("amr") instanceof List<?> named
                ? named.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static @Nullable String text(JWTClaimsSet claims, @Nullable JsonNode info, String name) {
        var own = IdTokens.text(claims, name);
        if (own != null || info == null) {
            return own;
        }
        var told = info.path(name);
        return told.isString() ? told.asString() : null;
    }

    private static @Nullable List<String> groups(Provider provider, JWTClaimsSet claims, @Nullable JsonNode info) {
        var claim = provider.settings().groupsClaim();
        if (claim == null) {
            return null;
        }
        var groups = new ArrayList<String>();
        if (claims.getClaim(claim) instanceof List<?> own) {
            own.forEach(one -> groups.add(String.valueOf(one)));
        } else if (IdTokens.text(claims, claim) instanceof String one) {
            groups.add(one);
        } else if (info != null) {
            var told = info.path(claim);
            groups.addAll(told.isString() ? List.of(told.asString()) : texts(told));
        }
        return groups.size() > Vouched.MOST_GROUPS ? groups.subList(0, Vouched.MOST_GROUPS) : groups;
    }

    /** The claims of a provider's logout token. */
    JWTClaimsSet logout(Provider provider, String token) {
        var oidc = metadata(provider);
        var expected =
                new Expected(oidc.issuer(), String.valueOf(provider.settings().clientId()));
        return checked(oidc, set -> tokens.logoutToken(token, set, expected));
    }

    /** A look at a token that may need keys which came after ours. */
    @FunctionalInterface
    private interface Look {
        JWTClaimsSet at(JWKSet keys) throws IdTokens.NoKey;
    }

    private JWTClaimsSet checked(OidcMetadata oidc, Look look) {
        try {
            return look.at(keys(oidc, KEYS_KEPT));
        } catch (IdTokens.NoKey e) {
            try {
                return look.at(keys(oidc, KEYS_AGAIN));
            } catch (IdTokens.NoKey again) {
                throw Refusal.UNPROVED.because("no such key");
            }
        }
    }

    private JWKSet keys(OidcMetadata oidc, Duration mostOld) {
        var kept = keys.get(oidc.keys());
        var now = clock.instant();
        if (kept != null && now.isBefore(kept.fetchedAt().plus(mostOld))) {
            return kept.set();
        }
        try {
            var set =
                    JWKSet.parse(outbound.get(oidc.keys(), oidc.issuer(), null).toString());
            keys.put(oidc.keys(), new Keys(set, now));
            return set;
        } catch (ParseException e) {
            throw new EtalonException(Outbound.UNREACHABLE, "The provider's keys cannot be read.", e);
        }
    }

    /** Keys of this provider are fetched anew at the next sign-in. */
    void forget(Provider provider) {
        var oidc = provider.settings().oidc();
        if (oidc != null) {
            keys.remove(oidc.keys());
        }
    }
}
