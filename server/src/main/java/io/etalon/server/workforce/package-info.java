/**
 * Workforces: groups of people who annotate and review for a client, those it employs itself
 * and those of vendors.
 *
 * <p>Owns the control tables {@code workforce}, {@code person_language} and {@code person_country}; who belongs to one stands in {@code access}'s grants. Sends no event of its
 * own. Imports {@code base}, {@code audit}, {@code tenant}, {@code access} and {@code ownership}.
 */
@NullMarked
package io.etalon.server.workforce;

import org.jspecify.annotations.NullMarked;
