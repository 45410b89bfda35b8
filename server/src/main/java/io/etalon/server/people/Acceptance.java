package io.etalon.server.people;

import io.etalon.server.base.PersonId;
import java.time.Instant;
import java.util.UUID;

/**
 * What a person last said to a text.
 *
 * @param accepted whether he accepted it, or took that back
 * @param at by the database's clock
 */
record Acceptance(UUID document, int version, PersonId person, boolean accepted, Instant at) {}
