/**
 * What the answers say together: agreement, consensus, people's skill.
 *
 * <p>Everything is computed from the answers in effect and kept in memory until the work moves on; owns no table, sends no
 * event, writes nothing into the audit log but the pseudonyms it needs. The mathematics is {@code io.etalon.quality}'s.
 * {@link io.etalon.server.quality.Evidence} and what is computed from it are pure, and do not depend on ids or on the
 * order of people, tasks and submissions. Imports {@code base}, {@code audit}, {@code tenant}, {@code access},
 * {@code project}, {@code dataset} and {@code work}.
 */
@NullMarked
package io.etalon.server.quality;

import org.jspecify.annotations.NullMarked;
