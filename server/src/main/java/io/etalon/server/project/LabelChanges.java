package io.etalon.server.project;

import io.etalon.annotation.Fault;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.server.base.EtalonException;
import java.util.ArrayList;
import java.util.List;

/** Makes the next version of an ontology out of operations, one after the other. Pure. */
final class LabelChanges {
    private final List<LabelClass> labels;
    private final List<Fault> faults = new ArrayList<>();

    private LabelChanges(Ontology ontology) {
        this.labels = new ArrayList<>(ontology.labels());
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
        var after = new Ontology(changes.labels, before.questions());
        if (changes.faults.isEmpty()) {
            after.faults().forEach(fault -> changes.faults.add(new Fault("/operations", fault.toString())));
        }
        if (!changes.faults.isEmpty()) {
            throw EtalonException.withFaults(
                    Projects.BAD_ONTOLOGY, "The labels cannot be changed like this.", changes.faults);
        }
        return after;
    }

    private void one(LabelOperation operation, String at) {
        switch (operation) {
            case LabelOperation.Add(var label) -> {
                if (position(label.id()) >= 0) {
                    faults.add(new Fault(at + "/label/id", "there is a label “" + label.id() + "” already"));
                } else {
                    labels.add(label);
                }
            }
            case LabelOperation.Rename(var id, var name) -> {
                var position = known(id, at + "/id");
                if (position >= 0) {
                    var label = labels.get(position);
                    labels.set(
                            position,
                            new LabelClass(
                                    label.id(), name, label.names(), label.color(), label.tool(), label.attributes()));
                }
            }
            case LabelOperation.Merge(var id, var into) -> merge(id, into, at);
            case LabelOperation.Retire(var id) -> {
                var position = known(id, at + "/id");
                if (position >= 0) {
                    labels.remove(position);
                }
            }
        }
    }

    private void merge(String id, String into, String at) {
        var from = known(id, at + "/id");
        var to = known(into, at + "/into");
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

    private int known(String id, String at) {
        var position = position(id);
        if (position < 0) {
            faults.add(new Fault(at, "there is no label “" + id + "”"));
        }
        return position;
    }

    private int position(String id) {
        for (var i = 0; i < labels.size(); i++) {
            if (labels.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }
}
