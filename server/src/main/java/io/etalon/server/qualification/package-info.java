/**
 * Qualifications: what a client knows its people to be able to do, such as a language or a passed exam, under short keys
 * that queues may ask for.
 *
 * <p>Owns the client's table {@code qualification}, to which rows are only added: a grant or a revocation, by whom and on
 * what evidence. Verified licences count as qualifications, and a tier for those below it. Sends no event of its own; each act is an audit entry. Imports {@code base}, {@code tenant},
 * {@code audit}, {@code access}, {@code wall} and {@code people}.
 */
@NullMarked
package io.etalon.server.qualification;

import org.jspecify.annotations.NullMarked;
