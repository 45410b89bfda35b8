package io.etalon.server.project;

import io.etalon.annotation.LabelClass;

/** One change of an ontology's labels while work goes on. */
sealed interface LabelOperation {
    /** The label that it is about. */
    String id();

    /** A label that was not there. */
    record Add(LabelClass label) implements LabelOperation {
        @Override
        public String id() {
            return label.id();
        }
    }

    /** Another name for the same label; the id stays, and with it every answer. */
    record Rename(String id, String name) implements LabelOperation {}

    /** What was this label counts as the other one from now on. */
    record Merge(String id, String into) implements LabelOperation {}

    /** The label is offered no more; answers that bear it keep it and are marked. */
    record Retire(String id) implements LabelOperation {}
}
