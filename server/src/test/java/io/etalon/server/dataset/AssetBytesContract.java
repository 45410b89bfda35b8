package io.etalon.server.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.ClientId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of the port promises. */
abstract class AssetBytesContract {
    static final String NAME = "ab" + "0".repeat(62);
    final ClientId client = new ClientId(new UUID(1, 1));
    AssetBytes bytes;

    abstract AssetBytes empty() throws IOException;

    /** How many drafts lie about. */
    abstract int drafts() throws IOException;

    @BeforeEach
    void start() throws IOException {
        bytes = empty();
    }

    @Test
    void readsBackWhatWasKept() throws IOException {
        keep(NAME, new byte[] {1, 2, 3});
        assertThat(read(bytes.open(client, NAME))).containsExactly(1, 2, 3);
        assertThat(drafts()).isZero();
    }

    @Test
    void readsFromAnyPlace() throws IOException {
        keep(NAME, new byte[] {1, 2, 3});
        try (var channel = bytes.open(client, NAME)) {
            var one = ByteBuffer.allocate(1);
            assertThat(channel.position(2).read(one)).isEqualTo(1);
            assertThat(one.get(0)).isEqualTo((byte) 3);
            assertThat(channel.size()).isEqualTo(3);
        }
    }

    @Test
    void knowsNothingOfADraftThatWasNotKept() throws IOException {
        try (var draft = bytes.draft(client)) {
            draft.sink().write(ByteBuffer.wrap(new byte[] {1}));
            assertThatThrownBy(() -> bytes.open(client, NAME)).isInstanceOf(NoSuchFileException.class);
            draft.seal();
            assertThat(read(draft.read())).containsExactly(1);
            assertThatThrownBy(() -> bytes.open(client, NAME)).isInstanceOf(NoSuchFileException.class);
        }
        assertThat(drafts()).isZero();
    }

    @Test
    void replacesAnObjectOfTheSameName() throws IOException {
        keep(NAME, new byte[] {1});
        keep(NAME, new byte[] {2, 2});
        assertThat(read(bytes.open(client, NAME))).containsExactly(2, 2);
    }

    @Test
    void separatesClients() throws IOException {
        keep(NAME, new byte[] {1});
        assertThatThrownBy(() -> bytes.open(new ClientId(new UUID(2, 2)), NAME))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void removesTheOldThatNobodyNames() throws IOException {
        var other = "cd" + "0".repeat(62);
        var elsewhere = new ClientId(new UUID(2, 2));
        keep(NAME, new byte[] {1});
        keep(other, new byte[] {2});
        var past = Instant.now().minusSeconds(60);
        var future = Instant.now().plusSeconds(60);
        assertThat(bytes.removeOlder(client, past, name -> true)).isZero();
        assertThat(bytes.removeOlder(elsewhere, future, name -> true)).isZero();
        assertThat(bytes.removeOlder(client, future, NAME::equals)).isEqualTo(1);
        assertThatThrownBy(() -> bytes.open(client, NAME)).isInstanceOf(NoSuchFileException.class);
        assertThat(read(bytes.open(client, other))).containsExactly(2);
    }

    @Test
    void leavesAnOldObjectThatGetsItsNameAnewWhileItIsJudged() throws IOException {
        keep(NAME, new byte[] {1});
        LockSupport.parkNanos(20_000_000);
        var between = Instant.now();
        LockSupport.parkNanos(20_000_000);
        assertThat(bytes.removeOlder(client, between, name -> {
                    try {
                        keep(name, new byte[] {2});
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return true;
                }))
                .isZero();
        assertThat(read(bytes.open(client, NAME))).containsExactly(2);
    }

    @Test
    void refusesANameThatCouldBeAPath() {
        for (var name : new String[] {"../" + "a".repeat(61), "", "AB" + "0".repeat(62), NAME + "0"}) {
            assertThatThrownBy(() -> bytes.open(client, name)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
    }

    void keep(String name, byte[] content) throws IOException {
        try (var draft = bytes.draft(client)) {
            draft.sink().write(ByteBuffer.wrap(content));
            draft.seal();
            draft.keep(name);
        }
    }

    static byte[] read(SeekableByteChannel channel) throws IOException {
        try (channel) {
            var buffer = ByteBuffer.allocate((int) channel.size());
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until the end
            }
            return buffer.array();
        }
    }
}
