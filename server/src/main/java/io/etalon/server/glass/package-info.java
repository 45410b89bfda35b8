/**
 * Breaking the glass: the only way by which an operator reads a client's content. A grant has a reason and an end, waits for
 * another's word where the client's rule asks it, is seen by the client when it is asked for, and ends when the client says so.
 *
 * <p>Owns the control tables {@code break_glass} and {@code break_glass_rule}. Writes BREAK_GLASS into the client's audit log
 * before a change takes effect, and sends {@code break-glass.changed}; each read under a grant is an ADMIN_READ, written by
 * {@code access}, whose port {@link io.etalon.server.access.GlassDoor} this answers. Imports {@code base}, {@code audit},
 * {@code tenant}, {@code event} and {@code access}.
 */
@NullMarked
package io.etalon.server.glass;

import org.jspecify.annotations.NullMarked;
