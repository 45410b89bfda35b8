package io.etalon.server.base;

import java.util.UUID;

/** The id of a person in the control database; inside a client's log a keyed pseudonym stands for it. */
public record PersonId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}
