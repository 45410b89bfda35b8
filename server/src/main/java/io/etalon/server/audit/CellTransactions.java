package io.etalon.server.audit;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;

/** The port through which the log reaches a client's database; the tenant feature implements it. Thread-safe. */
public interface CellTransactions {
    /** Runs work in a transaction of its own on the client's database; see {@link Tx.Work}. */
    <T> T client(ClientId client, Tx.Work<T> work);
}
