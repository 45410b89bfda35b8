package io.etalon.server.tenant;

/**
 * What the connection pools do at a moment, summed over all cells.
 *
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param waiting threads that wait for a connection
 */
public record PoolLoad(int active, int idle, int waiting) {
    static final PoolLoad NONE = new PoolLoad(0, 0, 0);

    PoolLoad plus(PoolLoad other) {
        return new PoolLoad(active + other.active, idle + other.idle, waiting + other.waiting);
    }
}
