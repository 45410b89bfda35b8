/**
 * The common language: ontologies, answers and geometry as immutable values.
 *
 * <p>Lengths are in pixels of the source image as it is displayed (EXIF orientation applied at ingest), as doubles,
 * origin top left, y downwards. Label, question and option ids are stable strings chosen by the project; names may
 * change, ids never do. Nothing here knows JSON, HTTP or SQL; the JDK is all it needs.
 */
@NullMarked
package io.etalon.annotation;

import org.jspecify.annotations.NullMarked;
