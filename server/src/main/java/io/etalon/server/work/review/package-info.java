/**
 * How answers are looked at: the stages of a project's review, which answers go to which stage, and where on that way an
 * answer stands. Values and rules only.
 *
 * <p>Owns no table, sends and hears no event. May import {@code base} and the annotation library.
 */
@NullMarked
package io.etalon.server.work.review;

import org.jspecify.annotations.NullMarked;
