/**
 * Keys: one key-encrypting key a client in a local keyset under the installation's passphrase, one data key a project.
 *
 * <p>Owns the cell's table {@code data_key} and the data directory's {@code keys} folder. Hands out primitives (Tink AEAD,
 * streaming AEAD, keyed names), never key material. Imports {@code base}, {@code audit} and {@code tenant}.
 */
@NullMarked
package io.etalon.server.keys;

import org.jspecify.annotations.NullMarked;
