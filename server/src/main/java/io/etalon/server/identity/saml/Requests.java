package io.etalon.server.identity.saml;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** What a service provider says: requests in the HTTP-Redirect binding, and its metadata. Requests are not signed. */
public final class Requests {
    private Requests() {}

    /** The address that asks an identity provider to sign somebody in; the answer comes to {@code acs} by POST. */
    public static String redirect(String signOnUrl, String id, String entity, String acs, Instant now) {
        var xml = """
                <samlp:AuthnRequest xmlns:samlp="%s" ID="%s" Version="2.0" IssueInstant="%s" Destination="%s"\
                 AssertionConsumerServiceURL="%s" ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST">\
                <saml:Issuer xmlns:saml="%s">%s</saml:Issuer></samlp:AuthnRequest>""".formatted(
                        Xml.PROTOCOL,
                        Xml.escaped(id),
                        now.truncatedTo(ChronoUnit.SECONDS),
                        Xml.escaped(signOnUrl),
                        Xml.escaped(acs),
                        Xml.ASSERTION,
                        Xml.escaped(entity));
        return signOnUrl + (signOnUrl.contains("?") ? '&' : '?') + "SAMLRequest="
                + URLEncoder.encode(Base64.getEncoder().encodeToString(deflated(xml)), UTF_8);
    }

    private static byte[] deflated(String xml) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(xml.getBytes(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException("memory takes bytes", e);
        }
        return bytes.toByteArray();
    }

    /** Our metadata for the identity provider's administrator. */
    public static String metadata(String entity, String acs) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="%s">
                  <md:SPSSODescriptor AuthnRequestsSigned="false" WantAssertionsSigned="true" protocolSupportEnumeration="%s">
                    <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>
                    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress</md:NameIDFormat>
                    <md:AssertionConsumerService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="%s" index="0" isDefault="true"/>
                  </md:SPSSODescriptor>
                </md:EntityDescriptor>
                """.formatted(Xml.escaped(entity), Xml.PROTOCOL, Xml.escaped(acs));
    }
}
