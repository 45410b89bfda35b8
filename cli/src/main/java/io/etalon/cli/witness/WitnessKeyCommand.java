package io.etalon.cli.witness;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.Cosigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon witness key}: makes a witness's key. */
@Command(name = "key", description = "Make a witness's key and print its public half.", mixinStandardHelpOptions = true)
final class WitnessKeyCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            required = true,
            description = "The witness's name, by custom an address such as witness.example.org.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "Where to write the secret key.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        var cosigner = Cosigner.generate(name, new SecureRandom());
        var posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        var owner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, owner);
        Files.writeString(file, cosigner.secretText() + "\n");
        spec.commandLine().getOut().println(cosigner.key());
        return ExitCode.DONE;
    }
}
