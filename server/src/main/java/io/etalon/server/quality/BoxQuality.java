package io.etalon.server.quality;

import io.etalon.quality.shapes.BoxAgreement;
import io.etalon.quality.shapes.BoxSkill;
import io.etalon.quality.shapes.LabelledBox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How well people agree on boxes, and what each of them misses or invents.
 *
 * @param assets looked at by somebody
 * @param agreement of the answers in effect
 * @param skills of people's own boxes (before any reviewer touched them) against the fused boxes of the answers in effect
 * @param fused how many boxes the consensus has
 */
public record BoxQuality(int assets, int annotators, BoxAgreement agreement, List<BoxSkill> skills, int fused) {

    static BoxQuality of(Evidence evidence, ConsensusBook consensus) {
        var ontology = evidence.ontology();
        var inEffect = new ArrayList<Map<String, List<LabelledBox>>>();
        var judged = new ArrayList<BoxSkill.Judged>();
        var annotators = new TreeSet<String>();
        var fused = 0;
        for (var i = 0; i < evidence.cases().size(); i++) {
            var task = evidence.cases().get(i).task();
            if (task.answers().isEmpty()) {
                continue;
            }
            var shapes = consensus.items().get(i).shapes();
            var truth = shapes.stream()
                    .map(shape -> new LabelledBox(shape.label(), shape.box()))
                    .toList();
            var own = Boxes.byAnnotator(task, ontology, GivenAnswer::own);
            inEffect.add(Boxes.byAnnotator(task, ontology, GivenAnswer::effective));
            judged.add(new BoxSkill.Judged(truth, own));
            annotators.addAll(own.keySet());
            fused += shapes.size();
        }
        return new BoxQuality(
                judged.size(),
                annotators.size(),
                BoxAgreement.of(inEffect, ChoiceQuality.bootstrap(inEffect.size())),
                BoxSkill.against(judged),
                fused);
    }
}
