package io.etalon.server.quality;

import io.etalon.quality.shapes.BoxModel;
import io.etalon.quality.shapes.Labelled;
import io.etalon.quality.shapes.Rect;
import io.etalon.quality.shapes.ShapeAgreement;
import io.etalon.quality.shapes.ShapeKind;
import io.etalon.quality.shapes.ShapeSkill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How well people agree on boxes, and what each of them misses or invents.
 *
 * @param assets looked at by somebody
 * @param agreement of the answers in effect
 * @param skills of people's own boxes (before any reviewer touched them) against the fused boxes of the answers in effect
 * @param deviations how far each person's own boxes stray, by the model of misses, false alarms and jitter; nobody is in it when
 *     no two drew the same object
 * @param fused how many boxes the consensus has
 */
public record BoxQuality(
        int assets,
        int annotators,
        ShapeAgreement agreement,
        List<ShapeSkill> skills,
        Map<String, BoxModel.Deviation> deviations,
        int fused) {

    static BoxQuality of(Evidence evidence, ConsensusBook consensus) {
        var ontology = evidence.ontology();
        var inEffect = new ArrayList<Map<String, List<Labelled<Rect>>>>();
        var judged = new ArrayList<ShapeSkill.Judged<Rect>>();
        var annotators = new TreeSet<String>();
        var fused = 0;
        for (var i = 0; i < evidence.cases().size(); i++) {
            var task = evidence.cases().get(i).task();
            if (task.answers().isEmpty()) {
                continue;
            }
            var shapes = consensus.items().get(i).shapes();
            var truth = shapes.stream()
                    .map(shape -> new Labelled<>(shape.label(), Boxes.rect(shape.box())))
                    .toList();
            var own = Boxes.byAnnotator(task, ontology, GivenAnswer::own);
            inEffect.add(Boxes.byAnnotator(task, ontology, GivenAnswer::effective));
            judged.add(new ShapeSkill.Judged<>(truth, own));
            annotators.addAll(own.keySet());
            fused += shapes.size();
        }
        return new BoxQuality(
                judged.size(),
                annotators.size(),
                ShapeAgreement.of(ShapeKind.RECTS, inEffect, ChoiceQuality.bootstrap(inEffect.size())),
                ShapeSkill.against(ShapeKind.RECTS, judged),
                deviations(judged),
                fused);
    }

    private static Map<String, BoxModel.Deviation> deviations(List<ShapeSkill.Judged<Rect>> judged) {
        var drawn = judged.stream().map(ShapeSkill.Judged::drawn).toList();
        var deviations = new TreeMap<String, BoxModel.Deviation>();
        for (var skill : BoxModel.STANDARD.fit(ShapeKind.RECTS, drawn).skills()) {
            skill.deviation().ifPresent(deviation -> deviations.put(skill.annotator(), deviation));
        }
        return deviations;
    }
}
