/**
 * What models answered before people do: taken in with tasks or for tasks that are there, shown with a lease where the
 * queue's rules say so, remembered with the answer that came of it, and counted by model.
 *
 * <p>Owns the cell's tables {@code pre_label_model}, {@code pre_label} and {@code pre_label_use}; reads {@code task}, and the
 * engine's {@code lease_pre_label} and {@code submission_pre_label}. Changes go into the client's log. Hears WORK_DONE. May
 * import {@code base}, {@code audit}, {@code tenant}, {@code keys}, {@code event}, {@code access}, {@code project}, {@code
 * dataset}, {@code work.policy}, {@code work.engine} and {@code work.queue}.
 */
@NullMarked
package io.etalon.server.work.prelabel;

import org.jspecify.annotations.NullMarked;
