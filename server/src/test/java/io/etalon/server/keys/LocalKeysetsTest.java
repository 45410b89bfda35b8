package io.etalon.server.keys;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LocalKeysetsTest extends KeyEncryptionContract {
    @TempDir
    Path folder;

    @Override
    KeyEncryption keys() {
        return new LocalKeysets(new KeysetFolder(folder, TestDatabase.SECRET), ids);
    }

    private Path file() {
        return folder.resolve(client + ".json");
    }

    @Override
    void disable(String key) throws Exception {
        Files.move(file(), folder.resolve("aside"));
    }

    @Override
    void enable(String key) throws Exception {
        Files.move(folder.resolve("aside"), file());
    }

    @Override
    ErrorCode ofADisabledKey() {
        return KeyFaults.MISSING;
    }

    @Override
    void delete(String key) throws Exception {
        Files.delete(file());
    }

    /** A disk that does not let the file be read; root reads everything but a folder. */
    @Override
    void silence() throws Exception {
        Files.delete(file());
        Files.createDirectory(file());
    }

    @Override
    ErrorCode whenSilent() {
        return KeyFaults.MISSING;
    }
}
