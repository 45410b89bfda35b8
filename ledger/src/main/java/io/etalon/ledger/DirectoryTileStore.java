package io.etalon.ledger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/**
 * Tiles as files under the paths of C2SP tlog-tiles, so that the directory can be served as it stands. A file appears
 * whole (written beside, then moved). Safe for many readers and one writer.
 */
public final class DirectoryTileStore implements TileStore {
    private final Path root;

    /** {@code root} holds the directory {@code tile}; it is made when the first tile is written. */
    public DirectoryTileStore(Path root) {
        this.root = root;
    }

    @Override
    public byte[] read(TileId id) {
        try {
            return Arrays.copyOf(readFile(id), id.byteLength());
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("no tile " + id.path() + " under " + root, e);
        } catch (IOException e) {
            throw new UncheckedIOException("tile " + id.path(), e);
        }
    }

    /** A partial tile may be gone once a wider one exists (tlog-tiles, "Partial Tiles"): fall back to wider ones. */
    private byte[] readFile(TileId id) throws IOException {
        for (var width = id.width(); width <= TileId.FULL; width++) {
            var wider = new TileId(id.level(), id.index(), width);
            var file = root.resolve(wider.path());
            if (Files.exists(file)) {
                var bytes = Files.readAllBytes(file);
                if (bytes.length != wider.byteLength()) {
                    throw new IllegalStateException(
                            "tile " + wider.path() + " has " + bytes.length + " bytes, not " + wider.byteLength());
                }
                return bytes;
            }
        }
        throw new NoSuchFileException(root.resolve(id.path()).toString());
    }

    @Override
    public void write(TileId id, byte[] hashes) {
        if (hashes.length != id.byteLength()) {
            throw new IllegalArgumentException(
                    "tile " + id.path() + " has " + id.byteLength() + " bytes, not " + hashes.length);
        }
        try {
            var file = root.resolve(id.path());
            Files.createDirectories(file.getParent());
            var beside = Files.createTempFile(file.getParent(), "tile", ".new");
            Files.write(beside, hashes);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("tile " + id.path(), e);
        }
    }
}
