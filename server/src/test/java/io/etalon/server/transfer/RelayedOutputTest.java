package io.etalon.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is handed on arrives whole and in order, and a fault is told. */
@Timeout(60)
final class RelayedOutputTest {
    @Test
    void handsEverythingOnInItsOrder() throws IOException {
        var random = new Random(1);
        var sent = new ByteArrayOutputStream();
        var arrived = new ByteArrayOutputStream();
        try (var out = new RelayedOutput(arrived)) {
            while (sent.size() < 5_000_000) {
                var some = new byte[random.nextInt(600_000)];
                random.nextBytes(some);
                out.write(some);
                out.write(7);
                sent.writeBytes(some);
                sent.write(7);
            }
        }
        assertThat(arrived.toByteArray()).isEqualTo(sent.toByteArray());
    }

    @Test
    void tellsOfAFaultOfTheOtherSideAndClosesIt() {
        var closed = new AtomicBoolean();
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the disk is full");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
        assertThatThrownBy(() -> {
                    try (var out = new RelayedOutput(full)) {
                        for (var i = 0; i < 100; i++) {
                            out.write(new byte[100_000]);
                        }
                    }
                })
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("the disk is full");
        assertThat(closed).isTrue();
    }

    @Test
    void tellsOfAFaultThatComesWithTheLastBytes() {
        var full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("the disk is full");
            }
        };
        var out = new RelayedOutput(full);
        assertThatThrownBy(() -> {
                    out.write(1);
                    out.close();
                })
                .isInstanceOf(IOException.class)
                .hasRootCauseMessage("the disk is full");
    }
}
