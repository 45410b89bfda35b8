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
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A project's unwrapped keys, every version that is not refused. Immutable.
 *
 * @param versions newest first; that one seals
 * @param refused Tink's numbers of the keys for columns that are refused
 * @param names the key for names: the same in every version, since objects keep their names
 * @param known all versions that there were when this was made, refused ones too
 */
record ProjectKeys(List<Version> versions, Set<Integer> refused, KeysetHandle names, Mac mac, int known) {
    /** One version's primitives. */
    record Version(int number, int keyId, Aead columns, StreamingAead bytes) {}

    private static final byte TINK = 1;
    private static final int PREFIX = 5;

    ProjectKeys {
        versions = List.copyOf(versions);
        refused = Set.copyOf(refused);
    }

    Version newest() {
        return versions.getFirst();
    }

    /** The version that sealed a column's value, if it is among these. */
    Optional<Version> of(byte[] sealed) {
        var id = keyId(sealed);
        return versions.stream().filter(one -> one.keyId() == id).findFirst();
    }

    /** Tink's number of the key that sealed a value: the four bytes after a one; 0 for what was never sealed by one. */
    static int keyId(byte[] sealed) {
        return sealed.length > PREFIX && sealed[0] == TINK
                ? ByteBuffer.wrap(sealed, 1, Integer.BYTES).getInt()
                : 0;
    }

    /** New keysets for columns and bytes under a new key, with the names' keyset as it is, or a new one. */
    static DataKeyStore.Sealed fresh(Aead under, ClientId client, ProjectId project, KeysetHandle names)
            throws GeneralSecurityException {
        return sealed(
                under,
                client,
                project,
                new Handles(
                        KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM),
                        KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB),
                        names));
    }

    /** Keysets as they lie in a row, opened. */
    record Handles(KeysetHandle columns, KeysetHandle bytes, KeysetHandle names) {
        int keyId() {
            return columns.getPrimary().getId();
        }

        Version version(int number) throws GeneralSecurityException {
            return new Version(
                    number,
                    keyId(),
                    columns.getPrimitive(RegistryConfiguration.get(), Aead.class),
                    bytes.getPrimitive(RegistryConfiguration.get(), StreamingAead.class));
        }
    }

    static DataKeyStore.Sealed sealed(Aead under, ClientId client, ProjectId project, Handles handles)
            throws GeneralSecurityException {
        return new DataKeyStore.Sealed(
                sealed(under, label(client, project, "columns"), handles.columns()),
                sealed(under, label(client, project, "bytes"), handles.bytes()),
                sealed(under, label(client, project, "names"), handles.names()));
    }

    static Handles opened(Aead under, ClientId client, ProjectId project, DataKeyStore.Sealed sealed)
            throws GeneralSecurityException {
        return new Handles(
                opened(under, label(client, project, "columns"), sealed.columns()),
                opened(under, label(client, project, "bytes"), sealed.bytes()),
                opened(under, label(client, project, "names"), sealed.names()));
    }

    static Mac mac(KeysetHandle names) throws GeneralSecurityException {
        return names.getPrimitive(RegistryConfiguration.get(), Mac.class);
    }

    static KeysetHandle freshNames() throws GeneralSecurityException {
        Parameters parameters = HmacParameters.builder()
                .setKeySizeBytes(32)
                .setTagSizeBytes(32)
                .setHashType(HmacParameters.HashType.SHA256)
                .setVariant(HmacParameters.Variant.NO_PREFIX)
                .build();
        return KeysetHandle.generateNew(parameters);
    }

    private static byte[] sealed(Aead under, byte[] label, KeysetHandle keyset) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, under, label);
    }

    private static KeysetHandle opened(Aead under, byte[] label, byte[] sealed) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(sealed, under, label);
    }

    private static byte[] label(ClientId client, ProjectId project, String purpose) {
        return (client + "|" + project + "|key " + purpose).getBytes(UTF_8);
    }
}
