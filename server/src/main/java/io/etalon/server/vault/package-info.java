/**
 * Who people are and where their pay goes: legal name, address, tax number, bank account.
 *
 * <p>Owns the vault's tables {@code identity} and {@code identity_access}, in a database, with a role, a pool and a key of its
 * own: no client's cell reaches it, and no answer to a client's requester comes from it. A person enters, reads and destroys his
 * own; who pays him gets it with his pay, and an operator under a grant of break-glass. Each look is a row that the person reads.
 * May import everything up to {@code access}.
 */
@NullMarked
package io.etalon.server.vault;

import org.jspecify.annotations.NullMarked;
