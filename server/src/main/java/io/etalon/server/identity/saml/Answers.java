package io.etalon.server.identity.saml;

import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * The check of a SAML response at the assertion consumer service (profiles, section 4.1.4.3): one assertion, signed by a pinned
 * key, from this issuer, for this audience and recipient, now, in answer to a request. Whether the request was this browser's,
 * and whether the assertion came before, is the caller's to ask.
 */
public final class Answers {
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    private static final int LONGEST_NAME = 255;
    private static final int MOST_VALUES = 5_000;

    /**
     * What an answer must say.
     *
     * @param issuer the provider's entity id
     * @param audience our entity id
     * @param recipient our assertion consumer service
     */
    public record Expected(String issuer, List<String> certificates, String audience, String recipient) {}

    /**
     * What an assertion says.
     *
     * @param inResponseTo the id of the request that it answers
     * @param context how the provider says that it knew him (AuthnContextClassRef)
     * @param until when it is of no use any more, with the skew that is allowed
     */
    public record Said(
            String assertion,
            String subject,
            String inResponseTo,
            Map<String, List<String>> attributes,
            @Nullable String session,
            @Nullable String context,
            Instant until) {}

    private Answers() {}

    /** @throws BadAnswer when it proves nothing */
    public static Said check(byte[] xml, Expected expected, Instant now) throws BadAnswer {
        var response = Xml.parse(xml).getDocumentElement();
        if (!Xml.is(response, Xml.PROTOCOL, "Response")) {
            throw new BadAnswer("no response");
        }
        var destination = response.getAttribute("Destination");
        if (!destination.isEmpty() && !destination.equals(expected.recipient())) {
            throw new BadAnswer("another destination");
        }
        var status = Xml.only(Xml.only(response, Xml.PROTOCOL, "Status"), Xml.PROTOCOL, "StatusCode");
        if (!SUCCESS.equals(status.getAttribute("Value"))) {
            throw new BadAnswer("the provider says no");
        }
        var all = response.getOwnerDocument().getElementsByTagNameNS("*", "Assertion");
        var encrypted = response.getOwnerDocument().getElementsByTagNameNS("*", "EncryptedAssertion");
        if (all.getLength() != 1 || encrypted.getLength() != 0) {
            throw new BadAnswer("not exactly one assertion in the clear");
        }
        var keys = new ArrayList<PublicKey>();
        expected.certificates().forEach(one -> Certificates.key(one).ifPresent(keys::add));
        var signed = SignedAssertion.of(Xml.only(response, Xml.ASSERTION, "Assertion"), keys);
        return read(signed, expected, now);
    }

    private static Said read(Element assertion, Expected expected, Instant now) throws BadAnswer {
        if (!expected.issuer().equals(Xml.text(Xml.only(assertion, Xml.ASSERTION, "Issuer")))) {
            throw new BadAnswer("another issuer");
        }
        if (!"2.0".equals(assertion.getAttribute("Version"))) {
            throw new BadAnswer("another version");
        }
        conditions(Xml.only(assertion, Xml.ASSERTION, "Conditions"), expected, now);
        var subject = Xml.only(assertion, Xml.ASSERTION, "Subject");
        var name = Xml.only(subject, Xml.ASSERTION, "NameID");
        var id = Xml.text(name);
        if (id.isEmpty() || id.length() > LONGEST_NAME || TRANSIENT.equals(name.getAttribute("Format"))) {
            throw new BadAnswer("no lasting name of the subject");
        }
        var data = confirmation(subject, expected, now);
        var statements = Xml.children(assertion, Xml.ASSERTION, "AuthnStatement");
        if (statements.isEmpty()) {
            throw new BadAnswer("no authentication");
        }
        var statement = statements.getFirst();
        var end = statement.getAttribute("SessionNotOnOrAfter");
        if (!end.isEmpty() && !now.isBefore(time(end).plus(SKEW))) {
            throw new BadAnswer("the provider's session is over");
        }
        var session = statement.getAttribute("SessionIndex");
        return new Said(
                assertion.getAttribute("ID"),
                id,
                data.getAttribute("InResponseTo"),
                attributes(assertion),
                session.isEmpty() ? null : session,
                context(statement),
                time(data.getAttribute("NotOnOrAfter")).plus(SKEW));
    }

    private static @Nullable String context(Element statement) throws BadAnswer {
        for (var context : Xml.children(statement, Xml.ASSERTION, "AuthnContext")) {
            for (var reference : Xml.children(context, Xml.ASSERTION, "AuthnContextClassRef")) {
                return Xml.text(reference);
            }
        }
        return null;
    }

    private static void conditions(Element conditions, Expected expected, Instant now) throws BadAnswer {
        var from = conditions.getAttribute("NotBefore");
        var until = conditions.getAttribute("NotOnOrAfter");
        if (!from.isEmpty() && now.isBefore(time(from).minus(SKEW))) {
            throw new BadAnswer("not yet");
        }
        if (until.isEmpty() || !now.isBefore(time(until).plus(SKEW))) {
            throw new BadAnswer("expired");
        }
        var restrictions = Xml.children(conditions, Xml.ASSERTION, "AudienceRestriction");
        if (restrictions.isEmpty()) {
            throw new BadAnswer("for no audience");
        }
        for (var restriction : restrictions) {
            if (Xml.children(restriction, Xml.ASSERTION, "Audience").stream()
                    .noneMatch(one -> expected.audience().equals(Xml.text(one)))) {
                throw new BadAnswer("for another audience");
            }
        }
    }

    private static Element confirmation(Element subject, Expected expected, Instant now) throws BadAnswer {
        for (var one : Xml.children(subject, Xml.ASSERTION, "SubjectConfirmation")) {
            if (!BEARER.equals(one.getAttribute("Method"))) {
                continue;
            }
            for (var data : Xml.children(one, Xml.ASSERTION, "SubjectConfirmationData")) {
                var until = data.getAttribute("NotOnOrAfter");
                if (expected.recipient().equals(data.getAttribute("Recipient"))
                        && !data.getAttribute("InResponseTo").isEmpty()
                        && data.getAttribute("NotBefore").isEmpty()
                        && !until.isEmpty()
                        && now.isBefore(time(until).plus(SKEW))) {
                    return data;
                }
            }
        }
        throw new BadAnswer("nothing confirms the subject here and now, in answer to a request");
    }

    private static Map<String, List<String>> attributes(Element assertion) throws BadAnswer {
        var attributes = new HashMap<String, List<String>>();
        var count = 0;
        for (var statement : Xml.children(assertion, Xml.ASSERTION, "AttributeStatement")) {
            for (var attribute : Xml.children(statement, Xml.ASSERTION, "Attribute")) {
                var values = attributes.computeIfAbsent(attribute.getAttribute("Name"), name -> new ArrayList<>());
                for (var value : Xml.children(attribute, Xml.ASSERTION, "AttributeValue")) {
                    values.add(Xml.text(value));
                    if (++count > MOST_VALUES) {
                        throw new BadAnswer("too many attributes");
                    }
                }
            }
        }
        return attributes;
    }

    private static Instant time(String text) throws BadAnswer {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new BadAnswer("a time that cannot be read");
        }
    }
}
