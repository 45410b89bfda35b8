package io.etalon.server.keys;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.CellTransactions;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.testing.HandClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys and logs over cells of a real PostgreSQL, put together as the app does, with a clock that the test turns. The cells
 * are shared by the test run, since each costs seconds; keys and logs belong to one vault.
 */
public final class TestVault implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static @Nullable Clients clients;

    public final HandClock clock = new HandClock();
    public final Ids ids = new Ids(new SecureRandom(), clock);
    public final DataFolders folders;
    public ClientKeys keys;
    public KeyCare care;
    public Unwraps unwraps;
    KeyRing ring;
    KeyProviders providers;
    public AuditLog log;

    public TestVault() throws IOException {
        folders = new DataFolders(Files.createTempDirectory(Files.createDirectories(Path.of("target/vaults")), "vault-")
                .toAbsolutePath());
        start(TestDatabase.SECRET);
    }

    private void start(InstallationSecret secret) {
        providers = new KeyProviders(folders, secret, ids);
        log = new AuditLog(scope(), new LogSigningKeys(secret, providers, scope(), ids, clock), ids, clock);
        ring = new KeyRing(scope(), providers, log, ids, clock);
        var projects = new ProjectRing(scope(), ring, providers, log, clock);
        keys = new ClientKeys(scope(), ring, projects);
        unwraps = new Unwraps(log);
        care = new KeyCare(scope(), ring, projects, providers, log);
    }

    public static synchronized Clients clients() throws SQLException {
        if (clients == null) {
            var clock = new HandClock();
            clients =
                    Clients.open(TestDatabase.shared(), TestDatabase.SECRET, new Ids(new SecureRandom(), clock), clock);
        }
        return clients;
    }

    /** Writes the installation's list of keepers. */
    void list(List<Map<String, Object>> keepers) throws IOException {
        Files.createDirectories(folders.keys());
        Files.writeString(
                folders.keys().resolve("providers.json"),
                JsonMapper.builder().build().writeValueAsString(keepers));
    }

    /** The keys as a second server process over the same cells and the same list would have them. */
    ClientKeys anotherServersKeys() {
        var others = new KeyProviders(folders, TestDatabase.SECRET, ids);
        var otherRing = new KeyRing(scope(), others, log, ids, clock);
        return new ClientKeys(scope(), otherRing, new ProjectRing(scope(), otherRing, others, log, clock));
    }

    /** The log as a second server process over the same cells would have it. */
    public AuditLog anotherLog(CellTransactions cells) {
        var signers = new LogSigningKeys(TestDatabase.SECRET, providers, scope(), ids, clock);
        return new AuditLog(cells, signers, ids, clock);
    }

    /** Forgets all that is in memory, as a process that was killed and started again; clients are not opened. */
    public void restart() {
        restart(TestDatabase.SECRET);
    }

    /** The same over another passphrase for the keysets. */
    public void restart(InstallationSecret keysetSecret) {
        close();
        start(keysetSecret);
    }

    /** A client with its key and log open. */
    public Client newClient() throws SQLException {
        var client = newCell();
        open(client);
        return client;
    }

    /** A client that has no key yet. */
    public Client newCell() throws SQLException {
        return clients().create("vault-" + NUMBER.incrementAndGet(), "Vault test");
    }

    public void open(Client client) {
        keys.open(client.id());
        log.open(client.id());
    }

    public TenantScope scope() {
        try {
            return clients().scope();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        log.close();
    }
}
