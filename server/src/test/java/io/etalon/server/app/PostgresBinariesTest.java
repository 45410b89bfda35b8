package io.etalon.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesTest {
    @TempDir
    Path folder;

    private Path unfinished;

    @BeforeEach
    void unpackSomething() throws IOException {
        unfinished = Files.createDirectory(folder.resolve("unpacking-7"));
        Files.writeString(unfinished.resolve("postgres"), "its own");
    }

    @Test
    void takesTheCopyOfAServerThatStartedAtTheSameTimeAndWasFirst() throws Exception {
        var home = Files.createDirectory(folder.resolve("postgresql"));
        Files.writeString(home.resolve("postgres"), "the other's");

        PostgresBinaries.moveIntoPlace(unfinished, home);

        assertThat(home.resolve("postgres")).hasContent("the other's");
        assertThat(unfinished).doesNotExist();
    }

    @Test
    void tellsThatTheCopyCannotBePutInItsPlace() {
        var nowhere = folder.resolve("gone").resolve("postgresql");

        assertThatThrownBy(() -> PostgresBinaries.moveIntoPlace(unfinished, nowhere))
                .isInstanceOf(FileSystemException.class);
        assertThat(unfinished).exists();
    }
}
