package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects as files {@code <objects>/<client>/<first two digits>/<name>}. A draft is a file in the temporary folder, which
 * is on the same file system: forced, renamed, and its new folder forced.
 */
final class FileAssetBytes implements AssetBytes {
    private static final Pattern NAME = Pattern.compile("[0-9a-f]{64}");
    private static final String DRAFT_PREFIX = "asset-";

    private final Path objects;
    private final Path temporary;
    private final @Nullable ObjectArchive archive;
    /** Held while a name begins or ends to stand for a file. */
    private final Object naming = new Object();

    /** Opens the folders and removes the drafts that an earlier process left behind. */
    FileAssetBytes(Path objects, Path temporary) throws IOException {
        this(objects, temporary, null);
    }

    /** @param archived where each object is copied to before it gets its name; null for nowhere */
    FileAssetBytes(Path objects, Path temporary, @Nullable Path archived) throws IOException {
        this.objects = objects;
        this.temporary = temporary;
        this.archive = archived == null ? null : new ObjectArchive(archived);
        Files.createDirectories(objects);
        Files.createDirectories(temporary);
        try (var left = Files.newDirectoryStream(temporary, DRAFT_PREFIX + "*")) {
            for (var file : left) {
                Files.delete(file);
            }
        }
    }

    @Override
    public Draft draft(ClientId client) throws IOException {
        var file = Files.createTempFile(temporary, DRAFT_PREFIX, "");
        try {
            return new FileDraft(client, file, FileChannel.open(file, StandardOpenOption.WRITE));
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    @Override
    public SeekableByteChannel open(ClientId client, String name) throws IOException {
        return FileChannel.open(place(client, name), StandardOpenOption.READ);
    }

    @Override
    public int removeOlder(ClientId client, Instant before, Predicate<String> orphan) throws IOException {
        var folder = objects.resolve(client.toString());
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var removed = 0;
        try (var shards = Files.newDirectoryStream(folder)) {
            for (var shard : shards) {
                try (var files = Files.newDirectoryStream(shard)) {
                    for (var file : files) {
                        var name = file.getFileName().toString();
                        if (NAME.matcher(name).matches() && isOlder(file, before) && orphan.test(name)) {
                            removed += removeIfOlder(file, before) ? 1 : 0;
                        }
                    }
                }
            }
        }
        return removed;
    }

    @Override
    public int removeAll(ClientId client) {
        var folder = objects.resolve(client.toString());
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        // A folder's content comes behind it in the walk, so the reverse order empties before it removes.
        try (var tree = Files.walk(folder)) {
            var removed = 0;
            for (var path : tree.toList().reversed()) {
                removed += Files.isRegularFile(path) ? 1 : 0;
                Files.delete(path);
            }
            force(objects);
            return removed;
        } catch (IOException e) {
            throw new UncheckedIOException("the objects of client " + client + " could not all be removed", e);
        }
    }

    private static boolean isOlder(Path file, Instant before) throws IOException {
        return Files.getLastModifiedTime(file).toInstant().isBefore(before);
    }

    private boolean removeIfOlder(Path file, Instant before) throws IOException {
        synchronized (naming) {
            return isOlder(file, before) && Files.deleteIfExists(file);
        }
    }

    private Path place(ClientId client, String name) {
        return folder(client, name).resolve(name);
    }

    private Path folder(ClientId client, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an object's name is 64 lower-case hex digits");
        }
        return objects.resolve(client.toString()).resolve(name.substring(0, 2));
    }

    private final class FileDraft implements Draft {
        private final ClientId client;
        private final Path file;
        private final FileChannel channel;
        private boolean kept;

        FileDraft(ClientId client, Path file, FileChannel channel) {
            this.client = client;
            this.file = file;
            this.channel = channel;
        }

        @Override
        public WritableByteChannel sink() {
            return new Unclosed(channel);
        }

        @Override
        public void seal() throws IOException {
            channel.force(true);
            channel.close();
        }

        @Override
        public SeekableByteChannel read() throws IOException {
            return FileChannel.open(file, StandardOpenOption.READ);
        }

        @Override
        public void keep(String name) throws IOException {
            var folder = folder(client, name);
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
                force(objects.resolve(client.toString()));
                force(objects);
            }
            if (archive != null) {
                // A row that names the object comes later still: whichever point the rows go back to, its copy is
                // there.
                archive.keep(client, name, file);
            }
            synchronized (naming) {
                Files.move(
                        file,
                        folder.resolve(name),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            kept = true;
            force(folder);
        }

        @Override
        public void close() throws IOException {
            channel.close();
            if (!kept) {
                Files.deleteIfExists(file);
            }
        }
    }

    static void force(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A cipher's stream closes what it writes to, but the file has to be forced first. */
    private record Unclosed(FileChannel channel) implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() {}
    }
}
