package io.etalon.server.base;

import java.util.UUID;

/** The opaque id of a client (tenant). Names its cell; carries no right by itself. */
public record ClientId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
