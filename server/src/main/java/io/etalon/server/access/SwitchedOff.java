package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;

/**
 * Told that a member's account was switched off or on, after that is in force: what he holds of a client's goes to others.
 * Implemented by features above. Twice is once.
 */
public interface SwitchedOff {
    /** Takes a client's work out of a person's hands. */
    void off(ClientId client, PersonId person, Grants.By by);

    /** He may be given work again. */
    void on(ClientId client, PersonId person);
}
