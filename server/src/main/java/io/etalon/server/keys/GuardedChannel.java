package io.etalon.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Plain bytes that stay readable only while the key may be used: a long reading ends when the key is taken away. */
final class GuardedChannel implements SeekableByteChannel {
    private final SeekableByteChannel plain;
    private final Runnable guard;

    GuardedChannel(SeekableByteChannel plain, Runnable guard) {
        this.plain = plain;
        this.guard = guard;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        guard.run();
        return plain.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return plain.write(from);
    }

    @Override
    public long position() throws IOException {
        return plain.position();
    }

    @Override
    public SeekableByteChannel position(long to) throws IOException {
        plain.position(to);
        return this;
    }

    @Override
    public long size() throws IOException {
        return plain.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
        plain.truncate(size);
        return this;
    }

    @Override
    public boolean isOpen() {
        return plain.isOpen();
    }

    @Override
    public void close() throws IOException {
        plain.close();
    }
}
