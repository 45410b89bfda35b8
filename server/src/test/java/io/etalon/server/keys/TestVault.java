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
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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
    public AuditLog log;

    public TestVault() throws IOException {
        folders = new DataFolders(Files.createTempDirectory(Files.createDirectories(Path.of("target/vaults")), "vault-")
                .toAbsolutePath());
        start(TestDatabase.SECRET);
    }

    private void start(InstallationSecret secret) {
        var encryption = new KeyEncryption(folders, secret, scope(), clock);
        log = new AuditLog(scope(), new LogSigningKeys(encryption, ids, clock), ids, clock);
        keys = new ClientKeys(scope(), encryption, log, clock);
    }

    public static synchronized Clients clients() throws SQLException {
        if (clients == null) {
            var clock = new HandClock();
            clients =
                    Clients.open(TestDatabase.shared(), TestDatabase.SECRET, new Ids(new SecureRandom(), clock), clock);
        }
        return clients;
    }

    /** The log as a second server process over the same cells would have it. */
    public AuditLog anotherLog(CellTransactions cells) {
        var signers = new LogSigningKeys(new KeyEncryption(folders, TestDatabase.SECRET, scope(), clock), ids, clock);
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
