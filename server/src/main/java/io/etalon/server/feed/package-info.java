/**
 * What screens follow: a project's events as a stream of server-sent events.
 *
 * <p>Owns no table; hands out what {@code event} keeps. A stream ends when its reader's session or right does. Imports {@code
 * base}, {@code tenant}, {@code event}, {@code access} and {@code project}.
 */
@NullMarked
package io.etalon.server.feed;

import org.jspecify.annotations.NullMarked;
