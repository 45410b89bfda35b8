package io.etalon.quality.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.agreement.SpanAgreement.Match;
import io.etalon.quality.sequences.Span;
import io.etalon.quality.sequences.SpanSets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.dkpro.statistics.agreement.unitizing.KrippendorffAlphaUnitizingAgreement;
import org.dkpro.statistics.agreement.unitizing.UnitizingAnnotationStudy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanAgreementTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(100, .95, 5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void agreesWithDkproOnRandomUnits(int seed) {
        var random = new Random(seed);
        var readers = 2 + seed % 3;
        var length = 200 + random.nextInt(200);
        var study = new UnitizingAnnotationStudy(readers, length);
        var sets = SpanSets.builder().document("1", length);
        for (var reader = 0; reader < readers; reader++) {
            var spans = new ArrayList<Span>();
            for (var label : List.of("c", "k")) {
                for (var at = random.nextInt(20); at < length - 20; at += random.nextInt(30)) {
                    var size = 1 + random.nextInt(15);
                    spans.add(new Span(at, at + size, label));
                    study.addUnit(at, size, reader, label);
                    at += size;
                }
            }
            sets.mark("1", "reader " + reader, spans);
        }
        var built = sets.build();
        var dkpro = new KrippendorffAlphaUnitizingAgreement(study);
        assertThat(SpanAgreement.alpha(built, BOOTSTRAP).orElseThrow().value())
                .isCloseTo(dkpro.calculateAgreement(), within(1e-9));
        assertThat(SpanAgreement.alpha(built, "c", BOOTSTRAP).orElseThrow().value())
                .isCloseTo(dkpro.calculateCategoryAgreement("c"), within(1e-9));
    }

    @Test
    void isOneWhereAllMarkTheSameAndEmptyWhereNobodyMarks() {
        var same = List.of(new Span(3, 9, "name"), new Span(12, 15, "place"));
        var sets = SpanSets.builder()
                .document("1", 40)
                .mark("1", "a", same)
                .mark("1", "b", same)
                .document("2", 30)
                .mark("2", "a", List.of())
                .mark("2", "b", List.of())
                .build();
        assertThat(SpanAgreement.alpha(sets, BOOTSTRAP).orElseThrow().value()).isEqualTo(1);
        var f1 = SpanAgreement.f1(sets, Match.EXACT, BOOTSTRAP).orElseThrow();
        assertThat(f1.value()).isEqualTo(1);
        assertThat(f1.units()).isEqualTo(2);
        assertThat(SpanAgreement.alpha(sets, "verb", BOOTSTRAP)).isEmpty();

        var nothing = SpanSets.builder()
                .document("1", 40)
                .mark("1", "a", List.of())
                .mark("1", "b", List.of())
                .build();
        assertThat(SpanAgreement.alpha(nothing, BOOTSTRAP)).isEmpty();
        assertThat(SpanAgreement.f1(nothing, Match.PARTIAL, BOOTSTRAP)).isEmpty();
    }

    @Test
    void takesSeveralDocumentsAsOneContinuumOfManyReaders() {
        var random = new Random(4);
        var one = SpanSets.builder();
        for (var document = 0; document < 20; document++) {
            one.document("" + document, 100);
            for (var reader = 0; reader < 3; reader++) {
                var at = random.nextInt(80);
                var spans = List.of(new Span(at, at + 10, "x"));
                one.mark("" + document, "r" + reader, spans);
            }
        }
        one.document("alone", 50).mark("alone", "r0", List.of(new Span(0, 9, "x")));
        var estimate = SpanAgreement.alpha(one.build(), BOOTSTRAP).orElseThrow();
        assertThat(estimate.units()).isEqualTo(20);
        assertThat(estimate.interval().contains(estimate.value())).isTrue();
        assertThat(SpanAgreement.alpha(SpanSets.builder().build(), BOOTSTRAP)).isEmpty();
    }

    @Test
    void givesPartOfTheCreditForPartOfTheSpan() {
        var sets = SpanSets.builder()
                .document("1", 40)
                .mark("1", "a", List.of(new Span(0, 10, "x"), new Span(20, 30, "y")))
                .mark("1", "b", List.of(new Span(5, 10, "x"), new Span(20, 30, "x")))
                .document("2", 40)
                .mark("2", "b", List.of(new Span(5, 10, "x")))
                .build();
        assertThat(SpanAgreement.f1(sets, "a", "b", Match.EXACT, BOOTSTRAP)
                        .orElseThrow()
                        .value())
                .isZero();
        assertThat(SpanAgreement.f1(sets, "b", "a", Match.PARTIAL, BOOTSTRAP)
                        .orElseThrow()
                        .value())
                .isEqualTo(2 * 5 / 35.0);
        assertThatThrownBy(() -> SpanAgreement.f1(sets, "a", "z", Match.EXACT, BOOTSTRAP))
                .hasMessageContaining("no annotator \"z\"");
    }
}
