/**
 * Agreement: how far people who judged the same tasks say the same, corrected for chance, each with a bootstrap
 * interval over tasks; between all, and between each two people.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK and {@code io.etalon.quality}.
 */
@NullMarked
package io.etalon.quality.agreement;

import org.jspecify.annotations.NullMarked;
