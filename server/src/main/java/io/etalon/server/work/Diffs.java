package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Diff;
import io.etalon.annotation.Diff.ShapeChange;
import io.etalon.annotation.Shape;
import io.etalon.formats.AnswerJson;
import io.etalon.formats.CanonicalJson;
import io.etalon.formats.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The API's form of what a reviewer changed. A shape that was both moved and relabelled stands twice. Stateless. */
final class Diffs {
    private Diffs() {}

    static WorkBodies.DiffBody between(Answer before, Answer after) {
        var diff = Diff.between(before, after);
        var answers = diff.answers().stream()
                .map(change -> new WorkBodies.AnswerChange(
                        change.question(),
                        value(change.question(), change.from()),
                        value(change.question(), change.to())))
                .toList();
        var shapes = new ArrayList<WorkBodies.ShapeChange>();
        for (var change : diff.shapes()) {
            switch (change) {
                case ShapeChange.Added(var shape) ->
                    shapes.add(new WorkBodies.ShapeChange(shape.id(), "added", null, json(shape)));
                case ShapeChange.Removed(var shape) ->
                    shapes.add(new WorkBodies.ShapeChange(shape.id(), "removed", json(shape), null));
                case ShapeChange.Changed changed -> {
                    if (changed.moved()) {
                        shapes.add(change(changed, "moved"));
                    }
                    if (changed.relabelled() || !changed.attributes().isEmpty()) {
                        shapes.add(change(changed, "relabelled"));
                    }
                }
            }
        }
        return new WorkBodies.DiffBody(answers, shapes);
    }

    /** The same for a screen that shows both: a shape stands once, texts with the stretches that differ. */
    static WorkBodies.VersionDiff versions(Answer before, Answer after) {
        var diff = Diff.between(before, after);
        var regions = new ArrayList<WorkBodies.RegionChange>();
        for (var change : diff.shapes()) {
            regions.add(
                    switch (change) {
                        case ShapeChange.Added(var shape) ->
                            new WorkBodies.RegionChange(
                                    shape.id(), "added", null, null, null, null, json(shape), List.of());
                        case ShapeChange.Removed(var shape) ->
                            new WorkBodies.RegionChange(
                                    shape.id(), "removed", null, null, null, json(shape), null, List.of());
                        case ShapeChange.Changed changed ->
                            new WorkBodies.RegionChange(
                                    changed.to().id(),
                                    "changed",
                                    changed.moved(),
                                    changed.relabelled(),
                                    changed.iou(),
                                    json(changed.from()),
                                    json(changed.to()),
                                    fields(changed.attributes()));
                    });
        }
        return new WorkBodies.VersionDiff(fields(diff.answers()), regions);
    }

    private static List<WorkBodies.FieldChange> fields(List<Diff.AnswerChange> changes) {
        return changes.stream()
                .map(change -> new WorkBodies.FieldChange(
                        change.question(),
                        change.from() == null ? "added" : change.to() == null ? "removed" : "changed",
                        value(change.question(), change.from()),
                        value(change.question(), change.to()),
                        change.from() instanceof AnswerValue.Text(var from)
                                        && change.to() instanceof AnswerValue.Text(var to)
                                ? TextDiff.between(from, to)
                                : null))
                .toList();
    }

    private static WorkBodies.ShapeChange change(ShapeChange.Changed changed, String what) {
        return new WorkBodies.ShapeChange(changed.to().id(), what, json(changed.from()), json(changed.to()));
    }

    private static @Nullable String value(String question, @Nullable AnswerValue value) {
        if (value == null) {
            return null;
        }
        var answers = member(AnswerJson.json(new Answer(Map.of(question, value), List.of())), "answers");
        return CanonicalJson.text(member(answers, question));
    }

    private static String json(Shape shape) {
        var shapes = member(AnswerJson.json(new Answer(Map.of(), List.of(shape))), "shapes");
        return CanonicalJson.text(((Json.Arr) shapes).elements().getFirst());
    }

    private static Json member(Json object, String name) {
        var found = ((Json.Obj) object).members().get(name);
        if (found == null) {
            throw new IllegalStateException("the JSON of an answer has no member " + name);
        }
        return found;
    }
}
