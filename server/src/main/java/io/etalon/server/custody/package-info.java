/**
 * What a client does about its keys over HTTP, and the long work on what lies under them: everything of a project read through
 * (scrub), or sealed anew under the newest version of its key.
 *
 * <p>Owns the cell's table {@code broken_object}. Knows which columns of the cell are sealed and what each is bound to ({@code
 * SealedColumns}, held to the schema by a test), and asks {@link io.etalon.server.dataset.ObjectOwner}s for objects. Writes
 * BIT_ROT into the audit log; sends {@code key.changed}. Imports {@code keys}, {@code event}, {@code access}, {@code dataset},
 * {@code project} and {@code job}.
 */
@NullMarked
package io.etalon.server.custody;

import org.jspecify.annotations.NullMarked;
