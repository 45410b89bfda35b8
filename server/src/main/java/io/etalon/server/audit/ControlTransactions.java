package io.etalon.server.audit;

import io.etalon.server.base.Tx;

/** The port through which the operator's log reaches the control database; the tenant feature implements it. Thread-safe. */
public interface ControlTransactions {
    /** Runs work in a transaction of its own on the control database; see {@link Tx.Work}. */
    <T> T control(Tx.Work<T> work);
}
