package io.etalon.cli.vendor;

import io.etalon.cli.door.Door;
import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code etalon vendor drain}: takes all work out of a vendor's hands and tells what it left behind. */
@Command(
        name = "drain",
        description = {
            "Leave a vendor: its people lose their roles and keys, open leases are fenced, their work goes to others.",
            "Returns when nothing is in their hands any more, and prints the hand-over report."
        },
        footer = "Exit code 0 when the vendor is drained, 1 when it is not.",
        mixinStandardHelpOptions = true)
final class DrainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "VENDOR", description = "The organisation's id; of an in-house team the workforce's.")
    @SuppressWarnings("NullAway.Init")
    private UUID vendor;

    /** One client, or all of them. */
    static final class Scope {
        @Option(names = "--client", paramLabel = "CLIENT", description = "The client's short name.")
        private @Nullable String client;

        @Option(names = "--all-clients", description = "At all clients; with an operator's key.")
        private boolean everywhere;
    }

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Scope scope;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why, for the log and the report.")
    @SuppressWarnings("NullAway.Init")
    private String reason;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Door door;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var where = scope.client == null ? "" : "/clients/" + Door.encoded(scope.client);
        var request = JsonNodeFactory.instance.objectNode().put("reason", reason);
        var items = door.post(where + "/vendors/" + vendor + "/drain", request).path("items");
        items.forEach(scope.client == null ? this::client : this::report);
        return ExitCode.DONE;
    }

    private void client(JsonNode line) {
        out().printf(
                        "%s: %d people out, %d leases ended%n",
                        line.path("client").asString(),
                        line.path("people").asInt(),
                        line.path("leasesEnded").asInt());
    }

    private void report(JsonNode report) {
        out().printf(
                        "%s (%s): %d people out%n",
                        report.path("workforceName").asString(),
                        report.path("vendorName").asString(),
                        report.path("people").size());
        report.path("projects")
                .forEach(project -> out().printf(
                                "  %s: %d leases ended, %d returned answers moved, %d kept, %d answers stay, %d wait for %d people%n",
                                project.path("name").asString(),
                                project.path("leasesEnded").asInt(),
                                project.path("returnedMoved").asInt(),
                                project.path("returnedKept").asInt(),
                                project.path("answers").asLong(),
                                project.path("waiting").asLong(),
                                project.path("annotatorsLeft").asInt()));
        report.path("costs")
                .properties()
                .forEach(due ->
                        out().printf("  due so far: %s %s%n", due.getValue().asString(), due.getKey()));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
