package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rotation of both sorts of keys, and moving to another keeper, while values are written and read. */
final class RotationTest {
    private static final byte[] VALUE = "what nobody may read".getBytes(UTF_8);
    private final ProjectId project = new ProjectId(new UUID(5, 6));

    @TempDir
    Path folder;

    private TestVault vault;
    private Client client;
    private TransitServer transit;

    @BeforeEach
    void start() throws Exception {
        vault = new TestVault();
        client = vault.newClient();
        transit = new TransitServer(folder);
        var keepers = new ArrayList<Map<String, Object>>();
        keepers.add(transit.listed("bao"));
        if (SoftToken.isInstalled()) {
            keepers.add(SoftToken.with(folder).listed("hsm"));
        }
        vault.list(keepers);
    }

    @AfterEach
    void stop() {
        vault.close();
        transit.close();
    }

    private record Kept(ProjectId project, String context, byte[] sealed) {}

    @Test
    void failsNoReadAndNoWriteWhileKeysAreRotatedAndMoved() throws Exception {
        var seed = new Random().nextLong();
        System.out.println("seed " + seed);
        var elsewhere = vault.anotherServersKeys();
        var ended = new AtomicBoolean();
        try (var threads = Executors.newFixedThreadPool(4)) {
            var work = new ArrayList<Future<List<Kept>>>();
            for (var thread = 0; thread < 4; thread++) {
                var random = new Random(seed + thread);
                var keys = thread % 2 == 0 ? vault.keys : elsewhere;
                var other = thread % 2 == 0 ? elsewhere : vault.keys;
                Callable<List<Kept>> one = () -> workUntil(ended, random, keys, other);
                work.add(threads.submit(one));
            }
            for (var keeper : vault.care.keepers(client.slug()).reversed()) {
                vault.care.rotate(client.id(), client.slug(), KeyActor.SYSTEM, keeper.name());
                vault.care.rotateProject(client.id(), KeyActor.SYSTEM, project);
                // A minute later both servers ask the keeper again.
                vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
            }
            ended.set(true);
            var total = 0;
            for (var done : work) {
                var kept = done.get();
                total += kept.size();
                for (var one : kept) {
                    assertThat(vault.keys.open(client.id(), one.project(), one.context(), one.sealed()))
                            .isEqualTo(VALUE);
                }
            }
            assertThat(total).isGreaterThan(100);
        }
        var standing = vault.care.standing(client.id());
        assertThat(standing.versions().stream().filter(version -> version.retiredAt() == null))
                .singleElement()
                .isEqualTo(standing.newest());
        assertThat(vault.care.dataKeys(client.id()))
                .allSatisfy(
                        key -> assertThat(key.kek()).isEqualTo(standing.newest().number()));
    }

    /** The control: the same work, and a rotation after which the old version is refused at once. */
    @Test
    void aRotationThatDropsTheOldVersionAtOnceFailsReads() throws Exception {
        var ended = new AtomicBoolean();
        var random = new Random(1);
        var failed = 0;
        try (var threads = Executors.newFixedThreadPool(1)) {
            // Sealed before the rotation, whatever the machine's pace.
            var before = new Kept(project, "before", vault.keys.seal(client.id(), project, "before", VALUE));
            Callable<List<Kept>> work = () -> workUntil(ended, random, vault.keys, vault.keys);
            var one = threads.submit(work);
            vault.care.rotateProject(client.id(), KeyActor.SYSTEM, project);
            vault.care.setMinimum(client.id(), KeyActor.SYSTEM, project, 2);
            ended.set(true);
            var kept = new ArrayList<Kept>(List.of(before));
            try {
                kept.addAll(one.get());
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(EtalonException.class);
                failed++;
            }
            for (var old : kept) {
                try {
                    vault.keys.open(client.id(), old.project(), old.context(), old.sealed());
                } catch (EtalonException e) {
                    assertThat(e.code()).isEqualTo(KeyFaults.VERSION_REFUSED);
                    failed++;
                }
            }
        }
        assertThat(failed).isPositive();
    }

    /** Seals here, opens there, and opens again what was sealed long ago. */
    private List<Kept> workUntil(AtomicBoolean ended, Random random, ClientKeys keys, ClientKeys other) {
        var kept = new ArrayList<Kept>();
        while (!ended.get() || kept.size() < 50) {
            var at = random.nextInt(8) == 0 ? new ProjectId(new UUID(7, random.nextInt(6))) : project;
            var context = "value " + kept.size();
            var sealed = keys.seal(client.id(), at, context, VALUE);
            assertThat(other.open(client.id(), at, context, sealed)).isEqualTo(VALUE);
            kept.add(new Kept(at, context, sealed));
            var earlier = kept.get(random.nextInt(kept.size()));
            assertThat(keys.open(client.id(), earlier.project(), earlier.context(), earlier.sealed()))
                    .isEqualTo(VALUE);
        }
        return kept;
    }

    @Test
    void refusesARowOfBeforeARotationThatSomebodyPutsBack() throws Exception {
        var sealed = vault.keys.seal(client.id(), project, "x", VALUE);
        var before = row();
        vault.care.rotate(client.id(), client.slug(), KeyActor.SYSTEM, "local");
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        // The control: as rotated, it opens.
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        asOwner("update data_key set kek = ?, wrapped = ?", before);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        refused(KeyFaults.VERSION_REFUSED, () -> vault.keys.open(client.id(), project, "x", sealed));
        // Nor does it help to take the retirement back: the keeper has the key no more.
        asOwner("update client_key set retired_at = null where version = 1", List.of());
        refused(KeyFaults.MISSING, () -> vault.keys.open(client.id(), project, "x", sealed));
    }

    @Test
    void completesARotationThatWasCutOff() throws Exception {
        var sealed = vault.keys.seal(client.id(), project, "x", VALUE);
        // Renewed, and nothing wrapped anew: as if the server had died between the two.
        vault.ring.renew(client.id(), KeyActor.SYSTEM, "bao");
        vault.restart();
        vault.open(client);
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        assertThat(vault.care.dataKeys(client.id()).getFirst().kek()).isEqualTo(1);
        vault.care.complete(client.id());
        assertThat(vault.care.dataKeys(client.id()).getFirst().kek()).isEqualTo(2);
        assertThat(vault.care.standing(client.id()).versions().getLast().retiredAt())
                .isNotNull();
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
    }

    @Test
    void sealsUnderTheNewDataKeyReadsUnderBothAndRefusesTheOldBelowTheMinimum() throws Exception {
        var old = vault.keys.seal(client.id(), project, "x", VALUE);
        var name = vault.keys.nameOf(client.id(), project, new byte[32]);
        vault.care.rotateProject(client.id(), KeyActor.SYSTEM, project);
        var young = vault.keys.seal(client.id(), project, "x", VALUE);
        assertThat(ProjectKeys.keyId(young)).isNotEqualTo(ProjectKeys.keyId(old));
        assertThat(vault.keys.open(client.id(), project, "x", old)).isEqualTo(VALUE);
        assertThat(vault.keys.nameOf(client.id(), project, new byte[32])).isEqualTo(name);

        vault.care.setMinimum(client.id(), KeyActor.SYSTEM, project, 2);
        refused(KeyFaults.VERSION_REFUSED, () -> vault.keys.open(client.id(), project, "x", old));
        assertThat(vault.keys.open(client.id(), project, "x", young)).isEqualTo(VALUE);
        vault.care.setMinimum(client.id(), KeyActor.SYSTEM, project, 1);
        assertThat(vault.keys.open(client.id(), project, "x", old)).isEqualTo(VALUE);
    }

    @Test
    void refusesAKeeperThatIsNotThisClients() throws Exception {
        vault.list(List.of(Map.of("name", "theirs", "kind", "TRANSIT", "clients", List.of("somebody-else"))));
        assertThatThrownBy(() -> vault.care.rotate(client.id(), client.slug(), KeyActor.SYSTEM, "theirs"))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining("Nothing is here");
        assertThat(vault.care.keepers(client.slug())).containsExactly(new KeyCare.Keeper("local", "local"));
    }

    static void refused(
            io.etalon.server.base.ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable use) {
        KeyEncryptionContract.refused(code, use);
    }

    private List<Object> row() {
        return vault.scope()
                .client(
                        client.id(),
                        tx -> tx.db()
                                .sql("select kek, wrapped from data_key")
                                .query((row, n) -> List.<Object>of(row.getInt(1), row.getBytes(2)))
                                .single());
    }

    private void asOwner(String sql, List<Object> values) throws Exception {
        var admin = TestDatabase.shared();
        var url = vault.scope()
                .client(client.id(), tx -> tx.connection().getMetaData().getURL());
        try (var connection = DriverManager.getConnection(url, admin.user(), admin.password());
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }
}
