package io.etalon.quality.sequences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.quality.CrowdData;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Names marked by a crowd in 199 newspaper articles (Rodrigues, Pereira and Ribeiro, 2014), against strict F1 of an
 * independent implementation. The set has tags of tokens and no text: a sentence becomes a document whose tokens are one
 * character long with a blank between them.
 */
class RealSpansTest {
    private record Crowd(SpanSets sets, Map<String, List<Span>> tokens, Map<String, List<Span>> gold) {}

    @Test
    void reachesTheReference() throws IOException {
        var crowd = read();
        assertThat(f1(crowd, MajorityVote::of)).isCloseTo(.688, within(.001));
        assertThat(f1(
                        crowd,
                        labels -> DawidSkene.plain()
                                .withTolerance(1e-5)
                                .fit(labels)
                                .consensus()))
                .isCloseTo(.740, within(.005));
        assertThat(f1(crowd, labels -> DawidSkene.pooled().fit(labels).consensus()))
                .isCloseTo(.735, within(.002));
    }

    /** Without tokens: the annotators' own borders do better than characters, of which long names have more. */
    @Test
    void bordersOfTheAnnotatorsDoBetterThanTokensAndCharacters() throws IOException {
        var crowd = read();
        var fusion = new SpanFusion(labels -> DawidSkene.map().fit(labels).consensus(), SpanFusion.Overlaps.FLAT);

        assertThat(f1(crowd, fusion.byBorders(crowd.sets))).isCloseTo(.765, within(.002));
        assertThat(f1(crowd, fusion.byCharacters(crowd.sets))).isCloseTo(.743, within(.002));
    }

    private static double f1(Crowd crowd, Function<Labels, Consensus> method) {
        return f1(crowd, new SpanFusion(method, SpanFusion.Overlaps.FLAT).byTokens(crowd.sets, crowd.tokens));
    }

    private static double f1(Crowd crowd, SpanFusion.Result fused) {
        assertThat(fused.dropped()).isZero();
        var score = SpanF1.NOTHING;
        for (var document : crowd.sets.documents()) {
            // As in the reference, what nobody read does not count.
            if (!document.marks().isEmpty()) {
                score = score.plus(
                        SpanF1.strict(fused.spans(document.id()), crowd.gold.getOrDefault(document.id(), List.of())));
            }
        }
        return score.value().orElseThrow();
    }

    private static Crowd read() throws IOException {
        var gold = tags("gold.csv", 1);
        var byReader = tags("labels.csv", 2);
        var sets = SpanSets.builder();
        var tokens = new HashMap<String, List<Span>>();
        var truth = new HashMap<String, List<Span>>();
        gold.forEach((id, readers) -> {
            var tags = readers.getOrDefault("", new TreeMap<>());
            var length = 2 * tags.lastKey() + 1;
            sets.document(id, length);
            tokens.put(id, tags.keySet().stream().map(RealSpansTest::token).toList());
            truth.put(id, spans(tags));
            byReader.getOrDefault(id, Map.of()).forEach((reader, own) -> sets.mark(id, reader, spans(own)));
        });
        return new Crowd(sets.build(), tokens, truth);
    }

    private static Span token(int index) {
        return new Span(2 * index, 2 * index + 1, "token");
    }

    /** Sentence, reader (or nobody), token: tag. */
    private static Map<String, Map<String, TreeMap<Integer, String>>> tags(String file, int column) throws IOException {
        var tags = new TreeMap<String, Map<String, TreeMap<Integer, String>>>();
        try (var lines = Files.lines(CrowdData.folder().resolve("conll_ner_val").resolve(file))) {
            lines.skip(1).map(line -> line.split(",", -1)).forEach(row -> {
                var cut = row[0].lastIndexOf('|');
                tags.computeIfAbsent(row[0].substring(0, cut), id -> new TreeMap<>())
                        .computeIfAbsent(column == 2 ? row[1] : "", id -> new TreeMap<>())
                        .put(Integer.valueOf(row[0].substring(cut + 1)), row[column]);
            });
        }
        return tags;
    }

    private static List<Span> spans(TreeMap<Integer, String> tags) {
        var spans = new ArrayList<Span>();
        var before = -1;
        for (var entry : tags.entrySet()) {
            var tag = entry.getValue();
            var token = token(entry.getKey());
            var last = spans.isEmpty() ? token : spans.getLast();
            if (tag.startsWith("I-")
                    && !spans.isEmpty()
                    && before == entry.getKey() - 1
                    && last.end() == token.start() - 1
                    && last.label().equals(tag.substring(2))) {
                spans.removeLast();
                spans.add(new Span(last.start(), token.end(), last.label()));
            } else if (!tag.equals("O")) {
                spans.add(new Span(token.start(), token.end(), tag.substring(2)));
            }
            before = entry.getKey();
        }
        return spans;
    }
}
