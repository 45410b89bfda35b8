package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.AssetExtent;
import io.etalon.formats.CocoWriter;
import io.etalon.formats.Datasheet;
import io.etalon.formats.LabelledImage;
import io.etalon.formats.OntologyJson;
import io.etalon.formats.ReleaseJsonl;
import io.etalon.formats.ReleaseLine;
import io.etalon.ledger.Hash;
import io.etalon.ledger.ManifestWriter;
import io.etalon.ledger.ReleaseBundle;
import io.etalon.server.dataset.Asset;
import io.etalon.server.quality.ConsensusBook;
import io.etalon.server.quality.Evidence;
import io.etalon.server.quality.FusedShape;
import io.etalon.server.quality.MethodNames;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * The files of a release. Manifest, annotations and COCO are functions of the assets' bytes and names, the ontology, the
 * method and the answers in effect: no time, no id, no name of a person, no order of arrival. Pure but for the files.
 *
 * <p>A question on which classes tie has no answer and is listed with its confidence alone. An asset without any consensus
 * is left out, and the datasheet counts it.
 */
final class ReleaseContent {
    /** In the place of a method's name, where an adjudicator settled it. */
    private static final String ADJUDICATION = "adjudication";

    private final Evidence evidence;
    private final ConsensusBook book;
    private final ReleaseFacts facts;
    private final List<ConsensusBook.Entry> held;

    /**
     * @param evidence the finished tasks
     * @param book what they amount to
     */
    ReleaseContent(Evidence evidence, ConsensusBook book, ReleaseFacts facts) {
        this.evidence = evidence;
        this.book = book;
        this.facts = facts;
        this.held = book.items().stream()
                .filter(entry -> entry.says(evidence.ontology().hasShapes()))
                .toList();
    }

    /** The assets that the release holds. */
    List<Asset> named() {
        return held.stream().map(entry -> entry.about().asset()).toList();
    }

    /** How many assets the release holds. */
    long assets() {
        return held.size();
    }

    /**
     * Writes all content files.
     *
     * @param written hears how many assets have their annotation
     */
    void write(Workbench bench, LongConsumer written) throws IOException {
        annotations(bench, written);
        if (evidence.ontology().hasShapes()) {
            try (var out = bench.create("coco.json")) {
                CocoWriter.write(evidence.ontology(), images(), out);
            }
        }
        file(bench, "ontology.json", OntologyJson.write(evidence.ontology()));
        file(bench, "guidelines.md", facts.guidelines().getBytes(UTF_8));
        var sheet = new ReleaseSheet(evidence, book, held, facts);
        file(bench, "datasheet.md", (Datasheet.write(sheet.facts()) + sheet.review()).getBytes(UTF_8));
        try (var out = bench.create("provenance.jsonl")) {
            Provenance.write(evidence, facts.pseudonyms(), out);
        }
    }

    private static void file(Workbench bench, String path, byte[] bytes) throws IOException {
        try (var out = bench.create(path)) {
            out.write(bytes);
        }
    }

    private void annotations(Workbench bench, LongConsumer written) throws IOException {
        try (var manifest = bench.create(ReleaseBundle.MANIFEST);
                var annotations = bench.create(ReleaseBundle.ANNOTATIONS)) {
            var writer = new ManifestWriter(manifest, annotations);
            var count = 0L;
            for (var entry : held) {
                var line = ReleaseJsonl.write(line(entry));
                // The writer ends each line itself.
                writer.add(Hash.ofHex(entry.about().asset().sha256()), Arrays.copyOf(line, line.length - 1));
                written.accept(++count);
            }
        }
    }

    private ReleaseLine line(ConsensusBook.Entry entry) {
        var confidence = new TreeMap<String, Double>();
        entry.answers()
                .forEach((question, settled) ->
                        settled.confidence().ifPresent(value -> confidence.put(question, Math.clamp(value, 0, 1))));
        var support = new TreeMap<String, Double>();
        for (var shape : entry.shapes()) {
            support.put(shape.id(), (double) shape.support() / shape.of());
        }
        return new ReleaseLine(
                asset(entry.about().asset()),
                answer(entry),
                new ReleaseLine.Consensus(
                        entry.adjudicated() ? ADJUDICATION : MethodNames.of(book.method()), confidence, support));
    }

    private static ReleaseLine.Asset asset(Asset asset) {
        var size = switch (asset.extent()) {
            case AssetExtent.ImageExtent(var width, var height) -> new ReleaseLine.Size(width, height);
            case AssetExtent.TextExtent text -> null;
            case AssetExtent.NoExtent none -> null;
        };
        return new ReleaseLine.Asset(asset.name(), asset.sha256(), asset.type(), size);
    }

    private static Answer answer(ConsensusBook.Entry entry) {
        var answers = new TreeMap<String, AnswerValue>();
        entry.answers()
                .forEach((question, settled) -> settled.value().ifPresent(value -> answers.put(question, value)));
        return new Answer(
                answers, entry.shapes().stream().map(FusedShape::shape).toList());
    }

    private List<LabelledImage> images() {
        return held.stream()
                .filter(entry -> entry.about().asset().extent() instanceof AssetExtent.ImageExtent)
                .map(entry -> {
                    var asset = entry.about().asset();
                    var extent = (AssetExtent.ImageExtent) asset.extent();
                    return new LabelledImage(asset.name(), extent.width(), extent.height(), answer(entry));
                })
                .toList();
    }
}
