/**
 * Packs: small texts kept in rows of the database, several together under one seal.
 *
 * <p>Owns the cell's table {@code asset_pack} and {@code asset_count}. A pack holds entries of an asset's id, its text, and what else its sender
 * said of it. {@link io.etalon.server.dataset.pack.TextBatch} brings texts in by COPY, thousands at a time. Imports
 * {@code base}, {@code audit}, {@code tenant} and {@code keys}; the {@code dataset} package stands above it.
 */
@NullMarked
package io.etalon.server.dataset.pack;

import org.jspecify.annotations.NullMarked;
