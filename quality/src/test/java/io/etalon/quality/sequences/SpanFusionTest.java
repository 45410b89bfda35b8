package io.etalon.quality.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.quality.sequences.SpanFusion.Overlaps;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanFusionTest {
    private static final SpanFusion VOTE = new SpanFusion(MajorityVote::of, Overlaps.FLAT);

    private record Answer(String document, String annotator, List<Span> spans) {}

    @Test
    void takesTheBordersOfTheMajority() {
        var sets = SpanSets.builder()
                .document("d", 20)
                .mark("d", "a", List.of(new Span(2, 8, "x"), new Span(12, 15, "y")))
                .mark("d", "b", List.of(new Span(2, 8, "x")))
                .mark("d", "c", List.of(new Span(3, 8, "x"), new Span(12, 14, "y")))
                .build();
        var fused = VOTE.byCharacters(sets);
        assertThat(fused.spans("d")).containsExactly(new Span(2, 8, "x"), new Span(12, 14, "y"));
        // Six places of "x": the first on two of three, the second on two I of three, the rest on all.
        assertThat(fused.documents().get("d").getFirst().confidence()).isBetween(.85, .95);
        assertThat(fused.spans("unknown")).isEmpty();
    }

    @Test
    void keepsTouchingSpansApartAndRepairsAnInsideWithoutABeginning() {
        var sets = SpanSets.builder()
                .document("d", 9)
                .mark("d", "a", List.of(new Span(0, 3, "x"), new Span(3, 6, "x")))
                .mark("d", "b", List.of(new Span(0, 3, "x"), new Span(3, 6, "x")))
                .mark("d", "c", List.of(new Span(0, 6, "x")))
                .build();
        assertThat(VOTE.byCharacters(sets).spans("d")).containsExactly(new Span(0, 3, "x"), new Span(3, 6, "x"));
        // Everyone begins elsewhere: no place has most votes for B, but at 2 as many say I as none, and then more.
        var staggered = SpanSets.builder()
                .document("d", 9)
                .mark("d", "a", List.of(new Span(1, 6, "x")))
                .mark("d", "b", List.of(new Span(2, 6, "x")))
                .mark("d", "c", List.of(new Span(0, 6, "x")))
                .mark("d", "d", List.of())
                .mark("d", "e", List.of())
                .build();
        assertThat(VOTE.byCharacters(staggered).spans("d")).containsExactly(new Span(2, 6, "x"));
    }

    @Test
    void nestsSpansOfDifferentLabelsOnlyWhereAsked() {
        var spans = List.of(new Span(0, 10, "person"), new Span(6, 10, "place"), new Span(7, 9, "place"));
        var sets = SpanSets.builder()
                .document("d", 10)
                .mark("d", "a", spans)
                .mark("d", "b", spans)
                .build();
        var flat = VOTE.byCharacters(sets);
        assertThat(flat.spans("d")).containsExactly(new Span(0, 10, "person"));
        assertThat(flat.dropped()).isEqualTo(4);
        var nested = new SpanFusion(MajorityVote::of, Overlaps.BY_LABEL).byCharacters(sets);
        assertThat(nested.spans("d")).containsExactly(new Span(0, 10, "person"), new Span(6, 10, "place"));
        assertThat(nested.dropped()).isEqualTo(2);
    }

    /** One tool marks "New York's", the other "New York": by tokens they agree. */
    @Test
    void snapsBordersToTokens() {
        var tokens = Map.of("d", List.of(new Span(0, 3, "t"), new Span(4, 10, "t"), new Span(11, 15, "t")));
        var sets = SpanSets.builder()
                .document("d", 15)
                .mark("d", "a", List.of(new Span(0, 8, "place")))
                .mark("d", "b", List.of(new Span(0, 10, "place")))
                .build();
        assertThat(VOTE.byTokens(sets, tokens).spans("d")).containsExactly(new Span(0, 10, "place"));
        assertThatThrownBy(() -> VOTE.byTokens(sets, Map.of())).hasMessageContaining("\"d\" has no tokens");
        assertThatThrownBy(() -> VOTE.byTokens(sets, Map.of("d", List.of(new Span(0, 3, "t"), new Span(2, 5, "t")))))
                .hasMessageContaining("overlap at 2");
    }

    @Test
    void learnsWhoseSpansToTrustAndDoesNotLookAtTheOrder() {
        var random = new Random(3);
        var answers = new ArrayList<Answer>();
        var truth = new ArrayList<Span>();
        for (var document = 0; document < 60; document++) {
            var start = random.nextInt(30);
            truth.add(new Span(start, start + 5, "x"));
            for (var annotator = 0; annotator < 5; annotator++) {
                var sees = annotator < 2 || random.nextDouble() < .3;
                var spans = sees ? List.of(truth.get(document)) : List.<Span>of();
                answers.add(new Answer("" + document, "" + annotator, spans));
            }
        }
        var learned = new SpanFusion(labels -> DawidSkene.pooled().fit(labels).consensus(), Overlaps.FLAT);
        var fused = learned.byCharacters(sets(answers));
        assertThat(found(learned.byCharacters(sets(answers)), truth))
                .isGreaterThan(found(VOTE.byCharacters(sets(answers)), truth) + 10);
        Collections.shuffle(answers, random);
        assertThat(learned.byCharacters(sets(answers))).isEqualTo(fused);
    }

    @Test
    void refusesBrokenSpans() {
        assertThatThrownBy(() -> new Span(3, 3, "x")).hasMessageContaining("from 3 to 3");
        var sets = SpanSets.builder().document("d", 5);
        assertThatThrownBy(() -> sets.mark("d", "a", List.of(new Span(3, 6, "x"))))
                .hasMessageContaining("leaves document \"d\", which has 5 characters");
        assertThatThrownBy(() -> sets.mark("e", "a", List.of())).hasMessageContaining("no document \"e\"");
        assertThatThrownBy(() -> sets.document("d", 6)).hasMessageContaining("length 5 and again 6");
        var twice = sets.mark("d", "a", List.of(new Span(0, 2, "x")))
                .mark("d", "a", List.of())
                .build();
        assertThat(twice.repeated()).isEqualTo(1);
        assertThat(VOTE.byCharacters(twice).spans("d")).containsExactly(new Span(0, 2, "x"));
        var empty =
                SpanSets.builder().document("d", 5).mark("d", "a", List.of()).build();
        assertThat(VOTE.byCharacters(empty).spans("d")).isEmpty();
    }

    @Test
    void scoresStrictlyAndInPart() {
        var gold = List.of(new Span(0, 10, "x"), new Span(20, 30, "y"));
        var found = List.of(new Span(0, 10, "x"), new Span(22, 30, "y"), new Span(25, 35, "y"), new Span(40, 45, "x"));
        var strict = SpanF1.strict(found, gold);
        assertThat(strict).isEqualTo(new SpanF1(1, 4, 2));
        assertThat(strict.precision()).hasValue(.25);
        assertThat(strict.recall()).hasValue(.5);
        // "y" covers 22 to 35 once, of which 8 characters are right.
        assertThat(SpanF1.partial(found, gold)).isEqualTo(new SpanF1(18, 28, 20));
        assertThat(SpanF1.partial(gold, found)).isEqualTo(new SpanF1(18, 20, 28));
        assertThat(SpanF1.strict(List.of(), List.of()).value()).isEmpty();
    }

    private static SpanSets sets(List<Answer> answers) {
        var sets = SpanSets.builder();
        answers.forEach(
                answer -> sets.document(answer.document, 40).mark(answer.document, answer.annotator, answer.spans));
        return sets.build();
    }

    private static int found(SpanFusion.Result result, List<Span> truth) {
        var found = 0;
        for (var document = 0; document < truth.size(); document++) {
            found += result.spans("" + document).equals(List.of(truth.get(document))) ? 1 : 0;
        }
        return found;
    }
}
