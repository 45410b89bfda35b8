package io.etalon.cli.transfer;

import io.etalon.cli.door.Door;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which project of which server, and who asks. */
final class ServerOptions {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Door door;

    @Option(
            names = "--project",
            paramLabel = "CLIENT/PROJECT",
            required = true,
            description = "The client's short name and the project's id, as in the address of the project's page.")
    @SuppressWarnings("NullAway.Init")
    private String project;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec mixee;

    Remote remote() {
        var parts = project.split("/", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw new ParameterException(
                    mixee.commandLine(),
                    "--project is \"" + project
                            + "\"; it must be CLIENT/PROJECT, as in the address of the project's page");
        }
        return new Remote(door, "/clients/" + Door.encoded(parts[0]) + "/projects/" + Door.encoded(parts[1]));
    }

    /** The options again, for a command that goes on with this one. */
    String again() {
        return "--project " + project + " " + door.again();
    }
}
