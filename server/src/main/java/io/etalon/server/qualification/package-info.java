/**
 * Qualifications: what a client knows its people to be able to do, such as a language or a passed exam, under short keys
 * that queues may ask for.
 *
 * <p>Owns the client's table {@code qualification}, to which rows are only added: a grant or a revocation, by whom and on
 * what evidence. Sends no event of its own; each act is an audit entry. Imports {@code base}, {@code tenant},
 * {@code audit} and {@code access}.
 */
@NullMarked
package io.etalon.server.qualification;

import org.jspecify.annotations.NullMarked;
