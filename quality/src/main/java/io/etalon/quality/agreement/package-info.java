/**
 * Agreement: how far people who judged the same tasks say the same, corrected for chance, each with a bootstrap
 * interval over tasks; between all, and between each two people. Classes in {@link
 * io.etalon.quality.agreement.Agreement} and by name in {@link io.etalon.quality.agreement.AgreementMetric}, spans in
 * {@link io.etalon.quality.agreement.SpanAgreement}.
 *
 * <p>Pure mathematics: owns no tables, sends and hears no events. May import the JDK, {@code io.etalon.quality} and
 * {@code io.etalon.quality.sequences} (for {@link io.etalon.quality.sequences.Span}).
 */
@NullMarked
package io.etalon.quality.agreement;

import org.jspecify.annotations.NullMarked;
