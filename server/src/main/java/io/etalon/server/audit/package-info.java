/**
 * The client's transparency log: who did what to which asset, in an order that nobody can rewrite unseen.
 *
 * <p>Owns the cell's tables {@code audit_batch}, {@code audit_run}, {@code audit_posting}, {@code audit_tile}, {@code audit_checkpoint} and
 * {@code pseudonym}. An event is appended in the transaction of the act itself, so that no byte leaves before its entry
 * is committed; a sequencer numbers the events, grows the Merkle tree (RFC 6962) and signs checkpoints (C2SP). The heads of
 * all clients stand, without their names, in one more log: the operator's, in the control tables {@code operator_entry},
 * {@code operator_tile} and {@code operator_checkpoint}. Imports {@code base} and the ledger library.
 */
@NullMarked
package io.etalon.server.audit;

import org.jspecify.annotations.NullMarked;
