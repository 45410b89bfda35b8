/**
 * The ownership register: the legal entities that clients and vendors are.
 *
 * <p>An organisation is a fact about the world, the same for every client, and holds nothing of any client's content: so
 * it stands in the control database and the operator keeps it. A vendor is an organisation that has workforces.
 *
 * <p>Owns the control table {@code organisation}. Imports {@code base}, {@code audit}, {@code tenant} and {@code access}.
 */
@NullMarked
package io.etalon.server.ownership;

import org.jspecify.annotations.NullMarked;
