package io.etalon.server.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Hands what is written on to a thread of its own, {@value #BUFFERS} buffers of {@value #BUFFER} bytes at most: hashing and
 * sealing go on beside reading and forming. A fault of the other side is thrown by a later call, at the latest by
 * {@link #close}, which waits until everything has arrived and closes the target. Written by one thread.
 */
final class RelayedOutput extends OutputStream {
    private static final int BUFFER = 1 << 18;
    private static final int BUFFERS = 4;

    /** Bytes on their way; the last has none. */
    private record Chunk(byte[] bytes, int length) {}

    private final OutputStream target;
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(BUFFERS);
    private final BlockingQueue<byte[]> free = new ArrayBlockingQueue<>(BUFFERS);
    private final Thread relay;
    private byte[] buffer = new byte[BUFFER];
    private int filled;
    private boolean closed;
    private volatile @Nullable Throwable fault;

    RelayedOutput(OutputStream target) {
        this.target = target;
        for (var i = 1; i < BUFFERS; i++) {
            free.add(new byte[BUFFER]);
        }
        relay = Thread.ofPlatform().name("export-relay").daemon().start(this::relay);
    }

    private void relay() {
        try {
            for (var chunk = full.take(); chunk.length() > 0; chunk = full.take()) {
                // After a fault the writer must still find free buffers, to be told of it.
                if (fault == null) {
                    pass(chunk);
                }
                free.add(chunk.bytes());
            }
        } catch (InterruptedException e) {
            fault = e;
        }
    }

    private void pass(Chunk chunk) {
        try {
            target.write(chunk.bytes(), 0, chunk.length());
        } catch (IOException | RuntimeException | Error e) {
            fault = e;
        }
    }

    @Override
    public void write(int b) throws IOException {
        if (filled == BUFFER) {
            hand();
        }
        buffer[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        var at = offset;
        while (at < offset + length) {
            if (filled == BUFFER) {
                hand();
            }
            var some = Math.min(offset + length - at, BUFFER - filled);
            System.arraycopy(bytes, at, buffer, filled, some);
            filled += some;
            at += some;
        }
    }

    private void hand() throws IOException {
        check();
        try {
            full.put(new Chunk(buffer, filled));
            filled = 0;
            buffer = free.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
    }

    private void check() throws IOException {
        var known = fault;
        if (known != null) {
            throw new IOException("what was written could not be kept", known);
        }
    }

    /** Gives on what is left, waits for the other side and closes the target; a second time it does nothing. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (target) {
            if (filled > 0) {
                full.put(new Chunk(buffer, filled));
            }
            full.put(new Chunk(new byte[0], 0));
            relay.join();
        } catch (InterruptedException e) {
            relay.interrupt();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while writing");
        }
        check();
    }
}
