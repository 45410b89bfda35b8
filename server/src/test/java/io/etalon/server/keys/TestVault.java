package io.etalon.server.keys;

import io.etalon.server.app.TestDatabase;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.CellTransactions;
import io.etalon.server.audit.LogSigners;
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

/** Cells, keys and logs over a real PostgreSQL, put together as the app does, with a clock that the test turns. */
public final class TestVault implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    public final HandClock clock = new HandClock();
    public final Ids ids = new Ids(new SecureRandom(), clock);
    public final DataFolders folders;
    public Clients clients;
    public ClientKeys keys;
    public AuditLog log;

    public TestVault() throws IOException, SQLException {
        folders = new DataFolders(
                Files.createTempDirectory(Files.createDirectories(Path.of("target/vaults")), "vault-")
                        .toAbsolutePath());
        start(TestDatabase.SECRET);
    }

    private void start(InstallationSecret secret) throws SQLException {
        clients = Clients.open(TestDatabase.shared(), TestDatabase.SECRET, ids, clock);
        var encryption = new KeyEncryption(folders, secret, clients.scope(), clock);
        log = new AuditLog(clients.scope(), new LogSigningKeys(encryption, ids, clock), ids, clock);
        keys = new ClientKeys(clients.scope(), encryption, log, clock);
    }

    /** What a second server process over the same cells and keys would have. */
    public AuditLog anotherLog(CellTransactions cells) {
        return new AuditLog(cells, signers(), ids, clock);
    }

    public LogSigners signers() {
        return new LogSigningKeys(new KeyEncryption(folders, TestDatabase.SECRET, scope(), clock), ids, clock);
    }

    /** As a process that was killed and started again; clients are not opened. */
    public void restart() throws SQLException {
        close();
        start(TestDatabase.SECRET);
    }

    /** The same over another passphrase for the keysets. */
    public void restart(InstallationSecret keysetSecret) throws SQLException {
        close();
        start(keysetSecret);
    }

    /** A client with its key and log open. */
    public Client newClient() throws SQLException {
        var client = clients.create("vault-" + NUMBER.incrementAndGet(), "Vault test");
        open(client);
        return client;
    }

    public void open(Client client) {
        keys.open(client.id());
        log.open(client.id());
    }

    public TenantScope scope() {
        return clients.scope();
    }

    @Override
    public void close() {
        log.close();
        clients.close();
    }
}
