package io.etalon.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Signing in by {@code samlp}, an identity provider of another maker, and what may be done to its answers on their way. */
class SamlPeerTest {
    private static final TestServer SERVER = TestServer.shared();
    private static Peer peer;
    private static String address;
    private static String certificate;

    private final Members members = new Members(SERVER);

    @BeforeAll
    static void startThePeer() throws Exception {
        var folder = Peer.node("oidc-provider@9.13.3", "samlp@8.0.0");
        peer = Peer.start(List.of(
                "node", Path.of("src/test/node/saml_idp.mjs").toAbsolutePath().toString(), folder.toString()));
        address = peer.line();
        certificate = peer.line();
    }

    @AfterAll
    static void endThePeer() throws Exception {
        if (peer != null) {
            peer.close();
        }
    }

    private String configure(String name, String client, List<String> certificates) {
        var made = Http.as(SERVER, members.operator())
                .with("Idempotency-Key", name.replace(" ", "-"))
                .post(
                        "/operator/identity-providers",
                        Map.of(
                                "kind",
                                "saml",
                                "name",
                                name,
                                "issuer",
                                "urn:peer",
                                "groupsClaim",
                                "groups",
                                "domains",
                                List.of("saml.example"),
                                "serves",
                                List.of(client),
                                "createsPeople",
                                true,
                                "saml",
                                Map.of(
                                        "signOnUrl", address,
                                        "certificates", certificates,
                                        "emailAttribute", "mail"),
                                "groups",
                                List.of(Map.of("group", "annotators", "client", client, "role", "annotator"))));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var id = made.json().path("id").asString();
        members.agree(client, id);
        return id;
    }

    private record Answer(String acs, String xml) {
        Answer with(UnaryOperator<String> change) {
            return new Answer(acs, change.apply(xml));
        }
    }

    /** Begins a sign-in in this browser and lets the peer answer. */
    private static Answer ask(Browser browser, String provider, String user) {
        var request = Browser.target(browser.get(SERVER.url() + "/sign-in/" + provider + "/saml?next=/work"));
        var answer = browser.get(request + "&user=" + URLEncoder.encode(user, StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        var json = JsonMapper.shared().readTree(answer.body());
        var xml =
                new String(Base64.getDecoder().decode(json.path("SAMLResponse").asString()), StandardCharsets.UTF_8);
        return new Answer(json.path("acs").asString(), xml);
    }

    /** As a browser posts it from the provider's page: another site, and no cookie. */
    private static String post(Answer answer) {
        var encoded = Base64.getEncoder().encodeToString(answer.xml().getBytes(StandardCharsets.UTF_8));
        return Browser.target(new Browser()
                .post(answer.acs(), Map.of("SAMLResponse", encoded), "Sec-Fetch-Site", "cross-site", "Origin", "null"));
    }

    @Test
    void signsInWithTheRolesOfTheGroupsAndTakesEachAnswerOnceInItsOwnBrowser() throws Exception {
        var client = SERVER.clients().create("saml-in", "SAML in");
        var provider = configure("SAML in", client.slug(), List.of(certificate));
        assertThat(new Browser()
                        .get(SERVER.url() + "/sign-in/" + provider + "/metadata")
                        .body())
                .contains("WantAssertionsSigned=\"true\"", "/sign-in/" + provider + "/acs");

        var browser = new Browser();
        var answer = ask(browser, provider, "ann@saml.example:annotators");
        var finish = post(answer);
        assertThat(finish).contains("/finish?ticket=");
        assertThat(Browser.target(browser.get(finish))).isEqualTo(SERVER.url() + "/#/work");
        assertThat(browser.isSignedIn(SERVER.url())).isTrue();
        var ann = SERVER.part(People.class).findByEmail("ann@saml.example").orElseThrow();
        assertThat(SERVER.part(Grants.class).rolesAt(ann.id(), client.id())).containsExactly(Role.ANNOTATOR);

        // The same answer again, and the same ticket again.
        assertThat(post(answer)).endsWith("refused=unproved");
        assertThat(Browser.target(browser.get(finish))).endsWith("refused=state");

        // Another browser is made to bring an answer that it never asked for.
        var victim = new Browser();
        victim.get(SERVER.url() + "/sign-in/" + provider + "/saml");
        var stolen = post(ask(new Browser(), provider, "eve@saml.example"));
        assertThat(Browser.target(victim.get(stolen))).endsWith("refused=state");
        assertThat(victim.isSignedIn(SERVER.url())).isFalse();
    }

    @Test
    void takesTheAnswerOfEitherCertificateWhileOneFollowsTheOtherAndOfNoThird() throws Exception {
        var client = SERVER.clients().create("saml-keys", "SAML keys");
        var other = OtherCertificate.pem();
        var both = configure("SAML both", client.slug(), List.of(other, certificate));
        assertThat(post(ask(new Browser(), both, "kim@saml.example"))).contains("/finish?ticket=");
        var neither = configure("SAML neither", client.slug(), List.of(other));
        assertThat(post(ask(new Browser(), neither, "kim@saml.example"))).endsWith("refused=unproved");
    }

    @Test
    void refusesWhatIsNotSignedWrappedOrMeantForAnother() throws Exception {
        var client = SERVER.clients().create("saml-bad", "SAML bad");
        var provider = configure("SAML bad", client.slug(), List.of(certificate));
        var elsewhere = configure("SAML elsewhere", client.slug(), List.of(certificate));
        for (var attack : attacks().entrySet()) {
            var good = ask(new Browser(), provider, "mia@saml.example:annotators");
            var bad = good.with(attack.getValue());
            assertThat(bad.xml()).as(attack.getKey()).isNotEqualTo(good.xml());
            assertThat(post(bad)).as(attack.getKey()).endsWith("refused=unproved");
        }
        var meant = ask(new Browser(), provider, "mia@saml.example");
        var acs = SERVER.url() + "/sign-in/" + elsewhere + "/acs";
        assertThat(post(new Answer(acs, meant.xml()))).as("for another service").endsWith("refused=unproved");
        assertThat(post(meant)).as("the same, unharmed").contains("/finish?ticket=");
        assertThat(SERVER.part(People.class).findByEmail("mia@saml.example")).isEmpty();
    }

    private static Map<String, UnaryOperator<String>> attacks() {
        var attacks = new LinkedHashMap<String, UnaryOperator<String>>();
        attacks.put("another subject", xml -> xml.replace("subject-of-mia", "subject-of-root"));
        attacks.put("no signature", xml -> xml.replaceAll("(?s)<Signature.*?</Signature>", ""));
        attacks.put(
                "a comment in the name",
                xml -> xml.replaceFirst("subject-of-mia@saml", "subject-of-mia@<!-- -->evil.saml"));
        attacks.put(
                "a document type",
                xml -> "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + withoutProlog(xml));
        attacks.put("a second assertion beside", xml -> {
            var assertion = assertion(xml);
            var forged = forged(assertion).replaceAll("(?s)<Signature.*?</Signature>", "");
            return xml.replace(assertion, forged + assertion);
        });
        attacks.put("the signed one inside an extension of a forged one", xml -> {
            var assertion = assertion(xml);
            var signature = signature(assertion);
            var forged = forged(assertion)
                    .replace(
                            signature,
                            signature.replace(
                                    "</Signature>",
                                    "<Object>" + assertion.replace(signature, "") + "</Object></Signature>"));
            return xml.replace(assertion, forged);
        });
        attacks.put("the signed one moved into the response's extensions", xml -> {
            var assertion = assertion(xml);
            var wrapped = "<samlp:Extensions xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\">" + assertion
                    + "</samlp:Extensions>";
            return xml.replace(assertion, wrapped + forged(assertion));
        });
        attacks.put("the same id twice", xml -> {
            var assertion = assertion(xml);
            var id = assertion.replaceAll("(?s).*?ID=\"([^\"]+)\".*", "$1");
            return xml.replace(assertion, "<x xmlns=\"urn:x\" ID=\"" + id + "\"/>" + assertion);
        });
        attacks.put("a failure's status", xml -> xml.replace("status:Success", "status:Responder"));
        return attacks;
    }

    private static String withoutProlog(String xml) {
        return xml.replaceFirst("^<\\?xml.*?\\?>", "");
    }

    private static String assertion(String xml) {
        var from = xml.indexOf("<saml:Assertion");
        return xml.substring(from, xml.indexOf("</saml:Assertion>") + "</saml:Assertion>".length());
    }

    private static String signature(String assertion) {
        var from = assertion.indexOf("<Signature");
        return assertion.substring(from, assertion.indexOf("</Signature>") + "</Signature>".length());
    }

    /** With another id and another subject. */
    private static String forged(String assertion) {
        return assertion
                .replaceFirst("ID=\"[^\"]+\"", "ID=\"_" + UUID.randomUUID() + "\"")
                .replace("mia@saml.example", "root@saml.example");
    }
}
