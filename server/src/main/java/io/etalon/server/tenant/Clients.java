package io.etalon.server.tenant;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The clients of this installation and their cells. Opening it creates or migrates the control database, the vault and every cell,
 * one after the other; a migration that was cut off is taken up again at the next start. Thread-safe.
 */
public final class Clients implements AutoCloseable {
    static final ErrorCode SLUG_TAKEN = ErrorCode.of("slug-taken", ErrorKind.CONFLICT, "This client name is taken");
    private static final Pattern SLUG = Pattern.compile("[a-z][a-z0-9-]{1,31}");

    private final CellFoundry foundry;
    private final TenantScope scope;
    private final Ids ids;
    private final Clock clock;
    private final ClientStore store = new ClientStore();
    private final ConcurrentMap<String, Client> bySlug = new ConcurrentHashMap<>();
    private final List<Consumer<Client>> openers = new ArrayList<>();

    private Clients(CellFoundry foundry, TenantScope scope, Ids ids, Clock clock) {
        this.foundry = foundry;
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Opens the control database and all cells.
     *
     * @throws EtalonException when the server does not answer, or its catalogue breaks a rule of isolation
     */
    public static Clients open(DatabaseServer server, InstallationSecret secret, Ids ids, Clock clock)
            throws SQLException {
        var scope = new TenantScope(server, secret);
        var foundry = new CellFoundry(server, scope);
        var clients = new Clients(foundry, scope, ids, clock);
        try (var alone = foundry.alone()) {
            foundry.prepareControl();
            foundry.prepareVault();
            for (var client : scope.control(clients.store::all)) {
                foundry.prepare(client);
                clients.opened(client);
            }
            foundry.lint();
            return clients;
        }
    }

    /** Opens the clients that another server of this installation made. */
    public synchronized void adopt() {
        for (var client : scope.control(store::all)) {
            if (!bySlug.containsKey(client.slug()) && foundry.isPrepared(client)) {
                opened(client);
            }
        }
    }

    public TenantScope scope() {
        return scope;
    }

    /** Calls a listener for each client that is open now, and for each that is opened later. */
    public synchronized void onOpen(Consumer<Client> opener) {
        openers.add(opener);
        bySlug.values().forEach(opener);
    }

    /**
     * Creates a client with its cell: database, login role, pool.
     *
     * @throws EtalonException invalid slug or name; conflict, when the slug is taken
     */
    public Client create(String slug, String name) throws SQLException {
        var client = scope.control(tx -> register(tx, slug, name));
        complete(client.slug());
        return client;
    }

    /**
     * Enters a client in the control database. It has no cell and is not found until {@link #complete} was called after
     * the commit; what is cut off in between is completed at the next start.
     *
     * @throws EtalonException as {@link #create}
     */
    public Client register(Tx controlTx, String slug, String name) {
        if (!SLUG.matcher(slug).matches()) {
            throw EtalonException.invalidAt(
                    "/slug",
                    "is “" + slug
                            + "”; it must be 2 to 32 lower-case letters, digits or hyphens and begin with a letter");
        }
        if (name.isBlank() || name.length() > 200) {
            throw EtalonException.invalidAt("/name", "must have 1 to 200 characters");
        }
        var client = new Client(new ClientId(ids.next()), slug, name.strip(), clock.instant());
        if (!store.insert(controlTx, client)) {
            throw new EtalonException(SLUG_TAKEN, "A client named “" + slug + "” exists; choose another slug.");
        }
        return client;
    }

    /** Makes and opens the cell of a registered client, unless that is done. Can be repeated. */
    public synchronized Client complete(String slug) throws SQLException {
        var open = bySlug.get(slug);
        if (open != null) {
            return open;
        }
        var client = scope.control(store::all).stream()
                .filter(one -> one.slug().equals(slug))
                .findFirst()
                .orElseThrow(EtalonException::notFound);
        try (var alone = foundry.alone()) {
            foundry.prepare(client);
        }
        opened(client);
        return client;
    }

    private synchronized void opened(Client client) {
        scope.open(client);
        bySlug.put(client.slug(), client);
        openers.forEach(opener -> opener.accept(client));
    }

    /**
     * Enters a client that comes from elsewhere with its own id. Its cell is made empty and filled by {@code filling},
     * which may use {@link TenantScope} for this client; the client is found by others, and its listeners called, after
     * {@code registering} was committed to the control database. When anything fails, nothing is left of it.
     *
     * @param registering writes what the control database knows of the client, beyond the row of the client itself
     * @throws EtalonException conflict, when the id or the slug is taken
     */
    public synchronized void restore(Client client, AdminWork filling, Tx.Action registering) throws SQLException {
        if (scope.control(tx -> store.exists(tx, client.id()))) {
            throw new EtalonException(
                    SLUG_TAKEN, "The client “" + client.slug() + "” is here already, under the same id.");
        }
        // What an attempt left that was cut off belongs to nobody.
        foundry.drop(client);
        try {
            foundry.prepare(client);
            scope.open(client);
            filling.run(foundry.admin(client));
            foundry.adminOfControl().transaction(tx -> {
                if (!store.insert(tx, client)) {
                    throw new EtalonException(
                            SLUG_TAKEN,
                            "Another client here is named “" + client.slug() + "”; its slug must go first.");
                }
                registering.run(tx);
                return Boolean.TRUE;
            });
        } catch (SQLException | RuntimeException e) {
            scope.close(client.id());
            foundry.drop(client);
            throw e;
        }
        opened(client);
    }

    /** What fills a restored cell, with the administrator's login. */
    @FunctionalInterface
    public interface AdminWork {
        void run(AdminDoor door) throws SQLException;
    }

    /** Marks a client as one that is about to be destroyed: no start opens it any more. Call {@link #close} after the commit. */
    public void leaving(Tx controlTx, Client client) {
        store.leaving(controlTx, client.id(), clock.instant());
    }

    /** Ends every access to a client that is {@link #leaving}; from now on it is not found. Can be repeated. */
    public synchronized void close(Client client) {
        bySlug.remove(client.slug(), client);
        scope.close(client.id());
    }

    /**
     * Drops the database and the login role of a closed client and what the control database knows of it, and has
     * PostgreSQL give up the space and the write-ahead log that held them. Can be repeated.
     *
     * @param forgetting deletes the rows of other features that name the client, and returns the tables it wrote to
     */
    public void destroy(Client client, Tx.Work<List<String>> forgetting) throws SQLException {
        foundry.drop(client);
        var control = foundry.adminOfControl();
        List<String> tables = control.transaction(tx -> {
            var written = forgetting.run(tx);
            tx.db()
                    .sql("delete from client where id = ?")
                    .param(client.id().value())
                    .update();
            return written;
        });
        foundry.scrub(tables);
    }

    /** Whether a database or a role of this client is there. */
    public boolean hasCell(Client client) throws SQLException {
        return foundry.exists(client);
    }

    public Optional<Client> find(String slug) {
        return Optional.ofNullable(bySlug.get(slug));
    }

    public Optional<Client> find(ClientId id) {
        return bySlug.values().stream().filter(c -> c.id().equals(id)).findFirst();
    }

    /** All clients in order of their slugs. */
    public List<Client> all() {
        return bySlug.values().stream()
                .sorted(java.util.Comparator.comparing(Client::slug))
                .toList();
    }

    @Override
    public void close() {
        scope.close();
    }
}
