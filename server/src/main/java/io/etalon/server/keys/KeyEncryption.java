package io.etalon.server.keys;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import java.util.UUID;

/**
 * The port to whoever keeps clients' key-encrypting keys: a file beside the data, a hardware module, a key service of the
 * client's own. The keys themselves never come here; what they wrap does.
 *
 * <p>Every method throws an {@link EtalonException} of {@link KeyFaults}: {@code MISSING} when there is no such key, {@code
 * REFUSED} when its keeper does not let it be used, {@code UNREACHABLE} when the keeper does not answer within seconds, {@code
 * BROKEN} when wrapped bytes were changed or are bound to something else. Implementations look at the keeper anew for every
 * use and are thread-safe.
 */
interface KeyEncryption {
    /**
     * One use of a key.
     *
     * @param key the keeper's name of the key and its version, as {@link #make} gave it
     * @param bound what the wrapped bytes are bound to; the same is needed to unwrap them
     * @param id under which the client's log tells of this use; told to keepers with a log of their own
     */
    record Use(ClientId client, String key, byte[] bound, UUID id) {}

    /** A new key of 32 bytes, and the same wrapped. */
    record DataKey(byte[] plain, byte[] wrapped) {}

    /**
     * Makes a key, or a new version of one. When the call was cut off, another makes another: what nobody uses does no harm.
     *
     * @param version the first key of a client is 1
     * @return the keeper's name of it
     */
    String make(ClientId client, int version);

    /** Returns when the keeper answers and lets us in; makes nothing, and a key need not exist yet. */
    void reach(ClientId client);

    DataKey dataKey(Use use);

    byte[] wrap(Use use, byte[] plain);

    byte[] unwrap(Use use, byte[] wrapped);

    /** Tells that nothing is wrapped by this key any more; a keeper that can refuses it from then on. */
    void retire(ClientId client, String key);
}
