package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.StreamingAead;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacParameters;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * What is done with clients' keys; key material itself never leaves. One key-encrypting key a client wraps three data
 * keys a project: for columns (AES-256-GCM), for bytes (Tink AES256_GCM_HKDF_1MB) and for names (HMAC-SHA-256).
 *
 * <p>Unwrapped data keys are kept for {@link #KEPT_UNWRAPPED}. Each unwrapping commits a {@code KEY_UNWRAP} entry first,
 * in a transaction of its own: call from inside a transaction only where the key is likely to be at hand. Thread-safe.
 */
@Service
public final class ClientKeys {
    /** How long an unwrapped key stays in memory: taking a client's keyset away bites after this time. */
    public static final Duration KEPT_UNWRAPPED = Duration.ofSeconds(60);

    static final ErrorCode NOT_SEALED_HERE =
            ErrorCode.of("sealed-value-broken", ErrorKind.INTERNAL, "A sealed value does not open");

    private record Place(ClientId client, ProjectId project) {}

    private record ProjectKeys(Aead columns, StreamingAead bytes, Mac names, Instant until) {}

    private final TenantScope scope;
    private final KeyEncryption encryption;
    private final AuditLog log;
    private final Clock clock;
    private final DataKeyStore store = new DataKeyStore();
    private final ConcurrentMap<Place, ProjectKeys> unwrapped = new ConcurrentHashMap<>();
    private final ConcurrentMap<Place, Object> unwrapping = new ConcurrentHashMap<>();

    ClientKeys(TenantScope scope, KeyEncryption encryption, AuditLog log, Clock clock) {
        this.scope = scope;
        this.encryption = encryption;
        this.log = log;
        this.clock = clock;
        scope.onClose(this::forget);
    }

    /**
     * Makes the key of a new client, or checks that an existing client's is at hand. Can be repeated.
     *
     * @throws EtalonException exhausted, when the client had a key and its keyset is missing or another one: a new key
     *     would only hide that the data are lost
     */
    public void open(ClientId client) {
        encryption.open(client);
    }

    /** Tink's id of the client's key-encrypting key, as certificates name it. */
    public long keyId(ClientId client) {
        return encryption.key(client).id();
    }

    /**
     * Destroys the client's key-encrypting key and forgets every data key that it wrapped: nothing that was sealed for the
     * client opens again, here or from a copy of the data without the key. Can be repeated.
     */
    public void destroy(ClientId client) {
        encryption.destroy(client);
        forget(client);
    }

    private void forget(ClientId client) {
        unwrapped.keySet().removeIf(place -> place.client().equals(client));
        unwrapping.keySet().removeIf(place -> place.client().equals(client));
    }

    /**
     * Encrypts a column's value.
     *
     * @param context what the value is, such as {@code guideline 7}; the same is needed to open it, so that a value moved
     *     to another row, column, project or client does not open
     */
    public byte[] seal(ClientId client, ProjectId project, String context, byte[] value) {
        try {
            return keys(client, project).columns().encrypt(value, label(client, project, context));
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
        try {
            return keys(client, project).columns().decrypt(sealed, label(client, project, context));
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
            return keys(client, project).bytes().newEncryptingChannel(ciphertext, label(client, project, context));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM-HKDF encrypts every stream", e);
        }
    }

    /** A channel over the plain bytes of what {@link #encrypting} made; a changed or cut segment fails its reading. */
    public SeekableByteChannel decrypting(
            ClientId client, ProjectId project, String context, SeekableByteChannel ciphertext) throws IOException {
        try {
            return keys(client, project)
                    .bytes()
                    .newSeekableDecryptingChannel(ciphertext, label(client, project, context));
        } catch (GeneralSecurityException e) {
            throw new EtalonException(NOT_SEALED_HERE, "Sealed bytes do not open.", e);
        }
    }

    /** A name of 64 hex digits for content of this hash: alike within a project, unlike in every other. */
    public String nameOf(ClientId client, ProjectId project, byte[] sha256) {
        try {
            return HexFormat.of().formatHex(keys(client, project).names().computeMac(sha256));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC takes every value", e);
        }
    }

    private ProjectKeys keys(ClientId client, ProjectId project) {
        var place = new Place(client, project);
        var found = atHand(place);
        if (found != null) {
            return found;
        }
        // One thread unwraps; the others wait for it and use no connection meanwhile.
        synchronized (unwrapping.computeIfAbsent(place, p -> new Object())) {
            found = atHand(place);
            if (found == null) {
                found = unwrap(place);
                unwrapped.put(place, found);
            }
            return found;
        }
    }

    private @Nullable ProjectKeys atHand(Place place) {
        var found = unwrapped.get(place);
        return found != null && clock.instant().isBefore(found.until()) ? found : null;
    }

    private ProjectKeys unwrap(Place place) {
        unwrapped.remove(place);
        var until = clock.instant().plus(KEPT_UNWRAPPED);
        var kek = encryption.key(place.client());
        try {
            var wrapped = scope.client(place.client(), tx -> {
                var project = place.project();
                var row = store.find(tx, project);
                if (row.isEmpty()) {
                    store.insertIfNone(tx, project, fresh(place, kek.aead()), clock.instant());
                    row = store.find(tx, project);
                }
                log.append(
                        tx,
                        AuditEvent.of(AuditOp.KEY_UNWRAP, null, "system", project)
                                .with("key", kek.id()));
                return row.orElseThrow();
            });
            return new ProjectKeys(
                    opened(place, "columns", wrapped.columns(), kek.aead(), Aead.class),
                    opened(place, "bytes", wrapped.bytes(), kek.aead(), StreamingAead.class),
                    opened(place, "names", wrapped.names(), kek.aead(), Mac.class),
                    until);
        } catch (GeneralSecurityException e) {
            throw new EtalonException(
                    KeyEncryption.KEY_MISSING, "The project's data key does not open under the client's keyset.", e);
        }
    }

    private static DataKeyStore.Wrapped fresh(Place place, Aead kek) throws GeneralSecurityException {
        var names = HmacParameters.builder()
                .setKeySizeBytes(32)
                .setTagSizeBytes(32)
                .setHashType(HmacParameters.HashType.SHA256)
                .setVariant(HmacParameters.Variant.NO_PREFIX)
                .build();
        return new DataKeyStore.Wrapped(
                fresh(place, "columns", PredefinedAeadParameters.AES256_GCM, kek),
                fresh(place, "bytes", PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB, kek),
                fresh(place, "names", names, kek));
    }

    private static byte[] fresh(Place place, String purpose, Parameters parameters, Aead kek)
            throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(
                KeysetHandle.generateNew(parameters), kek, label(place.client(), place.project(), "key " + purpose));
    }

    private static <T> T opened(Place place, String purpose, byte[] wrapped, Aead kek, Class<T> primitive)
            throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(
                        wrapped, kek, label(place.client(), place.project(), "key " + purpose))
                .getPrimitive(RegistryConfiguration.get(), primitive);
    }

    private static byte[] label(ClientId client, ProjectId project, String context) {
        return (client + "|" + project + "|" + context).getBytes(UTF_8);
    }
}
