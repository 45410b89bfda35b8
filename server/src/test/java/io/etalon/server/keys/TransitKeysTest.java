package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.keys.KeyEncryption.Use;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a small engine written from the documentation; see {@link TransitServer}. */
final class TransitKeysTest extends KeyEncryptionContract {
    @TempDir
    Path folder;

    private TransitServer server;
    private TransitKeys keys;

    @BeforeEach
    void start() throws Exception {
        server = new TransitServer(folder);
        keys = new TransitKeys("bao", server.settings());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    KeyEncryption keys() {
        return keys;
    }

    private static String nameOf(String key) {
        return key.substring(0, key.indexOf(':'));
    }

    @Test
    void refusesAKeyThatWouldIgnoreWhatBytesAreBoundTo() {
        server.makeUnderived("etalon-" + client);
        refused(KeyFaults.REFUSED, () -> keys.make(client, 1));
        refused(KeyFaults.REFUSED, () -> keys.reach(client));
    }

    @Test
    void tellsTheEngineTheIdUnderWhichTheClientsLogTellsOfAnUnwrapping() {
        var key = keys.make(client, 1);
        var wrapped = keys.wrap(new Use(client, key, "a".getBytes(UTF_8), ids.next()), SECRET);
        var id = ids.next();
        keys.unwrap(new Use(client, key, "a".getBytes(UTF_8), id), wrapped);
        assertThat(server.log)
                .anyMatch(line ->
                        line.operation().equals("decrypt") && line.unwrap().equals(id.toString()) && line.done());
    }

    @Test
    void hasTheEngineRefuseARetiredVersion() {
        var key = keys.make(client, 1);
        var use = new Use(client, key, "a".getBytes(UTF_8), ids.next());
        var wrapped = keys.wrap(use, SECRET);
        keys.make(client, 2);
        assertThat(keys.unwrap(use, wrapped)).isEqualTo(SECRET);
        keys.retire(client, key);
        assertThat(server.minimum(nameOf(key))).isEqualTo(2);
        refused(KeyFaults.REFUSED, () -> keys.unwrap(use, wrapped));
    }

    @Test
    void refusesAWrongTokenClearly() throws Exception {
        Files.writeString(folder.resolve("token"), "another");
        refused(KeyFaults.REFUSED, () -> keys.make(client, 1));
    }

    @Override
    void disable(String key) {
        server.deny(nameOf(key), true);
    }

    @Override
    void enable(String key) {
        server.deny(nameOf(key), false);
    }

    @Override
    ErrorCode ofADisabledKey() {
        return KeyFaults.REFUSED;
    }

    @Override
    void delete(String key) {
        server.delete(nameOf(key));
    }

    @Override
    void silence() {
        server.close();
    }
}
