package io.etalon.cli.transfer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which project of which server, and who asks. */
final class ServerOptions {
    private static final String KEY_VARIABLE = "ETALON_KEY";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "The server's address. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private URI url;

    @Option(
            names = "--project",
            paramLabel = "CLIENT/PROJECT",
            required = true,
            description = "The client's short name and the project's id, as in the address of the project's page.")
    @SuppressWarnings("NullAway.Init")
    private String project;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "A file with an API key. Default: the key in the environment variable " + KEY_VARIABLE + ".")
    private @Nullable Path keyFile;

    Remote remote() throws IOException {
        var parts = project.split("/", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new IllegalArgumentException("--project is \"" + project + "\"; it must be CLIENT/PROJECT.");
        }
        var key = keyFile == null ? System.getenv(KEY_VARIABLE) : Files.readString(keyFile);
        if (key == null || key.isBlank()) {
            throw new IllegalArgumentException(
                    "There is no API key; name a file with --key or set " + KEY_VARIABLE + ".");
        }
        return new Remote(url, parts[0], parts[1], key.strip());
    }

    /** The options again, for a command that goes on with this one. */
    String again() {
        return "--project " + project + " --url " + url + (keyFile == null ? "" : " --key " + keyFile);
    }
}
