package io.etalon.server.tenant;

import io.etalon.server.audit.CellTransactions;
import io.etalon.server.audit.ControlTransactions;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The only way to a database connection: the control database, the vault, or the cell of one client. A transaction that was
 * opened for one client cannot name another client's data, since its login may connect to no other database.
 * Thread-safe.
 */
public final class TenantScope implements AutoCloseable, CellTransactions, ControlTransactions {
    static final String CONTROL_DATABASE = "etalon_control";
    static final String VAULT_DATABASE = "etalon_vault";

    private final DatabaseServer server;
    private final InstallationSecret secret;
    private final UUID node = UUID.randomUUID();
    private final ConcurrentMap<ClientId, Cell> cells = new ConcurrentHashMap<>();
    private final List<Consumer<ClientId>> closers = new CopyOnWriteArrayList<>();
    private final Cell control;
    private final Cell vault;

    TenantScope(DatabaseServer server, InstallationSecret secret) {
        this.server = server;
        this.secret = secret;
        this.control = new Cell(server, CONTROL_DATABASE, CONTROL_DATABASE, password(CONTROL_DATABASE));
        this.vault = new Cell(server, VAULT_DATABASE, VAULT_DATABASE, password(VAULT_DATABASE));
    }

    /** The name of this server process among those that share the database; another one after each start. */
    public UUID node() {
        return node;
    }

    /** A connection to the control database for one who listens; the caller closes it. */
    public Connection dedicatedControl() throws SQLException {
        return control.connection();
    }

    /** Runs work in a transaction on the control database. */
    @Override
    public <T> T control(Tx.Work<T> work) {
        return control.transaction(work);
    }

    /** The same without a result. */
    public void controlDo(Tx.Action action) {
        control.transaction(tx -> {
            action.run(tx);
            return Boolean.TRUE;
        });
    }

    /** Runs work in a transaction on the vault of identities, which no other role may connect to. */
    public <T> T vault(Tx.Work<T> work) {
        return vault.transaction(work);
    }

    /**
     * Runs work in a transaction on a client's database.
     *
     * @throws EtalonException not found, when there is no such client
     */
    @Override
    public <T> T client(ClientId client, Tx.Work<T> work) {
        return cell(client).transaction(work);
    }

    /** The same without a result. */
    public void clientDo(ClientId client, Tx.Action action) {
        client(client, tx -> {
            action.run(tx);
            return Boolean.TRUE;
        });
    }

    /**
     * A connection of its own for a long-lived writer, with auto-commit off, taken from the client's pool; the caller
     * closes it. Advisory locks taken on it end with it.
     */
    public Connection dedicated(ClientId client) throws SQLException {
        return cell(client).connection();
    }

    /**
     * Opens a transaction that the caller commits himself, at a moment that something else depends on. Closing it without
     * a commit undoes it.
     *
     * @throws EtalonException not found, when there is no such client
     */
    public OpenTransaction begin(ClientId client) throws SQLException {
        return cell(client).begin();
    }

    /** What all pools do now, for the operator's measurements. */
    public PoolLoad load() {
        return cells.values().stream().map(Cell::load).reduce(control.load().plus(vault.load()), PoolLoad::plus);
    }

    void open(Client client) {
        cells.computeIfAbsent(
                client.id(), id -> new Cell(server, client.database(), client.role(), password(client.role())));
    }

    /** Calls a listener whenever a client's cell is closed for good: what is kept of it in memory must go. */
    public void onClose(Consumer<ClientId> closer) {
        closers.add(closer);
    }

    /** Ends all access to a cell: connections, and what others keep of it in memory. Can be repeated. */
    void close(ClientId client) {
        var cell = cells.remove(client);
        closers.forEach(closer -> closer.accept(client));
        if (cell != null) {
            cell.close();
        }
    }

    String password(String role) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.derive("database login " + role));
    }

    private Cell cell(ClientId client) {
        var cell = cells.get(client);
        if (cell == null) {
            throw EtalonException.notFound();
        }
        return cell;
    }

    @Override
    public void close() {
        cells.values().forEach(Cell::close);
        control.close();
        vault.close();
    }
}
