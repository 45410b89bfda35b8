package io.etalon.cli.math;

import io.etalon.formats.tables.BadRow;
import io.etalon.quality.IdOrder;
import io.etalon.quality.shapes.masks.Mask;
import io.etalon.quality.shapes.masks.MaskModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Masks of one thing an image, run-length encoded as COCO does without compression. */
final class Masks implements Aggregation {
    private static final String EXPECTED = "a mask such as {\"size\":[height,width],\"counts\":[12,3,…]}";

    @Override
    public List<String> methods() {
        return List.of("mv", "em", "staple");
    }

    @Override
    public Result aggregate(Request request) {
        var method = request.method() == null ? "mv" : request.method();
        var collected = Collected.read(request, Masks::parse);
        var gold = Collected.gold(request, Masks::parse);
        var judged = collected.judged(gold, request);
        collected.byTask().forEach(Masks::requireOneSize);
        var fused = fused(collected, method);
        return collected.result(method, new Collected.Answered(score(fused, gold, judged), List.of(), sink -> {
            for (var image : fused.entrySet()) {
                sink.answer(
                        image.getKey(),
                        written(image.getValue()),
                        agreement(image.getValue(), collected.byTask().getOrDefault(image.getKey(), new TreeMap<>())));
            }
        }));
    }

    private static Map<String, Mask> fused(Collected<Mask> collected, String method) {
        var result = new TreeMap<String, Mask>(IdOrder.INSTANCE);
        if (method.equals("mv")) {
            collected.byTask().forEach((image, drawn) -> result.put(image, MaskModel.majority(drawn.values())));
            return result;
        }
        var model = method.equals("staple") ? MaskModel.staple() : MaskModel.oneCoin();
        var images = List.copyOf(collected.byTask().keySet());
        var masks = model.fit(List.copyOf(collected.byTask().values())).masks();
        for (var i = 0; i < images.size(); i++) {
            result.put(images.get(i), masks.get(i));
        }
        return result;
    }

    private static Mask parse(String cell) {
        var tree = Cells.tree(cell, EXPECTED);
        var size = tree.get("size");
        var counts = tree.get("counts");
        if (size == null || !size.isArray() || size.size() != 2 || counts == null || !counts.isArray()) {
            throw new BadRow("the label is no mask; " + EXPECTED + " is expected");
        }
        var numbers = new int[counts.size()];
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] = whole(counts.get(i));
        }
        return Mask.ofCounts(whole(size.get(1)), whole(size.get(0)), numbers);
    }

    private static int whole(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new BadRow("a mask holds " + node + "; " + EXPECTED + " is expected");
        }
        return node.asInt();
    }

    private static void requireOneSize(String image, Map<String, Mask> drawn) {
        var sizes = drawn.values().stream()
                .map(mask -> mask.width() + " x " + mask.height())
                .distinct()
                .toList();
        if (sizes.size() > 1) {
            throw new InputFailure("the masks of task " + image + " differ in size: " + String.join(", ", sizes)
                    + "; one image has one size");
        }
    }

    private static String written(Mask mask) {
        var members = new LinkedHashMap<String, Object>();
        members.put("size", List.of(mask.height(), mask.width()));
        members.put("counts", mask.counts());
        return Cells.written(members);
    }

    /** Mean overlap of the drawn masks with the fused one. */
    private static double agreement(Mask fused, Map<String, Mask> drawn) {
        return drawn.values().stream().mapToDouble(fused::iou).average().orElse(0);
    }

    private static Optional<Score> score(Map<String, Mask> fused, Map<String, Mask> gold, List<String> judged) {
        if (gold.isEmpty()) {
            return Optional.empty();
        }
        var iou = 0.0;
        var dice = 0.0;
        for (var image : judged) {
            var found = fused.get(image);
            var wanted = gold.get(image);
            if (found != null && wanted != null) {
                requireOneSize(image, Map.of("fused", found, "gold", wanted));
                iou += found.iou(wanted) / judged.size();
                dice += found.dice(wanted) / judged.size();
            }
        }
        return Optional.of(
                new Score(judged.size(), null, null, null, null, null, Map.of("mean_iou", iou, "mean_dice", dice)));
    }
}
