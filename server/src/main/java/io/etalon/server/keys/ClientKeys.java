package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * What is done with clients' keys; key material itself never leaves. One key-encrypting key a client wraps the data keys of
 * its projects: for columns (AES-256-GCM), for bytes (Tink AES256_GCM_HKDF_1MB) and for names (HMAC-SHA-256).
 *
 * <p>Unwrapped keys are kept for {@link #KEPT_UNWRAPPED}; within that time a client's key that was disabled, here or by its
 * keeper, closes everything under it. Each unwrapping commits a {@code KEY_UNWRAP} entry first, in a transaction of its own:
 * call from inside a transaction only where the key is likely to be at hand. Methods throw an {@link EtalonException} that
 * becomes a 503 when the key is out of reach: missing, disabled, refused, its keeper silent. Thread-safe.
 */
@Service
public final class ClientKeys {
    /** How long an unwrapped key stays in memory: taking a client's key away bites after this time. */
    public static final Duration KEPT_UNWRAPPED = Duration.ofSeconds(60);

    static final ErrorCode NOT_SEALED_HERE =
            ErrorCode.of("sealed-value-broken", ErrorKind.INTERNAL, "A sealed value does not open");

    private final KeyRing ring;
    private final ProjectRing projects;

    ClientKeys(TenantScope scope, KeyRing ring, ProjectRing projects) {
        this.ring = ring;
        this.projects = projects;
        scope.onClose(this::forget);
    }

    /**
     * Makes the key of a new client, or checks that an existing client's local key is at hand. Can be repeated.
     *
     * @throws EtalonException exhausted, when the client had a local key and its keyset is missing or another one: a new key
     *     would only hide that the data are lost
     */
    public void open(ClientId client) {
        ring.open(client);
        projects.takeOver(client);
    }

    /**
     * Returns when the client's key may be used. Asks its keeper once a minute at most, otherwise nothing.
     *
     * @throws EtalonException when it may not, or its keeper does not answer
     */
    public void require(ClientId client) {
        ring.require(client);
    }

    /** The keys that the client's data lie under or lay under, newest first: who keeps each, and the keeper's name of it. */
    public List<String> names(ClientId client) {
        return ring.standing(client).versions().stream()
                .map(version -> version.provider() + " " + version.reference())
                .toList();
    }

    /**
     * Destroys the client's local keys and forgets every data key: nothing that was sealed under them opens again, here or
     * from a copy of the data without them. A key that a module or a service keeps is its owner's to destroy. Can be
     * repeated, also when the client's cell is gone.
     */
    public void destroy(ClientId client) {
        ring.destroy(client);
        forget(client);
    }

    private void forget(ClientId client) {
        ring.forget(client);
        projects.forget(client);
    }

    /**
     * Encrypts a column's value.
     *
     * @param context what the value is, such as {@code guideline 7}; the same is needed to open it, so that a value moved
     *     to another row, column, project or client does not open
     */
    public byte[] seal(ClientId client, ProjectId project, String context, byte[] value) {
        try {
            return projects.keys(client, project).newest().columns().encrypt(value, label(client, project, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM encrypts every value", e);
        }
    }

    /**
     * Decrypts what {@link #seal} made.
     *
     * @throws EtalonException internal, when the value was changed or sealed for another place
     */
    public byte[] open(ClientId client, ProjectId project, String context, byte[] sealed) {
        var keys = projects.keys(client, project);
        var version = keys.of(sealed).orElse(null);
        if (version == null) {
            var newer = projects.newerThan(keys, client, project);
            keys = newer == null ? keys : newer;
            version = keys.of(sealed).orElse(null);
        }
        if (version == null) {
            if (keys.refused().contains(ProjectKeys.keyId(sealed))) {
                throw refused();
            }
            throw new EtalonException(NOT_SEALED_HERE, "A sealed value is under no key of this project.");
        }
        try {
            return version.columns().decrypt(sealed, label(client, project, context));
        } catch (GeneralSecurityException e) {
            throw new EtalonException(NOT_SEALED_HERE, "A sealed value was changed or belongs elsewhere.", e);
        }
    }

    /**
     * A channel that encrypts what is written to it; closing it completes the ciphertext.
     *
     * @param context what the bytes are; the same is needed to read them
     */
    public WritableByteChannel encrypting(
            ClientId client, ProjectId project, String context, WritableByteChannel ciphertext) throws IOException {
        try {
            return projects.keys(client, project)
                    .newest()
                    .bytes()
                    .newEncryptingChannel(ciphertext, label(client, project, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM-HKDF encrypts every stream", e);
        }
    }

    /**
     * A channel over the plain bytes of what {@link #encrypting} made; its first segment was found unchanged, and a changed
     * or cut segment fails its reading. The ciphertext is left open when this throws.
     *
     * @throws IOException when the first segment does not open under any version that is not refused
     */
    public SeekableByteChannel decrypting(
            ClientId client, ProjectId project, String context, SeekableByteChannel ciphertext) throws IOException {
        var label = label(client, project, context);
        var keys = projects.keys(client, project);
        try {
            return decrypting(client, keys.versions(), label, ciphertext);
        } catch (IOException e) {
            var newer = projects.newerThan(keys, client, project);
            if (newer == null) {
                throw e;
            }
            return decrypting(client, newer.versions(), label, ciphertext);
        }
    }

    private SeekableByteChannel decrypting(
            ClientId client, List<ProjectKeys.Version> versions, byte[] label, SeekableByteChannel ciphertext)
            throws IOException {
        IOException first = null;
        for (var version : versions) {
            try {
                return new GuardedChannel(opened(version, label, ciphertext), () -> ring.require(client));
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        throw first == null ? new IOException("no version of the key is left") : first;
    }

    private static SeekableByteChannel opened(ProjectKeys.Version version, byte[] label, SeekableByteChannel ciphertext)
            throws IOException {
        try {
            ciphertext.position(0);
            var plain = version.bytes().newSeekableDecryptingChannel(ciphertext, label);
            // Before the first read the cipher knows neither its key nor its size.
            plain.read(ByteBuffer.allocate(1));
            return plain.position(0);
        } catch (GeneralSecurityException e) {
            throw new IOException("sealed bytes do not open", e);
        }
    }

    /** Whether the newest version of the project's key sealed these bytes; false when they do not open under it. */
    public boolean isUnderNewest(ClientId client, ProjectId project, String context, SeekableByteChannel ciphertext) {
        try {
            opened(projects.keys(client, project).newest(), label(client, project, context), ciphertext);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The five bytes with which every column begins that the newest version of the project's key sealed. */
    public byte[] newestPrefix(ClientId client, ProjectId project) {
        var id = projects.keys(client, project).newest().keyId();
        return ByteBuffer.allocate(1 + Integer.BYTES).put((byte) 1).putInt(id).array();
    }

    /** A name of 64 hex digits for content of this hash: alike within a project, unlike in every other. */
    public String nameOf(ClientId client, ProjectId project, byte[] sha256) {
        try {
            return HexFormat.of().formatHex(projects.keys(client, project).mac().computeMac(sha256));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes every value", e);
        }
    }

    static EtalonException refused() {
        return new EtalonException(
                KeyFaults.VERSION_REFUSED,
                "A sealed value is under a version of the project's key that is refused. Lower the minimum version to read it.");
    }

    private static byte[] label(ClientId client, ProjectId project, String context) {
        return (client + "|" + project + "|" + context).getBytes(UTF_8);
    }
}
