package io.etalon.server.keys;

import static io.etalon.server.keys.KeyEncryptionContract.refused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A client takes its key away, by its keeper or by a word to the server, and gives it back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KeyTakenAwayTest {
    private static final byte[] VALUE = "what nobody may read".getBytes(UTF_8);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private final ProjectId project = new ProjectId(new UUID(8, 9));

    @TempDir
    static Path folder;

    private TestVault vault;
    private Client client;
    private Client neighbour;
    private TransitServer transit;
    private byte[] sealed;
    private byte[] neighbours;

    @BeforeAll
    void start() throws Exception {
        vault = new TestVault();
        client = vault.newClient();
        neighbour = vault.newClient();
        transit = new TransitServer(folder);
        vault.list(List.of(transit.listed("bao")));
        vault.care.rotate(client.id(), client.slug(), KeyActor.SYSTEM, "bao");
        sealed = vault.keys.seal(client.id(), project, "x", VALUE);
        neighbours = vault.keys.seal(neighbour.id(), project, "x", VALUE);
    }

    @BeforeEach
    void unwrapAll() {
        transit.silence(false);
        vault.care.enable(client.id(), KeyActor.SYSTEM);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        opens();
    }

    @AfterAll
    void stop() {
        vault.close();
        transit.close();
    }

    private void opens() {
        assertThat(vault.keys.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        vault.keys.seal(client.id(), project, "y", VALUE);
    }

    private void isClosed(io.etalon.server.base.ErrorCode code) {
        refused(code, () -> vault.keys.open(client.id(), project, "x", sealed));
        refused(code, () -> vault.keys.seal(client.id(), project, "y", VALUE));
        refused(code, () -> vault.keys.nameOf(client.id(), project, new byte[32]));
        refused(code, () -> vault.keys.require(client.id()));
        assertThat(vault.keys.open(neighbour.id(), project, "x", neighbours)).isEqualTo(VALUE);
    }

    @Test
    void closesWithinAMinuteWhenTheKeeperRefusesAndOpensAgainWithoutARestart() {
        transit.deny("etalon-" + client.id(), true);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED.minus(MOMENT));
        opens();
        vault.clock.turn(MOMENT);
        isClosed(KeyFaults.REFUSED);
        transit.deny("etalon-" + client.id(), false);
        opens();
    }

    @Test
    void closesWithinAMinuteWhenTheKeeperIsSilentAndAsksItRarely() {
        transit.silence(true);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        isClosed(KeyFaults.UNREACHABLE);
        var asked = refusals();
        isClosed(KeyFaults.UNREACHABLE);
        assertThat(refusals()).isEqualTo(asked);
    }

    private int refusals() {
        return vault.unwraps.page(client.id(), 0, 1000).refused();
    }

    @Test
    void closesAtOnceHereAndWithinAMinuteElsewhereWhenTheClientSaysSo() {
        var elsewhere = vault.anotherServersKeys();
        assertThat(elsewhere.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        vault.care.disable(client.id(), KeyActor.SYSTEM);
        isClosed(KeyFaults.DISABLED);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED.minus(MOMENT));
        assertThat(elsewhere.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
        vault.clock.turn(MOMENT);
        refused(KeyFaults.DISABLED, () -> elsewhere.open(client.id(), project, "x", sealed));
        vault.care.enable(client.id(), KeyActor.SYSTEM);
        opens();
        assertThat(elsewhere.open(client.id(), project, "x", sealed)).isEqualTo(VALUE);
    }

    @Test
    void endsAReadingThatIsUnderWay() throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = vault.keys.encrypting(client.id(), project, "film", Channels.newChannel(bytes))) {
            out.write(ByteBuffer.allocate(3 << 20));
        }
        var file = Files.write(folder.resolve("film"), bytes.toByteArray());
        try (var ciphertext = FileChannel.open(file)) {
            var film = vault.keys.decrypting(client.id(), project, "film", ciphertext);
            assertThat(film.read(ByteBuffer.allocate(100))).isPositive();
            vault.care.disable(client.id(), KeyActor.SYSTEM);
            refused(KeyFaults.DISABLED, () -> film.read(ByteBuffer.allocate(100)));
        }
    }

    @Test
    void theLogGoesOnWhileTheKeyIsAwayAndBalancesWithTheKeepers() {
        transit.deny("etalon-" + client.id(), true);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        isClosed(KeyFaults.REFUSED);
        transit.deny("etalon-" + client.id(), false);
        vault.clock.turn(ClientKeys.KEPT_UNWRAPPED);
        opens();
        var done = transit.log.stream()
                .filter(line -> line.operation().equals("decrypt") && line.done())
                .map(line -> UUID.fromString(line.unwrap()))
                .toList();
        var balance = vault.unwraps.compare(client.id(), "bao", 0, done);
        assertThat(balance.onlyHere()).isEmpty();
        assertThat(balance.refused()).isPositive();
        assertThat(balance.both()).isGreaterThanOrEqualTo(2);
        assertThat(balance.onlyThere()).isEmpty();
        assertThat(balance.balanced()).isTrue();
        // The control: a use that the log does not tell of, and a line that is missing, are both seen.
        var stolen = new UUID(1, 1);
        assertThat(vault.unwraps.compare(client.id(), "bao", 0, List.of(stolen)).onlyThere())
                .containsExactly(stolen);
        assertThat(vault.unwraps.compare(client.id(), "bao", 0, List.of()).balanced())
                .isFalse();
    }
}
