package io.etalon.server.identity;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.access.Directories;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import io.etalon.server.identity.Refusal.Refused;
import io.etalon.server.identity.SignInController.Ways;
import io.etalon.server.identity.saml.Requests;
import io.etalon.server.identity.saml.SamlPeer;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * SAML's way out and back. The provider has the browser post its answer from another site, where our cookies do not come along:
 * the answer is checked and laid aside, and the browser sent on, by an address of ours, to fetch it with the cookie of the
 * sign-in that it began. An answer that no sign-in of this browser asked for opens nothing.
 */
@RestController
@RequestMapping("/sign-in/{provider}")
@Tag(name = "Session")
class SamlController {
    private static final Logger LOG = LoggerFactory.getLogger(SamlController.class);

    private final Providers providers;
    private final SamlAnswers answers;
    private final Attempts attempts;
    private final Directories directories;
    private final ContentOrigin origin;
    private final Clock clock;

    SamlController(
            Providers providers,
            SamlAnswers answers,
            Attempts attempts,
            Directories directories,
            ContentOrigin origin,
            Clock clock) {
        this.providers = providers;
        this.answers = answers;
        this.attempts = attempts;
        this.directories = directories;
        this.origin = origin;
        this.clock = clock;
    }

    @GetMapping("/saml")
    @AllowAnyone
    ResponseEntity<Void> start(
            @PathVariable UUID provider,
            @RequestParam(required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        SamlPeer peer = SamlAnswers.peer(providers.open(provider, ProviderKind.SAML));
        var attempt = attempts.begin(provider, Ways.safe(next), request, response);
        return Ways.to(Requests.redirect(
                peer.signOnUrl(), attempt.state(), answers.entity(provider), answers.acs(provider), clock.instant()));
    }

    @GetMapping("/metadata")
    @AllowAnyone
    ResponseEntity<String> metadata(@PathVariable UUID provider) {
        providers.open(provider, ProviderKind.SAML);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/samlmetadata+xml;charset=UTF-8"))
                .body(Requests.metadata(answers.entity(provider), answers.acs(provider)));
    }

    @PostMapping("/acs")
    @AllowAnyone
    ResponseEntity<Void> take(@PathVariable UUID provider, HttpServletRequest request) {
        var found = providers.open(provider, ProviderKind.SAML);
        try {
            var ticket = directories.anonymous(
                    request.getRemoteAddr(),
                    () -> answers.take(found, Ways.form(request).getOrDefault("SAMLResponse", "")));
            return Ways.to(origin.appUrl() + "/sign-in/" + provider + "/finish?ticket=" + Ways.encoded(ticket));
        } catch (Refused e) {
            return refused(provider, e);
        }
    }

    @GetMapping("/finish")
    @AllowAnyone
    ResponseEntity<Void> finish(
            @PathVariable UUID provider,
            @RequestParam String ticket,
            HttpServletRequest request,
            HttpServletResponse response) {
        var found = providers.open(provider, ProviderKind.SAML);
        try {
            var next = directories.anonymous(
                    request.getRemoteAddr(), () -> answers.finish(found, ticket, request, response));
            return Ways.to(origin.appUrl() + "/#" + next);
        } catch (Refused e) {
            return refused(provider, e);
        } catch (EtalonException e) {
            if (e.code().kind() != io.etalon.server.base.ErrorKind.INVALID) {
                throw e;
            }
            return refused(provider, Refusal.UNPROVED.because(e.code().name()));
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
}
