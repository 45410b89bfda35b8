/**
 * Pictures of results: reliability diagrams, forest plots and heat maps, as SVG or PNG.
 *
 * <p>A plot is a {@link io.etalon.cli.plot.Drawing}: a list of lines, boxes, circles and texts that either writer renders
 * alike. Colours are told apart by the colour-blind (after M. Okabe and K. Ito, "Color universal design", 2008). Owns no
 * tables of a database, sends and hears no events. May import the JDK only.
 */
@NullMarked
package io.etalon.cli.plot;

import org.jspecify.annotations.NullMarked;
