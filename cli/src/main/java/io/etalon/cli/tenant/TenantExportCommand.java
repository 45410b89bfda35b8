package io.etalon.cli.tenant;

import io.etalon.cli.door.Door;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.ClientArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon tenant export}: has everything of a client written into one archive, fetches it and verifies it. */
@Command(
        name = "export",
        description = "Have everything of a client written into one archive and fetch it. The key is a requester's.",
        footer = "The file holds the client's data in clear: keep it as you would keep them.",
        mixinStandardHelpOptions = true)
final class TenantExportCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Door door;

    @Option(names = "--client", paramLabel = "SLUG", required = true, description = "The client's short name.")
    @SuppressWarnings("NullAway.Init")
    private String client;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "Where to write the archive.")
    @SuppressWarnings("NullAway.Init")
    private Path target;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        var exports = "/clients/" + Door.encoded(client) + "/exit/exports";
        var id = door.post(exports).path("id").asString("");
        var export = door.get(exports + "/" + id);
        while (export.path("state").asString("").equals("building")) {
            TimeUnit.MILLISECONDS.sleep(500);
            export = door.get(exports + "/" + id);
        }
        if (!export.path("state").asString("").equals("ready")) {
            throw new IOException(
                    "The archive could not be made: " + export.path("failure").asString(""));
        }
        door.download(exports + "/" + id + "/file", target);
        var verified = ClientArchive.verify(target, Optional.empty());
        if (!verified.content().hex().equals(export.path("content").asString(""))) {
            throw new IOException("The file's content is " + verified.content() + ", and the server said "
                    + export.path("content").asString(""));
        }
        out.println("archive  " + target);
        out.println("content  " + verified.content().hex());
        out.println("log      " + verified.head().size() + " entries, signed by " + verified.key());
        out.println("export   " + id + "   (name it when you agree to the client's end here)");
        return ExitCode.DONE;
    }
}
