package io.etalon.cli.tenant;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code etalon tenant}: a client takes everything along, goes on elsewhere, and is destroyed here. */
@Command(
        name = "tenant",
        description = "Take a client out whole, restore it elsewhere, destroy what is left.",
        mixinStandardHelpOptions = true,
        subcommands = {TenantExportCommand.class, TenantImportCommand.class, TenantDestroyCommand.class})
public final class TenantCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
