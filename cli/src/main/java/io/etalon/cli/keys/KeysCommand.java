package io.etalon.cli.keys;

import io.etalon.cli.door.Door;
import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** {@code etalon keys}: looks at a client's keys, rotates, disables or enables them. */
@Command(
        name = "keys",
        description = "Look at a client's keys, rotate, disable or enable them.",
        footer = "Exit code 0 when the server did it, 1 when it refused.",
        mixinStandardHelpOptions = true)
public final class KeysCommand implements Callable<Integer> {
    /** What is to be done. */
    enum Act {
        STATUS,
        ROTATE,
        DISABLE,
        ENABLE
    }

    @Parameters(paramLabel = "ACT", description = "status, rotate, disable or enable.")
    @SuppressWarnings("NullAway.Init")
    private Act act;

    @Option(names = "--client", paramLabel = "CLIENT", required = true, description = "The client's short name.")
    @SuppressWarnings("NullAway.Init")
    private String client;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Door door;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        print(ask(), spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private JsonNode ask() throws IOException, InterruptedException {
        var keys = "/clients/" + Door.encoded(client) + "/keys";
        return switch (act) {
            case STATUS -> door.get(keys);
            case ROTATE -> door.post(keys + "/rotate");
            case DISABLE -> door.post(keys + "/disable");
            case ENABLE -> door.post(keys + "/enable");
        };
    }

    private void print(JsonNode keys, PrintWriter out) {
        out.printf(
                "The key of %s is %s, kept by %s.%n",
                client, keys.path("state").asString(), keys.path("provider").asString());
        for (var version : keys.path("versions")) {
            out.printf(
                    "  version %d  %s  %s  made %s%s%n",
                    version.path("version").asInt(),
                    version.path("provider").asString(),
                    version.path("key").asString(),
                    version.path("madeAt").asString(),
                    version.path("retiredAt").isNull()
                            ? ""
                            : ", retired " + version.path("retiredAt").asString());
        }
        for (var project : keys.path("projects")) {
            out.printf(
                    "  project %s  data key version %d%n",
                    project.path("project").asString(),
                    project.at("/versions/0/version").asInt());
        }
    }
}
