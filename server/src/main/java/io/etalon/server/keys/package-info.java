/**
 * Keys: one key-encrypting key a client, kept by whom the client chose (port {@code KeyEncryption}: a local keyset under the
 * installation's passphrase, a PKCS#11 module, a transit engine), and data keys a project under it, both in versions.
 *
 * <p>Owns the cell's tables {@code client_key}, {@code key_state}, {@code data_key} and {@code log_key}, and the data
 * directory's {@code keys} folder with its list {@code providers.json}. Hands out primitives (Tink AEAD, streaming AEAD, keyed
 * names), never key material. Writes KEY_UNWRAP, KEY_REFUSED and KEY_CHANGE into the audit log. Imports {@code base}, {@code
 * audit} and {@code tenant}.
 */
@NullMarked
package io.etalon.server.keys;

import org.jspecify.annotations.NullMarked;
