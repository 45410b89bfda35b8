/**
 * Courses: pages that people read, and questions that they answer right, before they see a project's work or sit its entry exam.
 * A course belongs to a project, to a workforce, or to a workforce's people in a project.
 *
 * <p>Owns the client's tables {@code course} and {@code course_step}, to which rows are only added: each change is another
 * version, each try at a page a row. Writes COURSE to the log and sends no event. Answers the port {@code access.ClientGate}.
 * Imports {@code base}, {@code audit}, {@code tenant}, {@code keys}, {@code access} and {@code project}.
 */
@NullMarked
package io.etalon.server.course;

import org.jspecify.annotations.NullMarked;
