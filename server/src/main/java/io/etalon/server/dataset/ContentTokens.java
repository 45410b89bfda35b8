package io.etalon.server.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Caller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens {@link ContentToken}s: AES-256-GCM under a key of the installation's secret, so that an address shows
 * neither ids nor the session, and cannot be made or changed by anyone else. Thread-safe.
 */
final class ContentTokens {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST = 1_000;

    private static final int IDLE = 16;

    /** To find a cipher among the platform's costs as much as to seal a token with it. */
    private final Queue<Cipher> ciphers = new ArrayBlockingQueue<>(IDLE);

    private final SecretKeySpec key;
    private final Ids ids;
    private final ContentOrigin origin;

    ContentTokens(InstallationSecret secret, Ids ids, ContentOrigin origin) {
        this.key = new SecretKeySpec(secret.derive("content tokens"), "AES");
        this.ids = ids;
        this.origin = origin;
    }

    /** Where a sealed token opens its asset. */
    String address(String sealed) {
        return origin.baseUrl() + "/content/" + sealed;
    }

    /**
     * A name for a sealed token that opens nothing: the text of its nonce, which no other token shares.
     *
     * @param sealed a text that {@link #seal} made
     */
    static String nameOf(String sealed) {
        return sealed.substring(0, NONCE * 4 / 3);
    }

    /** URL-safe text. */
    String seal(ContentToken token) {
        var viewer = token.viewer();
        var via = viewer.via().getBytes(UTF_8);
        var session = viewer.session().getBytes(UTF_8);
        var plain = ByteBuffer.allocate(4 * 16 + 8 + 1 + via.length + session.length);
        put(plain, token.client().value());
        put(plain, token.project().value());
        put(plain, token.asset());
        put(plain, viewer.person().value());
        plain.putLong(token.until().toEpochMilli())
                .put((byte) via.length)
                .put(via)
                .put(session);
        var nonce = ids.bytes(NONCE);
        var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, plain.array(), 0).orElseThrow();
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(ByteBuffer.allocate(NONCE + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /** Empty, when this installation did not make the text. Says nothing of the time. */
    Optional<ContentToken> open(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length < NONCE) {
                return Optional.empty();
            }
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE), bytes, NONCE)
                    .map(ByteBuffer::wrap)
                    .map(ContentTokens::read);
        } catch (IllegalArgumentException | BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static ContentToken read(ByteBuffer plain) {
        var client = new ClientId(uuid(plain));
        var project = new ProjectId(uuid(plain));
        var asset = uuid(plain);
        var viewer = new PersonId(uuid(plain));
        var until = Instant.ofEpochMilli(plain.getLong());
        var via = text(plain, plain.get());
        var session = text(plain, plain.remaining());
        return new ContentToken(client, project, asset, new Caller(viewer, via, session), until);
    }

    private static String text(ByteBuffer plain, int length) {
        var bytes = new byte[length];
        plain.get(bytes);
        return new String(bytes, UTF_8);
    }

    /** Empty, when what is to be decrypted was not encrypted under this key. */
    private Optional<byte[]> cipher(int mode, byte[] nonce, byte[] input, int from) {
        try {
            var idle = ciphers.poll();
            var cipher = idle == null ? Cipher.getInstance("AES/GCM/NoPadding") : idle;
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            var output = cipher.doFinal(input, from, input.length - from);
            // One that refused is not asked again.
            var unused = ciphers.offer(cipher);
            return Optional.of(output);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static void put(ByteBuffer buffer, UUID id) {
        buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
