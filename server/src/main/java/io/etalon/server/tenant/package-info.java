/**
 * Cells: one database, login role and connection pool a client, and the control database beside them.
 *
 * <p>Owns the control table {@code client} and both databases' migration history. {@link TenantScope} is the only way to
 * a connection; a test forbids {@code DataSource} elsewhere. Imports {@code base} and {@code audit}.
 */
@NullMarked
package io.etalon.server.tenant;

import org.jspecify.annotations.NullMarked;
