package io.etalon.cli.tenant;

import io.etalon.cli.door.Door;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.ExitCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code etalon tenant destroy}: orders the end of a client that has agreed to it, and keeps the certificate. */
@Command(
        name = "destroy",
        description = {
            "Destroy a client that has agreed: its key, its objects, its database. The key is an operator's.",
            "Nothing brings it back but an archive that was made before."
        },
        mixinStandardHelpOptions = true)
final class TenantDestroyCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Door door;

    @Option(names = "--client", paramLabel = "SLUG", required = true, description = "The client's short name.")
    @SuppressWarnings("NullAway.Init")
    private String client;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            required = true,
            description = "Where to write the signed certificate; `etalon verify FILE` checks it.")
    @SuppressWarnings("NullAway.Init")
    private Path certificate;

    @Option(
            names = "--typed",
            paramLabel = "SLUG",
            description = "The short name once more, for scripts; without it you are asked to type it.")
    private @Nullable String typed;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var answer = typed;
        if (answer == null) {
            out.print("This destroys all data of “" + client + "” for good. Type its short name to go on: ");
            out.flush();
            answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        }
        if (!client.equals(answer)) {
            throw new IllegalArgumentException("That is not “" + client + "”; nothing was done.");
        }
        var reply =
                door.post("/departures", JsonNodeFactory.instance.objectNode().put("slug", client));
        var signed = reply.path("certificate").asString("").getBytes(StandardCharsets.UTF_8);
        Files.write(certificate, signed);
        var read = ExitCertificate.open(signed, Optional.empty());
        out.println("destroyed   " + client);
        out.println("certificate " + certificate + ", signed by " + read.key());
        return ExitCode.DONE;
    }
}
