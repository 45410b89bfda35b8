package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientKeysTest {
    private static final byte[] VALUE = "what nobody may read".getBytes(UTF_8);
    private final ProjectId project = new ProjectId(new UUID(1, 2));

    private TestVault vault;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        vault = new TestVault();
        client = vault.newClient();
    }

    @AfterEach
    void stop() {
        vault.close();
    }

    @Test
    void opensWhatItSealedAlsoAfterARestart() throws Exception {
        var sealed = vault.keys.seal(client.id(), project, "guideline 1", VALUE);
        assertThat(new String(sealed, UTF_8)).doesNotContain("nobody");
        vault.restart();
        vault.open(client);
        assertThat(vault.keys.open(client.id(), project, "guideline 1", sealed)).isEqualTo(VALUE);
    }

    @Test
    void refusesAValueThatWasMovedOrChanged() throws Exception {
        var sealed = vault.keys.seal(client.id(), project, "guideline 1", VALUE);
        var other = vault.newClient();
        var elsewhere = new ProjectId(new UUID(3, 4));
        var changed = sealed.clone();
        changed[changed.length - 1] ^= 1;

        assertThatThrownBy(() -> vault.keys.open(client.id(), project, "guideline 2", sealed))
                .isInstanceOf(EtalonException.class);
        assertThatThrownBy(() -> vault.keys.open(client.id(), elsewhere, "guideline 1", sealed))
                .isInstanceOf(EtalonException.class);
        assertThatThrownBy(() -> vault.keys.open(other.id(), project, "guideline 1", sealed))
                .isInstanceOf(EtalonException.class);
        assertThatThrownBy(() -> vault.keys.open(client.id(), project, "guideline 1", changed))
                .isInstanceOf(EtalonException.class);
    }

    @Test
    void refusesToOpenAClientWhoseKeysetIsMissingAndMakesNoNewOne() throws Exception {
        vault.keys.seal(client.id(), project, "x", VALUE);
        Files.delete(keyset());
        vault.restart();

        assertThatThrownBy(() -> vault.keys.open(client.id()))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining(keyset().toString())
                .hasMessageContaining("is missing")
                .hasMessageContaining("no new one is made");
        assertThat(keyset()).doesNotExist();
    }

    @Test
    void refusesAKeysetOfAnotherClient() throws Exception {
        var other = vault.newClient();
        Files.copy(keyset(other), keyset(), StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> vault.keys.open(client.id())).hasMessageContaining("does not open");
    }

    @Test
    void refusesAKeysetUnderAnotherPassphrase() throws Exception {
        var other = new byte[48];
        Arrays.fill(other, (byte) 7);
        vault.restart(new InstallationSecret(other));
        assertThatThrownBy(() -> vault.keys.open(client.id())).hasMessageContaining("passphrase");
    }

    @Test
    void completesAKeyWhoseMakingWasCutOffAfterTheFile() throws Exception {
        var fresh = vault.newCell();
        new KeysetFolder(vault.folders.keys().resolve("clients"), io.etalon.server.app.TestDatabase.SECRET)
                .create(fresh.id());
        var before = Files.readString(keyset(fresh));
        vault.keys.open(fresh.id());
        assertThat(Files.readString(keyset(fresh))).isEqualTo(before);
        assertThat(vault.keys.open(fresh.id(), project, "x", vault.keys.seal(fresh.id(), project, "x", VALUE)))
                .isEqualTo(VALUE);
    }

    @Test
    void keepsTheKeysetFromOtherUsersOfTheMachine() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyset().getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void stopsReadingAMinuteAfterTheKeysetWasTakenAway() throws Exception {
        var sealed = vault.keys.seal(client.id(), project, "x", VALUE);
        var aside = keyset().resolveSibling("aside");
        Files.move(keyset(), aside);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED.minusMillis(1));
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        vault.clock.turn(Duration.ofMillis(1));
        assertThatThrownBy(() -> vault.keys.open(client.id(), project, "x", sealed))
                .hasMessageContaining("is missing");

        Files.move(aside, keyset());
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
    }

    @Test
    void tellsTheLogEachUnwrappingOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(16)) {
            Callable<byte[]> seal = () -> vault.keys.seal(client.id(), project, "x", VALUE);
            for (var done : threads.invokeAll(java.util.Collections.nCopies(64, seal))) {
                assertThat(vault.keys.open(client.id(), project, "x", done.get()))
                        .isEqualTo(VALUE);
            }
        }
        assertThat(unwrappings()).isEqualTo(1);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        vault.keys.seal(client.id(), project, "x", VALUE);
        assertThat(unwrappings()).isEqualTo(2);
    }

    @Test
    void namesEqualContentUnlikeInTwoProjects() {
        var hash = new byte[32];
        var name = vault.keys.nameOf(client.id(), project, hash);
        assertThat(name).matches("[0-9a-f]{64}").isEqualTo(vault.keys.nameOf(client.id(), project, hash));
        assertThat(vault.keys.nameOf(client.id(), new ProjectId(new UUID(9, 9)), hash))
                .isNotEqualTo(name);
    }

    private long unwrappings() {
        vault.log.flush(client.id());
        return vault.log
                .entries(client.id(), new EntryFilter(project, null, null, AuditOp.KEY_UNWRAP), 0, 100)
                .size();
    }

    private Path keyset() {
        return keyset(client);
    }

    private Path keyset(Client of) {
        return vault.folders.keys().resolve("clients").resolve(of.id() + ".json");
    }
}
