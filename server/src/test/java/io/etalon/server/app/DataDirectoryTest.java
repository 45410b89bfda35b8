package io.etalon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path root;

    @Test
    void firstStartMakesAPassphraseThatOnlyItsOwnerMayRead() throws IOException {
        try (var data = DataDirectory.open(root, null)) {
            var file = data.folders().keys().resolve("passphrase");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(file).strip()).hasSize(64);
        }
    }

    @Test
    void theSecretIsTheSameAfterARestartAndAnotherElsewhere(@TempDir Path other) throws IOException {
        byte[] first;
        try (var data = DataDirectory.open(root, null)) {
            first = data.secret().derive("x");
        }
        try (var again = DataDirectory.open(root, null);
                var elsewhere = DataDirectory.open(other, null)) {
            assertThat(again.secret().derive("x")).isEqualTo(first);
            assertThat(elsewhere.secret().derive("x")).isNotEqualTo(first);
        }
    }

    @Test
    void neverMakesANewPassphraseOverData() throws IOException {
        DataDirectory.open(root, null).close();
        Files.delete(root.resolve("keys/passphrase"));

        assertThatThrownBy(() -> DataDirectory.open(root, null))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("no new one is made");
        assertThat(root.resolve("keys/passphrase")).doesNotExist();
    }

    @Test
    void refusesADirectoryThatAnotherHolds() throws IOException {
        try (var held = DataDirectory.open(root, null)) {
            assertThat(held.folders().root()).isEqualTo(root.toAbsolutePath());
            assertThatThrownBy(() -> DataDirectory.open(root, null))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by another");
        }
        DataDirectory.open(root, null).close();
    }

    @Test
    void refusesADirectoryFromANewerVersion() throws IOException {
        DataDirectory.open(root, null).close();
        Files.writeString(root.resolve("VERSION"), "99\n");

        assertThatThrownBy(() -> DataDirectory.open(root, null))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("has version 99");
    }

    @Test
    void emptiesWhatAKilledServerLeftHalfWritten() throws IOException {
        DataDirectory.open(root, null).close();
        Files.writeString(root.resolve("temporary/half"), "x");
        DataDirectory.open(root, null).close();
        assertThat(root.resolve("temporary/half")).doesNotExist();
    }
}
