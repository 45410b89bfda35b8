package io.etalon.server.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against SoftHSM2. */
final class Pkcs11KeysTest extends KeyEncryptionContract {
    @TempDir
    Path folder;

    private SoftToken token;
    private Pkcs11Keys keys;

    @BeforeEach
    void makeAToken() throws Exception {
        token = SoftToken.with(folder);
        keys = new Pkcs11Keys("hsm", token.settings(), ids);
    }

    @Override
    KeyEncryption keys() {
        return keys;
    }

    @Test
    void makesKeysThatCannotLeaveTheToken() throws Exception {
        assertThat(token.isExtractable(keys.make(client, 1))).isFalse();
    }

    @Override
    void disable(String key) throws Exception {
        token.rename(key, "away-" + key);
    }

    @Override
    void enable(String key) throws Exception {
        token.rename("away-" + key, key);
    }

    @Override
    ErrorCode ofADisabledKey() {
        return KeyFaults.MISSING;
    }

    @Override
    void delete(String key) throws Exception {
        token.delete(key);
    }

    /** A token that lets nobody in: the PIN that the installation had is gone. */
    @Override
    void silence() throws Exception {
        Files.delete(token.pinFile);
    }
}
