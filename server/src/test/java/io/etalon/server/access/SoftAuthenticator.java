package io.etalon.server.access;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A security key in software, written from WebAuthn level 3 sections 6.1, 6.5 and 5.8.1: ES256, no attestation, one
 * resident credential. The test chooses what it lies about.
 */
final class SoftAuthenticator {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int USER_PRESENT = 0x01;
    private static final int USER_VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final KeyPair keys;
    private final byte[] credentialId;
    private final String origin;
    private byte[] userHandle = new byte[0];
    private int counter = 1;
    private boolean verifiesUser = true;

    SoftAuthenticator(String origin, byte[] credentialId) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        this.keys = generator.generateKeyPair();
        this.origin = origin;
        this.credentialId = credentialId;
    }

    void doesNotVerifyTheUser() {
        verifiesUser = false;
    }

    void turnCounterBackTo(int value) {
        counter = value;
    }

    /** The answer to creation options, as {@code PublicKeyCredential.toJSON()} gives it. */
    Map<String, Object> create(JsonNode options) throws GeneralSecurityException {
        userHandle = decode(options.at("/user/id").asString());
        var data = authenticatorData(options.at("/rp/id").asString(), true);
        var attestation = new ByteArrayOutputStream();
        attestation.write(0xA3);
        text(attestation, "fmt");
        text(attestation, "none");
        text(attestation, "attStmt");
        attestation.write(0xA0);
        text(attestation, "authData");
        bytes(attestation, data);
        return credential(Map.of(
                "clientDataJSON",
                        encode(clientData(
                                "webauthn.create", options.path("challenge").asString())),
                "attestationObject", encode(attestation.toByteArray()),
                "transports", new String[] {"internal"}));
    }

    /** The answer to request options. */
    Map<String, Object> get(JsonNode options) throws GeneralSecurityException {
        var data = authenticatorData(options.path("rpId").asString(), false);
        var client = clientData("webauthn.get", options.path("challenge").asString());
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(Sha256.of(client));
        return credential(Map.of(
                "clientDataJSON", encode(client),
                "authenticatorData", encode(data),
                "signature", encode(signature.sign()),
                "userHandle", encode(userHandle)));
    }

    private Map<String, Object> credential(Map<String, Object> response) {
        var credential = new LinkedHashMap<String, Object>();
        credential.put("id", encode(credentialId));
        credential.put("rawId", encode(credentialId));
        credential.put("type", "public-key");
        credential.put("response", response);
        credential.put("clientExtensionResults", Map.of());
        credential.put("authenticatorAttachment", "platform");
        return credential;
    }

    private byte[] clientData(String type, String challenge) {
        return JSON.writeValueAsBytes(
                Map.of("type", type, "challenge", challenge, "origin", origin, "crossOrigin", false));
    }

    private byte[] authenticatorData(String relyingParty, boolean attested) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(Sha256.of(relyingParty));
        out.write(USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0) | (attested ? ATTESTED : 0));
        out.writeBytes(ByteBuffer.allocate(4).putInt(counter++).array());
        if (attested) {
            out.writeBytes(new byte[16]);
            out.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) credentialId.length).array());
            out.writeBytes(credentialId);
            var point = ((ECPublicKey) keys.getPublic()).getW();
            // COSE key (RFC 9053): kty EC2, alg ES256, crv P-256, x, y.
            out.writeBytes(new byte[] {(byte) 0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21});
            bytes(out, coordinate(point.getAffineX()));
            out.write(0x22);
            bytes(out, coordinate(point.getAffineY()));
        }
        return out.toByteArray();
    }

    private static byte[] coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[32];
        var from = Math.max(0, bytes.length - 32);
        System.arraycopy(bytes, from, fixed, 32 - (bytes.length - from), bytes.length - from);
        return fixed;
    }

    private static void text(ByteArrayOutputStream out, String text) {
        out.write(0x60 + text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        if (bytes.length < 24) {
            out.write(0x40 + bytes.length);
        } else {
            out.write(0x58);
            out.write(bytes.length);
        }
        out.writeBytes(Arrays.copyOf(bytes, bytes.length));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
