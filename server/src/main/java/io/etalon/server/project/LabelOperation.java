package io.etalon.server.project;

import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Option;
import org.jspecify.annotations.Nullable;

/** One change of an ontology while work goes on: of a label, of an option of a question, or of a question. */
sealed interface LabelOperation {
    /** What it is about, as counts and records name it: see {@link Used}. */
    String key();

    /** A label that was not there. */
    record Add(LabelClass label) implements LabelOperation {
        @Override
        public String key() {
            return label.id();
        }
    }

    /** Another name for the same label; the id stays, and with it every answer. */
    record Rename(String id, String name) implements LabelOperation {
        @Override
        public String key() {
            return id;
        }
    }

    /** What was this label counts as the other one from now on. */
    record Merge(String id, String into) implements LabelOperation {
        @Override
        public String key() {
            return id;
        }
    }

    /** The label is offered no more; answers that bear it keep it and are marked. */
    record Retire(String id) implements LabelOperation {
        @Override
        public String key() {
            return id;
        }
    }

    /** An option that was not there, after the others. */
    record AddOption(QuestionPlace at, Option option) implements LabelOperation {
        @Override
        public String key() {
            return at.option(option.id());
        }
    }

    record RenameOption(QuestionPlace at, String id, String name) implements LabelOperation {
        @Override
        public String key() {
            return at.option(id);
        }
    }

    /** Who chose this option counts as one who chose the other from now on. */
    record MergeOption(QuestionPlace at, String id, String into) implements LabelOperation {
        @Override
        public String key() {
            return at.option(id);
        }
    }

    record RetireOption(QuestionPlace at, String id) implements LabelOperation {
        @Override
        public String key() {
            return at.option(id);
        }
    }

    /** The question is asked no more; answers to it are kept and marked. */
    record RetireQuestion(QuestionPlace at) implements LabelOperation {
        @Override
        public String key() {
            return at.key();
        }
    }

    /** What a merge leads to, named like {@link #key}; null for the others. */
    default @Nullable String target() {
        return switch (this) {
            case Merge(var id, var into) -> into;
            case MergeOption(var at, var id, var into) -> at.option(into);
            case Add add -> null;
            case Rename rename -> null;
            case Retire retire -> null;
            case AddOption add -> null;
            case RenameOption rename -> null;
            case RetireOption retire -> null;
            case RetireQuestion retire -> null;
        };
    }
}
