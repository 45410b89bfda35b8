package io.etalon.server.dataset;

import io.etalon.server.base.ClientId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Copies of objects for a recovery to an earlier point, as files {@code <client>/<first two digits>/<name>.<milliseconds>}: the
 * time is when the object's bytes were written. Nothing is overwritten and nothing is removed: an object that was sealed
 * anew under another key, or swept, is there as it was at every point. Thread-safe.
 */
public final class ObjectArchive {
    private final Path folder;

    /** @param folder made with the first copy */
    public ObjectArchive(Path folder) {
        this.folder = folder;
    }

    /** Copies a sealed draft; when it returns, the copy survives a power cut. */
    void keep(ClientId client, String name, Path sealed) throws IOException {
        var shard = folder.resolve(client.toString()).resolve(name.substring(0, 2));
        if (!Files.isDirectory(shard)) {
            Files.createDirectories(shard);
            FileAssetBytes.force(folder.resolve(client.toString()));
            FileAssetBytes.force(folder);
        }
        var copy = shard.resolve(name + "." + Files.getLastModifiedTime(sealed).toMillis());
        copy(sealed, copy);
        FileAssetBytes.force(shard);
    }

    /** Copies a file whole or not at all, and forces its bytes. */
    private static void copy(Path from, Path to) throws IOException {
        var unfinished = Files.createTempFile(to.getParent(), "unfinished-", "");
        try {
            Files.copy(from, unfinished, StandardCopyOption.REPLACE_EXISTING);
            try (var channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /**
     * Lays the objects that were there at a point into a folder of objects, in place of those that are in it already: of each
     * name the newest version that is not younger than the point, or the oldest when all are.
     *
     * @return how many
     * @throws IOException when the archive cannot be read, or the folder not be written
     */
    public long layInto(Path objects, Instant point) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        var laid = 0L;
        try (var clients = Files.newDirectoryStream(folder)) {
            for (var client : clients) {
                try (var shards = Files.newDirectoryStream(client)) {
                    for (var shard : shards) {
                        var target = objects.resolve(client.getFileName()).resolve(shard.getFileName());
                        laid += layShard(shard, target, point.toEpochMilli());
                    }
                }
            }
        }
        return laid;
    }

    private static long layShard(Path shard, Path target, long point) throws IOException {
        Map<String, Long> chosen = new HashMap<>();
        try (var files = Files.newDirectoryStream(shard, "*.*")) {
            for (var file : files) {
                var parts = file.getFileName().toString().split("\\.", 2);
                chosen.merge(parts[0], Long.parseLong(parts[1]), (one, other) -> better(one, other, point));
            }
        }
        Files.createDirectories(target);
        for (var one : chosen.entrySet()) {
            copy(shard.resolve(one.getKey() + "." + one.getValue()), target.resolve(one.getKey()));
        }
        FileAssetBytes.force(target);
        return chosen.size();
    }

    private static long better(long one, long other, long point) {
        var older = Math.min(one, other);
        var younger = Math.max(one, other);
        return younger <= point ? younger : older;
    }
}
