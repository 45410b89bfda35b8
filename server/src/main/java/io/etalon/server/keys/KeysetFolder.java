package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.InstallationSecret;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Set;

/**
 * The clients' key-encrypting keys: one file a client, a Tink keyset (AES-256-GCM) in Tink's encrypted JSON form under a
 * key derived from the installation's secret and bound to the client's id. Thread-safe.
 */
final class KeysetFolder {
    private final Path folder;
    private final Aead master;

    KeysetFolder(Path folder, InstallationSecret secret) {
        this.folder = folder;
        this.master = SecretAead.of(secret.derive("client keysets"));
    }

    Path file(ClientId client) {
        return folder.resolve(client + ".json");
    }

    /**
     * Reads a client's keys.
     *
     * @return empty, when there is no file
     * @throws GeneralSecurityException when the file is not this client's, or was written under another secret
     */
    Optional<KeysetHandle> read(ClientId client) throws IOException, GeneralSecurityException {
        String json;
        try {
            json = Files.readString(file(client), UTF_8);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return Optional.of(TinkJsonProtoKeysetFormat.parseEncryptedKeyset(json, master, label(client)));
    }

    /** Makes a client's first key. Must not exist yet. */
    void create(ClientId client) throws IOException, GeneralSecurityException {
        write(client, KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    }

    /** Puts a client's keys in the place of those that were there, and returns when they would survive a power cut. */
    void write(ClientId client, KeysetHandle keyset) throws IOException, GeneralSecurityException {
        var json = TinkJsonProtoKeysetFormat.serializeEncryptedKeyset(keyset, master, label(client));
        Files.createDirectories(folder, ownerOnly("rwx------"));
        var target = file(client);
        var temporary = folder.resolve(client + ".json.new");
        Files.deleteIfExists(temporary);
        try (var channel = FileChannel.open(
                temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly("rw-------"))) {
            var bytes = ByteBuffer.wrap(json.getBytes(UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** Overwrites and removes a client's key; returns when it would not come back after a power cut. Can be repeated. */
    void destroy(ClientId client) throws IOException {
        var target = file(client);
        if (Files.exists(target)) {
            var length = Files.size(target);
            try (var channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) length), 0);
                channel.force(true);
            }
            Files.delete(target);
            try (var directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    private static byte[] label(ClientId client) {
        return ("client keyset " + client).getBytes(UTF_8);
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        var posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
