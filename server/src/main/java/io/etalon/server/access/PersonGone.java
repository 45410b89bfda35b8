package io.etalon.server.access;

import io.etalon.server.base.PersonId;

/**
 * Told of a person who is being taken away for good, before that commits: what is kept of him in other databases goes first, so
 * that none of it is left when this server dies in between. Implemented by features above.
 */
@FunctionalInterface
public interface PersonGone {
    /** Destroys what is kept of a person; twice is once. */
    void gone(PersonId person);
}
