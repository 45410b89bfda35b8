/**
 * The transparency log and the offline verifier: what a stranger needs to check a release without trusting us.
 *
 * <p>Merkle trees of RFC 6962/9162 kept as C2SP tiles ({@link io.etalon.ledger.MerkleLog} over the port
 * {@link io.etalon.ledger.TileStore}), signed notes, checkpoints and proofs in the C2SP text formats, canonical JSON
 * leaves (RFC 8785), and the release bundle: a zip of which every byte is accounted for
 * ({@link io.etalon.ledger.BundleWriter}, {@link io.etalon.ledger.ReleaseVerifier}).
 *
 * <p>Owns no table, sends and hears no event, starts no thread, reads no clock. May import the JDK only, so that an
 * outsider can verify with this one jar. Values are immutable and safe to share; readers and writers belong to one
 * thread. The byte-exact formats stand in {@code ledger/README.md}.
 */
@NullMarked
package io.etalon.ledger;

import org.jspecify.annotations.NullMarked;
