/**
 * Wiring: the data directory, the embedded PostgreSQL, Spring Boot, the two HTTP origins, problem documents, OpenAPI.
 *
 * <p>Owns no table. The highest rung: it may import every feature, and no feature imports it.
 */
@NullMarked
package io.etalon.server.app;

import org.jspecify.annotations.NullMarked;
