/**
 * Releases: a project's finished work as one numbered archive that anybody can verify offline, for ever the same bytes.
 *
 * <p>Owns the cell's table {@code release}, of which a row is final once it is ready or failed, and one sealed object a
 * release. Writes RELEASE into the audit log when an archive's content is settled and EXPORT before an archive leaves.
 * {@link io.etalon.server.release.ReleaseContent} is pure: equal work gives an equal manifest on every machine. Serves the
 * audit log over HTTP too, as the log's own rung is too low for it. May import every feature below.
 */
@NullMarked
package io.etalon.server.release;

import org.jspecify.annotations.NullMarked;
