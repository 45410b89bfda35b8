package io.etalon.server.audit;

import io.etalon.ledger.SignerKey;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;

/** The port to the clients' log-signing keys; the keys feature implements it. Thread-safe. */
public interface LogSigners {
    /**
     * The key that signs this client's checkpoints, made on first use. Its name is the log's origin.
     *
     * @param clientTx where the sealed key is kept
     */
    SignerKey signer(Tx clientTx, ClientId client);
}
