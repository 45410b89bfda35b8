package io.etalon.server.project;

import io.etalon.annotation.Fault;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Option;
import io.etalon.annotation.Question;
import io.etalon.server.base.EtalonException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes the next version of an ontology out of operations, one after the other. Pure. */
final class LabelChanges {
    private final List<LabelClass> labels;
    private final List<Question> questions;
    private final List<Fault> faults = new ArrayList<>();

    private LabelChanges(Ontology ontology) {
        this.labels = new ArrayList<>(ontology.labels());
        this.questions = new ArrayList<>(ontology.questions());
    }

    /** @throws EtalonException with the place of each operation that cannot be done */
    static Ontology apply(Ontology before, List<LabelOperation> operations) {
        if (operations.isEmpty()) {
            throw EtalonException.invalidAt("/operations", "is missing or empty; give at least one");
        }
        var changes = new LabelChanges(before);
        for (var i = 0; i < operations.size(); i++) {
            changes.one(operations.get(i), "/operations/" + i);
        }
        var after = new Ontology(changes.labels, changes.questions);
        if (changes.faults.isEmpty()) {
            after.faults().forEach(fault -> changes.faults.add(new Fault("/operations", fault.toString())));
        }
        if (!changes.faults.isEmpty()) {
            throw EtalonException.withFaults(
                    Projects.BAD_ONTOLOGY, "The ontology cannot be changed like this.", changes.faults);
        }
        return after;
    }

    private void one(LabelOperation operation, String at) {
        switch (operation) {
            case LabelOperation.Add(var label) -> {
                if (position(labels, LabelClass::id, label.id()) >= 0) {
                    faults.add(new Fault(at + "/label/id", "there is a label “" + label.id() + "” already"));
                } else {
                    labels.add(label);
                }
            }
            case LabelOperation.Rename(var id, var name) -> {
                var position = known(labels, LabelClass::id, id, at + "/id");
                if (position >= 0) {
                    labels.set(position, renamed(labels.get(position), name));
                }
            }
            case LabelOperation.Merge(var id, var into) -> merge(id, into, at);
            case LabelOperation.Retire(var id) -> retire(labels, LabelClass::id, id, at);
            case LabelOperation.AddOption(var place, var option) ->
                options(place, at, options -> {
                    if (position(options, Option::id, option.id()) >= 0) {
                        faults.add(new Fault(at + "/option/id", "there is an option “" + option.id() + "” already"));
                    } else {
                        options.add(option);
                    }
                });
            case LabelOperation.RenameOption(var place, var id, var name) ->
                options(place, at, options -> {
                    var position = known(options, Option::id, id, at + "/id");
                    if (position >= 0) {
                        options.set(
                                position,
                                new Option(id, name, options.get(position).names()));
                    }
                });
            case LabelOperation.MergeOption(var place, var id, var into) ->
                options(place, at, options -> {
                    var from = known(options, Option::id, id, at + "/id");
                    var to = known(options, Option::id, into, at + "/into");
                    if (from >= 0 && from == to) {
                        faults.add(new Fault(at + "/into", "is the same option"));
                    } else if (from >= 0 && to >= 0) {
                        options.remove(from);
                    }
                });
            case LabelOperation.RetireOption(var place, var id) ->
                options(place, at, options -> retire(options, Option::id, id, at));
            case LabelOperation.RetireQuestion(var place) ->
                asked(place, at, list -> {
                    list.remove(position(list, Question::id, place.question()));
                });
        }
    }

    private <T> void retire(List<T> list, Function<T, String> ids, String id, String at) {
        var position = known(list, ids, id, at + "/id");
        if (position >= 0) {
            list.remove(position);
        }
    }

    private void merge(String id, String into, String at) {
        var from = known(labels, LabelClass::id, id, at + "/id");
        var to = known(labels, LabelClass::id, into, at + "/into");
        if (from < 0 || to < 0) {
            return;
        }
        if (from == to) {
            faults.add(new Fault(at + "/into", "is the same label"));
        } else if (labels.get(from).tool() != labels.get(to).tool()) {
            faults.add(new Fault(at + "/into", "is drawn with another tool; its answers could not bear these shapes"));
        } else {
            labels.remove(from);
        }
    }

    private static LabelClass renamed(LabelClass label, String name) {
        return new LabelClass(label.id(), name, label.names(), label.color(), label.tool(), label.attributes());
    }

    private interface Change<T> {
        void of(List<T> list);
    }

    /** Changes the options of a question. */
    private void options(QuestionPlace place, String at, Change<Option> change) {
        asked(place, at, list -> {
            var position = position(list, Question::id, place.question());
            var question = list.get(position);
            if (question.options().isEmpty()) {
                faults.add(new Fault(at + "/question", "“" + place + "” has no options"));
                return;
            }
            var options = new ArrayList<>(question.options());
            change.of(options);
            list.set(
                    position,
                    new Question(
                            question.id(),
                            question.name(),
                            question.names(),
                            question.type(),
                            question.required(),
                            options));
        });
    }

    /** Changes the questions among which one stands, when it is there. */
    private void asked(QuestionPlace place, String at, Change<Question> change) {
        var label = place.label() == null ? -1 : position(labels, LabelClass::id, place.label());
        var among = place.label() == null
                ? questions
                : label < 0
                        ? List.<Question>of()
                        : new ArrayList<>(labels.get(label).attributes());
        if (position(among, Question::id, place.question()) < 0) {
            faults.add(new Fault(at + "/question", "there is no question “" + place + "”"));
            return;
        }
        change.of(among);
        if (label >= 0) {
            var of = labels.get(label);
            labels.set(label, new LabelClass(of.id(), of.name(), of.names(), of.color(), of.tool(), among));
        }
    }

    private <T> int known(List<T> list, Function<T, String> ids, String id, String at) {
        var position = position(list, ids, id);
        if (position < 0) {
            faults.add(new Fault(at, "there is no “" + id + "” here"));
        }
        return position;
    }

    private static <T> int position(List<T> list, Function<T, String> ids, String id) {
        for (var i = 0; i < list.size(); i++) {
            if (ids.apply(list.get(i)).equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
