package io.etalon.server.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAssetBytesTest extends AssetBytesContract {
    @TempDir
    Path folder;

    @Override
    AssetBytes empty() throws IOException {
        return new FileAssetBytes(folder.resolve("objects"), folder.resolve("temporary"));
    }

    @Override
    int drafts() throws IOException {
        try (var files = Files.list(folder.resolve("temporary"))) {
            return (int) files.count();
        }
    }

    @Test
    void removesTheDraftsOfAProcessThatDied() throws IOException {
        keep(NAME, new byte[] {1});
        var abandoned = bytes.draft(client);
        abandoned.sink().write(ByteBuffer.wrap(new byte[] {1}));
        assertThat(drafts()).isEqualTo(1);

        bytes = empty();
        assertThat(drafts()).isZero();
        assertThat(read(bytes.open(client, NAME))).containsExactly(1);
    }

    @Test
    void spreadsObjectsOverFoldersOfTheClient() throws IOException {
        keep(NAME, new byte[] {1});
        assertThat(folder.resolve("objects")
                        .resolve(client.toString())
                        .resolve("ab")
                        .resolve(NAME))
                .isRegularFile();
    }
}
