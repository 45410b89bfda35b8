package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import java.time.Instant;

/**
 * A person of this installation.
 *
 * @param email the login name, in lower case; nobody has proved that mail sent there arrives
 * @param locale {@code en} or {@code fr}
 */
public record Person(PersonId id, String email, String name, String locale, Instant createdAt) {}
