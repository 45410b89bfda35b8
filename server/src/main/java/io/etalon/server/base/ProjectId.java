package io.etalon.server.base;

import java.util.UUID;

/** The id of a project, unique in its client's cell. */
public record ProjectId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
