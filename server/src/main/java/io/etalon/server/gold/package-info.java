/**
 * Gold: tasks whose answer is known, what is learned from the answers to them, and what follows. A quality lead keeps gold
 * and the policy of its use; each answer is compared with the known one; a sequential test pauses who works badly, openly
 * and until a quality lead lifts it; an entry exam grants a qualification.
 *
 * <p>Owns the client's tables {@code gold}, {@code gold_retired}, {@code gold_policy}, {@code gold_result},
 * {@code work_pause} and {@code work_pause_lift}, to which rows are only added; reads {@code submission} and
 * {@code gold_serving}. Hears of answers through {@code GoldReferee}, tells the engine through {@code GoldSource}, refuses
 * leases through {@code LeaseRule}. Imports {@code work} and what lies below.
 */
@NullMarked
package io.etalon.server.gold;

import org.jspecify.annotations.NullMarked;
