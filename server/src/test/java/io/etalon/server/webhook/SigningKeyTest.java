package io.etalon.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Ids;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeyTest {
    /** What stands before a raw Ed25519 key in its X.509 form (RFC 8410). */
    private static final String X509 = "302a300506032b6570032100";

    /** The JDK's own Ed25519, which the server does not sign with. */
    static boolean verifies(String publicKey, String signature, String signed) throws Exception {
        var raw = Base64.getDecoder().decode(publicKey.substring("whpk_".length()));
        var key = KeyFactory.getInstance("Ed25519")
                .generatePublic(new X509EncodedKeySpec(
                        HexFormat.of().parseHex(X509 + HexFormat.of().formatHex(raw))));
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(key);
        verifier.update(signed.getBytes(UTF_8));
        return verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
    }

    @Test
    void signsTheVectorOfTheStandard() {
        var key = SigningKey.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(key.sign(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1614265330), "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aPairVerifiesUnderThePublicKeyThatIsShown() throws Exception {
        var ids = new Ids(new SecureRandom(), Clock.systemUTC());
        var key = SigningKey.parse(SigningKey.fresh(Signing.ED25519, ids).text());
        var signature = key.sign("msg_1", Instant.ofEpochSecond(7), "{}");
        assertThat(verifies(key.shown(), signature, "msg_1.7.{}")).isTrue();
        assertThat(verifies(key.shown(), signature, "msg_1.8.{}")).isFalse();
        assertThat(key.toString()).doesNotContain(key.text());
    }

    @Test
    void aSharedSecretIsLongAndIsNotPrinted() {
        var key = SigningKey.fresh(Signing.HMAC_SHA256, new Ids(new SecureRandom(), Clock.systemUTC()));
        assertThat(Base64.getDecoder().decode(key.shown().substring("whsec_".length())))
                .hasSizeGreaterThanOrEqualTo(24);
        assertThat(key.toString()).doesNotContain(key.shown().substring(6));
    }
}
