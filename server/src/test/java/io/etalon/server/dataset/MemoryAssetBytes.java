package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Objects in memory, with a point at which a test can let the process die or the disk fill. Thread-safe. */
final class MemoryAssetBytes implements AssetBytes {
    /** Where a fault may strike. */
    enum Point {
        DRAFT,
        WRITE,
        SEAL,
        BEFORE_RENAME,
        AFTER_RENAME
    }

    /** Throws to strike. */
    interface Fault {
        void at(Point point) throws IOException;
    }

    final Map<String, byte[]> objects = new ConcurrentHashMap<>();
    private final Map<String, Instant> times = new HashMap<>();
    final AtomicInteger drafts = new AtomicInteger();
    volatile Fault fault = point -> {};

    @Override
    public Draft draft(ClientId client) throws IOException {
        fault.at(Point.DRAFT);
        drafts.incrementAndGet();
        return new MemoryDraft(client);
    }

    @Override
    public SeekableByteChannel open(ClientId client, String name) throws IOException {
        var content = objects.get(key(client, name));
        if (content == null) {
            throw new NoSuchFileException(name);
        }
        return new MemoryChannel(content);
    }

    @Override
    public int removeOlder(ClientId client, Instant before, Predicate<String> orphan) {
        var removed = 0;
        for (var key : objects.keySet()) {
            var name = key.substring(key.indexOf('/') + 1);
            if (key.startsWith(client + "/") && isOlder(key, before) && orphan.test(name)) {
                synchronized (times) {
                    if (isOlder(key, before) && objects.remove(key) != null) {
                        removed++;
                    }
                }
            }
        }
        return removed;
    }

    @Override
    public int removeAll(ClientId client) {
        var before = objects.size();
        objects.keySet().removeIf(key -> key.startsWith(client + "/"));
        return before - objects.size();
    }

    private boolean isOlder(String key, Instant before) {
        synchronized (times) {
            return times.getOrDefault(key, Instant.MAX).isBefore(before);
        }
    }

    static String key(ClientId client, String name) {
        if (!name.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not an object's name");
        }
        return client + "/" + name;
    }

    private final class MemoryDraft implements Draft {
        private final ClientId client;
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();

        MemoryDraft(ClientId client) {
            this.client = client;
        }

        @Override
        public WritableByteChannel sink() {
            var channel = Channels.newChannel(content);
            return new WritableByteChannel() {
                @Override
                public int write(ByteBuffer source) throws IOException {
                    fault.at(Point.WRITE);
                    return channel.write(source);
                }

                @Override
                public boolean isOpen() {
                    return true;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void seal() throws IOException {
            fault.at(Point.SEAL);
        }

        @Override
        public SeekableByteChannel read() {
            return new MemoryChannel(content.toByteArray());
        }

        @Override
        public void keep(String name) throws IOException {
            fault.at(Point.BEFORE_RENAME);
            synchronized (times) {
                objects.put(key(client, name), content.toByteArray());
                times.put(key(client, name), Instant.now());
            }
            fault.at(Point.AFTER_RENAME);
        }

        @Override
        public void close() {
            drafts.decrementAndGet();
        }
    }

    private static final class MemoryChannel implements SeekableByteChannel {
        private final ByteBuffer content;

        MemoryChannel(byte[] content) {
            this.content = ByteBuffer.wrap(content);
        }

        @Override
        public int read(ByteBuffer target) {
            if (!content.hasRemaining()) {
                return -1;
            }
            var count = Math.min(content.remaining(), target.remaining());
            target.put(content.slice(content.position(), count));
            content.position(content.position() + count);
            return count;
        }

        @Override
        public int write(ByteBuffer source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long position() {
            return content.position();
        }

        @Override
        public SeekableByteChannel position(long position) {
            content.position((int) Math.min(position, content.limit()));
            return this;
        }

        @Override
        public long size() {
            return content.limit();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
