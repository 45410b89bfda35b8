package io.etalon.cli.math;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.IdOrder;
import io.etalon.quality.shapes.BoxModel;
import io.etalon.quality.shapes.Labelled;
import io.etalon.quality.shapes.Rect;
import io.etalon.quality.shapes.ShapeAgreement;
import io.etalon.quality.shapes.ShapeFusion;
import io.etalon.quality.shapes.ShapeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Axis-parallel boxes: a task is an image, a label all boxes that one person drew on it. */
final class Boxes implements Aggregation {
    private static final String EXPECTED =
            "a list of boxes such as [{\"label\":\"coin\",\"x\":1.5,\"y\":2,\"width\":10,\"height\":12}]";
    private static final String MODEL = "em";
    private static final String VOTE = "mv";

    private record Box(Labelled<Rect> drawn, double confidence) {}

    @Override
    public List<String> methods() {
        return List.of(MODEL, VOTE);
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? MODEL : request.method();
        var collected = Collected.read(request, Boxes::parse);
        var gold = Collected.gold(request, Boxes::parse);
        var judged = collected.judged(gold, request);
        var fused = method.equals(VOTE) ? byVote(collected) : byModel(collected);
        return collected.result(method, new Collected.Answered(score(fused, gold, judged), List.of(), sink -> {
            for (var image : fused.entrySet()) {
                sink.answer(image.getKey(), written(image.getValue()), confidence(image.getValue()));
            }
        }));
    }

    static List<Labelled<Rect>> parse(String cell) {
        return Cells.list(cell, EXPECTED, Boxes::box);
    }

    private static Labelled<Rect> box(JsonNode node) {
        return new Labelled<>(
                Cells.text(node, "label"),
                new Rect(
                        Cells.number(node, "x"),
                        Cells.number(node, "y"),
                        Cells.number(node, "width"),
                        Cells.number(node, "height")));
    }

    private static Map<String, List<Box>> byVote(Collected<List<Labelled<Rect>>> collected) {
        var fusion = ShapeFusion.of(ShapeKind.RECTS);
        var result = new TreeMap<String, List<Box>>(IdOrder.INSTANCE);
        collected
                .byTask()
                .forEach((image, drawn) -> result.put(
                        image,
                        fusion.fuse(drawn).kept().stream()
                                .map(fused -> new Box(
                                        new Labelled<>(fused.label(), fused.shape()),
                                        (double) fused.support() / fused.annotators()))
                                .toList()));
        return result;
    }

    private static Map<String, List<Box>> byModel(Collected<List<Labelled<Rect>>> collected) {
        var images = List.copyOf(collected.byTask().keySet());
        var fit = BoxModel.STANDARD.fit(
                ShapeKind.RECTS, List.copyOf(collected.byTask().values()));
        var result = new TreeMap<String, List<Box>>(IdOrder.INSTANCE);
        for (var i = 0; i < images.size(); i++) {
            result.put(
                    images.get(i),
                    fit.assets().get(i).stream()
                            .filter(BoxModel.Candidate::exists)
                            .map(found -> new Box(new Labelled<>(found.label(), found.box()), found.confidence()))
                            .toList());
        }
        return result;
    }

    private static String written(List<Box> boxes) {
        return Cells.written(boxes.stream()
                .map(box -> {
                    var rect = box.drawn().shape();
                    var members = new LinkedHashMap<String, Object>();
                    members.put("label", box.drawn().label());
                    members.put("x", rect.x());
                    members.put("y", rect.y());
                    members.put("width", rect.width());
                    members.put("height", rect.height());
                    members.put("confidence", box.confidence());
                    return members;
                })
                .toList());
    }

    private static @Nullable Double confidence(List<Box> boxes) {
        return boxes.isEmpty()
                ? null
                : boxes.stream().mapToDouble(Box::confidence).average().orElseThrow();
    }

    /** Matched one to one at an overlap of one half, by class. */
    private static Optional<Score> score(
            Map<String, List<Box>> fused, Map<String, List<Labelled<Rect>>> gold, List<String> judged) {
        if (gold.isEmpty()) {
            return Optional.empty();
        }
        var pairs = new ArrayList<Map<String, List<Labelled<Rect>>>>();
        for (var image : judged) {
            pairs.add(Map.of(
                    "fused",
                    fused.getOrDefault(image, List.of()).stream()
                            .map(Box::drawn)
                            .toList(),
                    "gold",
                    gold.getOrDefault(image, List.of())));
        }
        var agreement = ShapeAgreement.of(ShapeKind.RECTS, pairs, Bootstrap.seeded(1));
        var further = new LinkedHashMap<String, Double>();
        agreement.f1().ifPresent(f1 -> further.put("box_f1", f1.value()));
        agreement.meanOverlap().ifPresent(iou -> further.put("mean_iou", iou.value()));
        return Optional.of(new Score(judged.size(), null, null, null, null, null, further));
    }
}
