/**
 * People at work for a client: the texts that they have to accept before they see work, the licences that they hold, what they
 * say of themselves (residence, languages, skills, hours), and how all that stands, for who arranges the work.
 *
 * <p>Owns the cell's tables {@code document}, {@code document_acceptance} and {@code unlinking} (how who has left is taken out of
 * the log) and the control tables {@code licence}, {@code
 * licence_act}, {@code person_residence}, {@code person_skill}, {@code person_availability} and {@code person_day_off}; writes
 * the levels of {@code person_language}. Writes CONSENT, PSEUDONYM and QUALIFICATION to the log and sends no event. Answers the port {@code
 * access.ClientGate}; asks the ports {@code wall.WorkInHand} and {@code wall.HeldQualifications}. Imports {@code base}, {@code
 * audit}, {@code tenant}, {@code access}, {@code workforce} and {@code wall}.
 */
@NullMarked
package io.etalon.server.people;

import org.jspecify.annotations.NullMarked;
