package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.identity.IdentityStore.Ticket;
import io.etalon.server.identity.Refusal.Refused;
import io.etalon.server.identity.saml.Answers;
import io.etalon.server.identity.saml.BadAnswer;
import io.etalon.server.identity.saml.SamlPeer;
import io.etalon.server.tenant.TenantScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** SAML answers between their coming and their use: each is taken once, in whatever order servers see it. Thread-safe. */
@Component
final class SamlAnswers {
    private static final Duration TO_FETCH = Duration.ofMinutes(2);

    private final TenantScope scope;
    private final Seal seal;
    private final Attempts attempts;
    private final Entrance entrance;
    private final Context context;
    private final IdentityStore store = new IdentityStore();

    /** What every part of this server works with. */
    @Component
    record Context(ContentOrigin origin, Ids ids, Clock clock, ObjectMapper json) {}

    /** What was said, until the browser comes for it. */
    private record Kept(Vouched who, String inResponseTo, Instant until) {}

    SamlAnswers(TenantScope scope, Seal seal, Attempts attempts, Entrance entrance, Context context) {
        this.scope = scope;
        this.seal = seal;
        this.attempts = attempts;
        this.entrance = entrance;
        this.context = context;
    }

    static SamlPeer peer(Provider provider) {
        var peer = provider.settings().saml();
        if (peer == null) {
            throw EtalonException.notFound();
        }
        return peer;
    }

    String entity(UUID provider) {
        return context.origin().appUrl() + "/sign-in/" + provider + "/metadata";
    }

    String acs(UUID provider) {
        return context.origin().appUrl() + "/sign-in/" + provider + "/acs";
    }

    /**
     * Checks an answer and lays it aside.
     *
     * @param encoded base64, as the POST binding brings it
     * @return the ticket with which it is fetched
     * @throws Refused when it proves nothing, or came before
     */
    String take(Provider provider, String encoded) {
        var peer = peer(provider);
        var now = context.clock().instant();
        try {
            var xml = Base64.getMimeDecoder().decode(encoded);
            var said = Answers.check(
                    xml,
                    new Answers.Expected(
                            provider.settings().issuer(),
                            peer.certificates(),
                            entity(provider.id()),
                            acs(provider.id())),
                    now);
            var ticket = context.ids().secretToken();
            var kept = new Kept(vouched(provider, peer, said), said.inResponseTo(), now.plus(TO_FETCH));
            var sealed = seal.seal(about(provider), context.json().writeValueAsBytes(kept));
            var laid = new Ticket(hash(ticket), sealed, latest(said.until(), kept.until()));
            boolean first = scope.control(tx -> store.take(tx, provider.id(), said.assertion(), laid, now));
            if (!first) {
                throw Refusal.UNPROVED.because("replayed");
            }
            return ticket;
        } catch (BadAnswer e) {
            throw Refusal.UNPROVED.because(String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            throw Refusal.UNPROVED.because("no base64");
        }
    }

    private static Instant latest(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static String about(Provider provider) {
        return "saml answer of " + provider.id();
    }

    private static Vouched vouched(Provider provider, SamlPeer peer, Answers.Said said) {
        var attributes = said.attributes();
        var email = peer.emailAttribute().isEmpty()
                ? said.subject()
                : attributes.getOrDefault(peer.emailAttribute(), List.of()).stream()
                        .findFirst()
                        .orElse("");
        var claim = provider.settings().groupsClaim();
        var groups = claim == null ? null : attributes.getOrDefault(claim, List.of());
        var name = attributes.getOrDefault("displayName", List.of());
        // SAML has no word for a verified address: the operator's list of the provider's domains is what vouches for
        // it.
        return new Vouched(
                said.subject(),
                email.contains("@") ? email.toLowerCase(Locale.ROOT) : null,
                true,
                name.isEmpty() ? null : name.getFirst(),
                groups,
                said.session(),
                Strength.of(provider.settings().strong(), said.context(), List.of()));
    }

    /**
     * Opens the session of the answer that this browser has asked for.
     *
     * @return where the person wanted to go
     * @throws Refused when the ticket is spent, or the answer belongs to another browser's sign-in
     */
    String finish(Provider provider, String ticket, HttpServletRequest request, HttpServletResponse response) {
        var kept = scope.control(tx -> store.redeem(tx, provider.id(), hash(ticket)))
                .flatMap(shut -> seal.open(about(provider), shut))
                .map(plain -> context.json().readValue(plain, Kept.class))
                .filter(one -> context.clock().instant().isBefore(one.until()))
                .orElseThrow(() -> Refusal.STATE.because("no such ticket"));
        var attempt = attempts.finish(provider.id(), kept.inResponseTo(), request, response);
        entrance.open(provider, kept.who(), request, response);
        return attempt.next();
    }

    private static byte[] hash(String ticket) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
