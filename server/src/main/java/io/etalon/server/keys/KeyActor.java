package io.etalon.server.keys;

import io.etalon.server.base.PersonId;
import org.jspecify.annotations.Nullable;

/**
 * Who changes something about a client's keys, as the log tells it.
 *
 * @param person null for the installation itself
 * @param via {@code session}, {@code key} or {@code system}
 */
public record KeyActor(@Nullable PersonId person, String via) {
    public static final KeyActor SYSTEM = new KeyActor(null, "system");
}
