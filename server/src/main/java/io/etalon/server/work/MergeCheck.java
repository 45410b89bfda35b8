package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.annotation.Fault;
import io.etalon.annotation.Shape;
import io.etalon.server.base.EtalonException;
import io.etalon.server.work.engine.WorkCodes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectMapper;

/** Whether the parts of a merged answer are what they are said to be. Thread-safe. */
@Component
final class MergeCheck {
    private final ObjectMapper mapper;

    MergeCheck(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The origin of every part of an answer, as it is kept; what has none is the adjudicator's own.
     *
     * @throws EtalonException invalid, naming each origin that is not true
     */
    String complete(Answer answer, List<MergeBodies.Origin> origins, List<MergeViews.Side> sides) {
        var faults = new ArrayList<Fault>();
        var given = new HashMap<String, MergeBodies.Origin>();
        for (var i = 0; i < origins.size(); i++) {
            var origin = origins.get(i);
            var at = "/origins/" + i;
            if (origin == null || (origin.question() == null) == (origin.shape() == null)) {
                faults.add(new Fault(at, "must name a question or a shape of the answer"));
            } else if (given.put(origin.part(), origin) != null) {
                faults.add(new Fault(at, "names a part that another origin names"));
            } else {
                check(answer, origin, sides, at, faults);
            }
        }
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(
                    WorkCodes.INVALID_ANSWER, "The parts are not what their origins say.", faults);
        }
        return mapper.writeValueAsString(kept(answer, given));
    }

    private static List<MergeBodies.Origin> kept(Answer answer, Map<String, MergeBodies.Origin> given) {
        var kept = new ArrayList<MergeBodies.Origin>();
        answer.answers().keySet().forEach(question -> {
            var own = new MergeBodies.Origin(question, null, null, null);
            kept.add(given.getOrDefault(own.part(), own));
        });
        answer.shapes().forEach(shape -> {
            var own = new MergeBodies.Origin(null, shape.id(), null, null);
            kept.add(given.getOrDefault(own.part(), own));
        });
        return kept;
    }

    private static void check(
            Answer answer, MergeBodies.Origin origin, List<MergeViews.Side> sides, String at, List<Fault> faults) {
        var question = origin.question();
        var shape = origin.shape();
        var merged = question == null ? shape(answer, shape) : answer.answers().get(question);
        if (merged == null) {
            faults.add(new Fault(at, "names a part that the answer does not have"));
            return;
        }
        var submission = origin.submission();
        if (submission == null) {
            return;
        }
        var side = sides.stream().filter(one -> one.row().id() == submission).findFirst();
        if (side.isEmpty()) {
            faults.add(new Fault(at + "/submission", "is none of the task's answers in effect"));
            return;
        }
        var taken = question == null
                ? shape(side.get().answer(), origin.from() == null ? shape : origin.from())
                : side.get().answer().answers().get(question);
        if (taken == null || !same(merged, taken)) {
            faults.add(new Fault(at, "is not what that submission says; a part that was changed is your own"));
        }
    }

    private static @Nullable Shape shape(Answer answer, @Nullable String id) {
        return answer.shapes().stream()
                .filter(shape -> shape.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** Two people may have given their shapes one id: it is no part of what a shape says. */
    private static boolean same(Object merged, Object taken) {
        return merged instanceof Shape(var id, var label, var geometry, var attributes)
                ? taken.equals(new Shape(((Shape) taken).id(), label, geometry, attributes))
                : merged.equals(taken);
    }
}
