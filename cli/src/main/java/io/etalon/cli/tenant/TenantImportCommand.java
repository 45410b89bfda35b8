package io.etalon.cli.tenant;

import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.VerifierKey;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Person;
import io.etalon.server.access.Role;
import io.etalon.server.access.SetupLinks;
import io.etalon.server.app.RunningServer;
import io.etalon.server.app.ServerConfig;
import io.etalon.server.app.ServerConfig.Addresses;
import io.etalon.server.app.ServerConfig.Storage;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.exit.ArchiveReading;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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
    /** How long a requester has to come in by the link that is printed. */
    private static final Duration LINK_LIMIT = Duration.ofDays(7);

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

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How browsers will reach the server, for the links. Default: http://localhost:"
                    + ServerConfig.DEFAULT_PORT)
    private @Nullable String publicUrl;

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
        var reached = publicUrl == null ? "http://localhost:" + ServerConfig.DEFAULT_PORT : publicUrl;
        var config = new ServerConfig(
                data, new Addresses("127.0.0.1", 0, 0, reached, null), Storage.of(databaseUrl, passphraseFile));
        try (var server = RunningServer.start(config)) {
            var verified = server.part(ArchiveReading.class).restore(archive, trusted);
            var client = server.part(Clients.class).all().stream()
                    .filter(one -> verified.key().name().equals("etalon/" + one.id()))
                    .findFirst()
                    .orElseThrow();
            out.println("restored " + client.slug());
            out.println("content  " + verified.content().hex());
            out.println("log      goes on at entry " + verified.head().size() + " under a new key");
            server.part(Grants.class).members(client.id()).stream()
                    .filter(member -> member.roles().contains(Role.REQUESTER))
                    .forEach(member -> letIn(server, client, member.person(), out));
            server.part(SetupLinks.class)
                    .issueForFirstOperator()
                    .ifPresent(link -> out.println("next     start the server and use the link that it prints"));
        }
        return ExitCode.DONE;
    }

    /** Who runs the client's projects comes in by a link of his own, once; he invites the others. The link is logged, not its token. */
    private static void letIn(RunningServer server, Client client, Person person, PrintWriter out) {
        if (server.part(People.class).hasCredential(person.id())) {
            out.println("member   " + person.email() + " signs in here as before");
            return;
        }
        var log = server.part(AuditLog.class);
        server.part(TenantScope.class)
                .clientDo(
                        client.id(),
                        tx -> log.append(
                                tx,
                                AuditEvent.of(AuditOp.GRANT, null, "system", null)
                                        .with("what", "sign-in link")
                                        .with("person", log.pseudonym(tx, person.id()))));
        out.println("member   " + person.email() + " comes in once, within " + LINK_LIMIT.toDays() + " days, by");
        out.println("link     " + server.part(SetupLinks.class).issue(person.id(), LINK_LIMIT));
    }
}
