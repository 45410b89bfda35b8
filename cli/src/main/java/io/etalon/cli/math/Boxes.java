package io.etalon.cli.math;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.IdOrder;
import io.etalon.quality.shapes.BoxModel;
import io.etalon.quality.shapes.BoxShape;
import io.etalon.quality.shapes.Labelled;
import io.etalon.quality.shapes.Rect;
import io.etalon.quality.shapes.RotatedRect;
import io.etalon.quality.shapes.ShapeAgreement;
import io.etalon.quality.shapes.ShapeFusion;
import io.etalon.quality.shapes.ShapeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Boxes: a task is an image, a label all boxes that one person drew on it. Where any box of the input has an angle, all are
 * turned ones: a box without is turned by 0.
 */
final class Boxes implements Aggregation {
    private static final String EXPECTED =
            "a list of boxes such as [{\"label\":\"coin\",\"x\":1.5,\"y\":2,\"width\":10,\"height\":12}]";
    private static final String MODEL = "em";
    private static final String VOTE = "mv";

    /**
     * A box as it stands in the input.
     *
     * @param upright the box before it is turned about its centre
     * @param degrees clockwise on a screen; null when the input has no angle
     */
    record Drawn(String label, Rect upright, @Nullable Double degrees) {}

    private record Box<S extends BoxShape<S>>(Labelled<S> drawn, double confidence) {}

    /** What differs between upright and turned boxes. */
    private record Form<S extends BoxShape<S>>(
            ShapeKind<S> kind, Function<Drawn, S> shape, Function<S, Map<String, Double>> members) {
        static final Form<Rect> UPRIGHT = new Form<>(ShapeKind.RECTS, Drawn::upright, Form::sides);
        static final Form<RotatedRect> TURNED = new Form<>(ShapeKind.ROTATED_RECTS, Form::turned, Form::sidesAndAngle);

        private static RotatedRect turned(Drawn drawn) {
            var upright = drawn.upright();
            var centre = upright.centre();
            var degrees = drawn.degrees() == null ? 0 : drawn.degrees();
            return new RotatedRect(centre.x(), centre.y(), upright.width(), upright.height(), Math.toRadians(degrees));
        }

        private static Map<String, Double> sides(Rect box) {
            var members = new LinkedHashMap<String, Double>();
            members.put("x", box.x());
            members.put("y", box.y());
            members.put("width", box.width());
            members.put("height", box.height());
            return members;
        }

        private static Map<String, Double> sidesAndAngle(RotatedRect box) {
            var members = sides(new Rect(
                    box.centreX() - box.width() / 2, box.centreY() - box.height() / 2, box.width(), box.height()));
            // What is left of a round number after radians and back is no answer of anybody.
            members.put("angle", Math.rint(Math.toDegrees(box.angle()) * 1e9) / 1e9);
            return members;
        }

        List<Labelled<S>> of(Collection<Drawn> drawn) {
            return drawn.stream()
                    .map(one -> new Labelled<>(one.label(), shape.apply(one)))
                    .toList();
        }

        List<Map<String, List<Labelled<S>>>> of(Collected<List<Drawn>> collected) {
            return collected.byTask().values().stream().map(this::of).toList();
        }

        private Map<String, List<Labelled<S>>> of(Map<String, List<Drawn>> byWorker) {
            var result = new TreeMap<String, List<Labelled<S>>>(IdOrder.INSTANCE);
            byWorker.forEach((worker, drawn) -> result.put(worker, of(drawn)));
            return result;
        }
    }

    @Override
    public List<String> methods() {
        return List.of(MODEL, VOTE);
    }

    @Override
    public Result aggregate(Request request) {
        var collected = Collected.read(request, Boxes::parse);
        var gold = Collected.gold(request, Boxes::parse);
        return turned(collected, gold.values())
                ? aggregate(Form.TURNED, request, collected, gold)
                : aggregate(Form.UPRIGHT, request, collected, gold);
    }

    private static boolean turned(Collected<List<Drawn>> collected, Collection<List<Drawn>> gold) {
        return Stream.concat(
                        collected.byTask().values().stream().flatMap(byWorker -> byWorker.values().stream()),
                        gold.stream())
                .flatMap(List::stream)
                .anyMatch(drawn -> drawn.degrees() != null);
    }

    private static <S extends BoxShape<S>> Result aggregate(
            Form<S> form, Request request, Collected<List<Drawn>> collected, Map<String, List<Drawn>> gold) {
        var method = request.method() == null ? MODEL : request.method();
        var judged = collected.judged(gold, request);
        var fused = method.equals(VOTE) ? byVote(form, collected) : byModel(form, collected);
        return collected.result(method, new Collected.Answered(score(form, fused, gold, judged), List.of(), sink -> {
            for (var image : fused.entrySet()) {
                sink.answer(image.getKey(), written(form, image.getValue()), confidence(image.getValue()));
            }
        }));
    }

    static List<Drawn> parse(String cell) {
        return Cells.list(cell, EXPECTED, Boxes::box);
    }

    private static Drawn box(JsonNode node) {
        return new Drawn(
                Cells.text(node, "label"),
                new Rect(
                        Cells.number(node, "x"),
                        Cells.number(node, "y"),
                        Cells.number(node, "width"),
                        Cells.number(node, "height")),
                node.has("angle") ? Cells.number(node, "angle") : null);
    }

    /** How far people agree; turned where any box of the input is. */
    static ShapeAgreement agreement(Collected<List<Drawn>> collected, Bootstrap bootstrap) {
        return turned(collected, List.of())
                ? ShapeAgreement.of(Form.TURNED.kind(), Form.TURNED.of(collected), bootstrap)
                : ShapeAgreement.of(Form.UPRIGHT.kind(), Form.UPRIGHT.of(collected), bootstrap);
    }

    private static <S extends BoxShape<S>> Map<String, List<Box<S>>> byVote(
            Form<S> form, Collected<List<Drawn>> collected) {
        var fusion = ShapeFusion.of(form.kind());
        var result = new TreeMap<String, List<Box<S>>>(IdOrder.INSTANCE);
        collected
                .byTask()
                .forEach((image, drawn) -> result.put(
                        image,
                        fusion.fuse(form.of(drawn)).kept().stream()
                                .map(fused -> new Box<>(
                                        new Labelled<>(fused.label(), fused.shape()),
                                        (double) fused.support() / fused.annotators()))
                                .toList()));
        return result;
    }

    private static <S extends BoxShape<S>> Map<String, List<Box<S>>> byModel(
            Form<S> form, Collected<List<Drawn>> collected) {
        var images = List.copyOf(collected.byTask().keySet());
        var fit = BoxModel.STANDARD.fit(form.kind(), form.of(collected));
        var result = new TreeMap<String, List<Box<S>>>(IdOrder.INSTANCE);
        for (var i = 0; i < images.size(); i++) {
            result.put(
                    images.get(i),
                    fit.assets().get(i).stream()
                            .filter(BoxModel.Candidate::exists)
                            .map(found -> new Box<>(new Labelled<>(found.label(), found.box()), found.confidence()))
                            .toList());
        }
        return result;
    }

    private static <S extends BoxShape<S>> String written(Form<S> form, List<Box<S>> boxes) {
        return Cells.written(boxes.stream()
                .map(box -> {
                    var members = new LinkedHashMap<String, Object>();
                    members.put("label", box.drawn().label());
                    members.putAll(form.members().apply(box.drawn().shape()));
                    members.put("confidence", box.confidence());
                    return members;
                })
                .toList());
    }

    private static <S extends BoxShape<S>> @Nullable Double confidence(List<Box<S>> boxes) {
        return boxes.isEmpty()
                ? null
                : boxes.stream().mapToDouble(Box::confidence).average().orElseThrow();
    }

    /** Matched one to one at an overlap of one half, by class. */
    private static <S extends BoxShape<S>> Optional<Score> score(
            Form<S> form, Map<String, List<Box<S>>> fused, Map<String, List<Drawn>> gold, List<String> judged) {
        if (gold.isEmpty()) {
            return Optional.empty();
        }
        var pairs = new ArrayList<Map<String, List<Labelled<S>>>>();
        for (var image : judged) {
            pairs.add(Map.of(
                    "fused",
                    fused.getOrDefault(image, List.of()).stream()
                            .map(Box::drawn)
                            .toList(),
                    "gold",
                    form.of(gold.getOrDefault(image, List.of()))));
        }
        var agreement = ShapeAgreement.of(form.kind(), pairs, Bootstrap.seeded(1));
        var further = new LinkedHashMap<String, Double>();
        agreement.f1().ifPresent(f1 -> further.put("box_f1", f1.value()));
        agreement.meanOverlap().ifPresent(iou -> further.put("mean_iou", iou.value()));
        return Optional.of(new Score(judged.size(), null, null, null, null, null, further));
    }
}
