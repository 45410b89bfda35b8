package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/**
 * That a client agreed to a provider: to who speaks for it, whose addresses it owns, and which roles its groups stand for.
 *
 * @param fingerprint of what was agreed to
 */
record Consent(String fingerprint, PersonId by, Instant at) {

    /**
     * SHA-256, in hexadecimal, of everything by which a provider decides who somebody of this client is and what he may. A
     * provider that is set otherwise has another one, so that what was agreed to ends with it.
     */
    static String fingerprint(Provider provider, List<GroupRule> rules, ClientId client) {
        var settings = provider.settings();
        var saml = settings.saml();
        var text = new StringJoiner("\n")
                .add(provider.id().toString())
                .add(client.toString())
                .add(provider.kind().text())
                .add(settings.issuer())
                .add(String.valueOf(settings.clientId()))
                .add(String.valueOf(settings.groupsClaim()))
                .add(String.valueOf(settings.domains()))
                .add(String.valueOf(settings.createsPeople()))
                .add(String.valueOf(saml));
        rules.stream()
                .filter(rule -> rule.client().equals(client))
                .map(rule -> rule.role().text() + " " + rule.workforce() + " " + rule.group())
                .sorted()
                .forEach(text::add);
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
