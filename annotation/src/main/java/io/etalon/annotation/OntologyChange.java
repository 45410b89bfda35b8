package io.etalon.annotation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two versions of an ontology. Ids decide what is the same; the order of labels, questions and
 * options is no difference.
 *
 * @param entries in the order of the later version, removals of a level first
 */
public record OntologyChange(List<Entry> entries) {
    /** What happened. */
    public enum Kind {
        ADDED,
        REMOVED,
        /** The name, or the name in a locale, is another; the id is the same. */
        RENAMED,
        /** The type of a question or the tool of a label class is another. */
        RETYPED,
        /** The question must be answered now. */
        REQUIRED,
        /** The question need not be answered any more. */
        OPTIONAL,
        RECOLORED
    }

    /** What it happened to. */
    public enum Part {
        LABEL,
        QUESTION,
        OPTION
    }

    /**
     * One difference.
     *
     * @param path ids from the top, for example {@code labels/coin/attributes/wear/options/2}
     * @param before the earlier name, type or color; empty for an addition. Where only the names in locales differ, those
     *     stand behind the name
     * @param after the later name, type or color; empty for a removal
     * @param breaking whether an answer that was right under the earlier version can be wrong under the later
     */
    public record Entry(Kind kind, Part part, String path, String before, String after, boolean breaking) {}

    public OntologyChange {
        entries = List.copyOf(entries);
    }

    /** Whether an answer that was right under the earlier version can be wrong under the later. */
    public boolean breaking() {
        return entries.stream().anyMatch(Entry::breaking);
    }

    /** What must be told about going from one version to the next. */
    public static OntologyChange between(Ontology before, Ontology after) {
        var comparison = new Comparison();
        comparison.labels(before.labels(), after.labels());
        comparison.questions(before.questions(), after.questions(), "questions/");
        return new OntologyChange(comparison.entries);
    }

    private static final class Comparison {
        private final List<Entry> entries = new ArrayList<>();

        void labels(List<LabelClass> before, List<LabelClass> after) {
            var earlier = byId(before, LabelClass::id);
            var later = byId(after, LabelClass::id);
            var base = "labels/";
            earlier.forEach((id, label) -> {
                if (!later.containsKey(id)) {
                    add(Kind.REMOVED, Part.LABEL, base + id, label.name(), "", true);
                }
            });
            later.forEach((id, label) -> {
                var path = base + id;
                var old = earlier.get(id);
                if (old == null) {
                    add(Kind.ADDED, Part.LABEL, path, "", label.name(), false);
                    return;
                }
                renamed(Part.LABEL, path, old.name(), old.names(), label.name(), label.names());
                if (!old.color().equals(label.color())) {
                    add(Kind.RECOLORED, Part.LABEL, path, old.color(), label.color(), false);
                }
                if (old.tool() != label.tool()) {
                    add(
                            Kind.RETYPED,
                            Part.LABEL,
                            path,
                            old.tool().name(),
                            label.tool().name(),
                            true);
                }
                questions(old.attributes(), label.attributes(), path + "/attributes/");
            });
        }

        void questions(List<Question> before, List<Question> after, String base) {
            var earlier = byId(before, Question::id);
            var later = byId(after, Question::id);
            earlier.forEach((id, question) -> {
                if (!later.containsKey(id)) {
                    add(Kind.REMOVED, Part.QUESTION, base + id, question.name(), "", true);
                }
            });
            later.forEach((id, question) -> {
                var old = earlier.get(id);
                if (old == null) {
                    add(Kind.ADDED, Part.QUESTION, base + id, "", question.name(), question.required());
                } else {
                    question(old, question, base + id);
                }
            });
        }

        private void question(Question old, Question question, String path) {
            renamed(Part.QUESTION, path, old.name(), old.names(), question.name(), question.names());
            if (old.type() != question.type()) {
                add(
                        Kind.RETYPED,
                        Part.QUESTION,
                        path,
                        old.type().name(),
                        question.type().name(),
                        true);
            }
            if (!old.required() && question.required()) {
                add(Kind.REQUIRED, Part.QUESTION, path, "", "", true);
            } else if (old.required() && !question.required()) {
                add(Kind.OPTIONAL, Part.QUESTION, path, "", "", false);
            }
            var earlier = byId(old.options(), Option::id);
            var later = byId(question.options(), Option::id);
            var base = path + "/options/";
            earlier.forEach((id, option) -> {
                if (!later.containsKey(id)) {
                    add(Kind.REMOVED, Part.OPTION, base + id, option.name(), "", true);
                }
            });
            later.forEach((id, option) -> {
                var was = earlier.get(id);
                if (was == null) {
                    add(Kind.ADDED, Part.OPTION, base + id, "", option.name(), false);
                } else {
                    renamed(Part.OPTION, base + id, was.name(), was.names(), option.name(), option.names());
                }
            });
        }

        private void renamed(
                Part part,
                String path,
                String oldName,
                Map<String, String> oldNames,
                String name,
                Map<String, String> names) {
            if (!oldName.equals(name) || !oldNames.equals(names)) {
                var inLocales = oldName.equals(name);
                add(
                        Kind.RENAMED,
                        part,
                        path,
                        inLocales ? told(oldName, oldNames, names) : oldName,
                        inLocales ? told(name, names, oldNames) : name,
                        false);
            }
        }

        /** A name with those locales that the other version has not, or has with another name. */
        private static String told(String name, Map<String, String> names, Map<String, String> other) {
            var differing = names.entrySet().stream()
                    .filter(entry -> !entry.getValue().equals(other.get(entry.getKey())))
                    .map(entry -> entry.getKey() + ": " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return differing.isEmpty() ? name : name + " (" + differing + ")";
        }

        private void add(Kind kind, Part part, String path, String before, String after, boolean breaking) {
            entries.add(new Entry(kind, part, path, before, after, breaking));
        }

        private static <T> Map<String, T> byId(List<T> values, Function<T, String> id) {
            var map = new LinkedHashMap<String, T>();
            values.forEach(value -> map.put(id.apply(value), value));
            return map;
        }
    }
}
