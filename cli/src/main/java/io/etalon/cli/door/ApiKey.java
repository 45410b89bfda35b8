package io.etalon.cli.door;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The API key of who asks, from a file or the environment. Not thread-safe. */
public final class ApiKey {
    private static final String VARIABLE = "ETALON_KEY";

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A file with an API key. Default: the key in the environment variable " + VARIABLE + ".")
    private @Nullable Path file;

    /**
     * A request that carries the key.
     *
     * @throws IllegalArgumentException when there is none
     * @throws IOException when its file cannot be read
     */
    public HttpRequest.Builder request(URI address) throws IOException {
        var key = file == null ? System.getenv(VARIABLE) : read(file);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException("There is no API key; name a file with --key or set " + VARIABLE + ".");
        }
        return HttpRequest.newBuilder(address).header("Authorization", "Bearer " + key.strip());
    }

    private static String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("There is no file " + file
                    + " with an API key; --key names one that holds the key alone, as it was shown when it was made.");
        }
        return Files.readString(file);
    }

    /** The option again, with a space before it, for a command that goes on with this one; nothing of the environment's. */
    String again() {
        return file == null ? "" : " --key " + file;
    }
}
