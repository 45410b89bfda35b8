/**
 * What people say to each other about answers: threads of comments at a place of a submission, and who is called upon.
 *
 * <p>Owns the cell's tables {@code submission_comment}, {@code comment_mention} and {@code thread_resolution}, which only
 * grow; what is said is sealed with the project's key. Writes COMMENT to the audit log; sends and hears no event. May import
 * {@code base}, {@code audit}, {@code tenant}, {@code keys}, {@code access}, {@code project} and {@code work}.
 */
@NullMarked
package io.etalon.server.discussion;

import org.jspecify.annotations.NullMarked;
