package io.etalon.cli.tenant;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.exit.ArchiveReading;
import io.etalon.server.tenant.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code etalon tenant import}: restores a client from an archive into a data directory that no server uses. */
@Command(
        name = "import",
        description = "Restore a client from an archive, under new keys; the server must not run meanwhile.",
        mixinStandardHelpOptions = true)
final class TenantImportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "ARCHIVE.zip", description = "What `etalon tenant export` wrote.")
    @SuppressWarnings("NullAway.Init")
    private Path archive;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "The data directory to restore into. Default: ./data")
    @SuppressWarnings("NullAway.Init")
    private Path data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "The PostgreSQL that the installation uses instead of the embedded one.")
    private @Nullable String databaseUrl;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Where the installation's passphrase is kept. Default: DIR/keys/passphrase")
    private @Nullable Path passphraseFile;

    @Option(
            names = "--log-key",
            paramLabel = "FILE",
            description = "The verifier key of the client's log, got by another way; without it the archive's own.")
    private @Nullable Path logKey;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException {
        if (!Files.isRegularFile(archive)) {
            throw new IllegalArgumentException("There is no file " + archive + ".");
        }
        var trusted = logKey == null
                ? Optional.<VerifierKey>empty()
                : Optional.of(VerifierKey.parse(Files.readString(logKey).strip()));
        var out = spec.commandLine().getOut();
        var config = new ServerConfig(data, "127.0.0.1", 0, 0, null, null, databaseUrl, passphraseFile);
        try (var server = RunningServer.start(config)) {
            var verified = server.part(ArchiveReading.class).restore(archive, trusted);
            out.println("restored " + verified.facts().get("slug").orElseThrow());
            out.println("content  " + verified.content().hex());
            out.println("log      goes on at entry " + verified.head().size() + " under a new key");
            var client = server.part(Clients.class).all().stream()
                    .filter(one -> verified.key().name().equals("etalon/" + one.id()))
                    .findFirst()
                    .orElseThrow();
            server.part(Grants.class).members(client.id()).stream()
                    .filter(member -> member.roles().contains(Role.REQUESTER))
                    .forEach(member -> out.println("member   " + member.person().email()
                            + " has no password here yet; an operator sends a link"));
            server.part(SetupLinks.class)
                    .issueForFirstOperator()
                    .ifPresent(link -> out.println("next     start the server and use the link that it prints"));
        }
        return ExitCode.DONE;
    }
}
