package io.etalon.formats;

import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Ids;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.annotation.Tool;
import io.etalon.formats.CocoFile.Annotation;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes label classes of COCO's categories, and attributes of the values that annotations carry. */
final class CocoLabels {
    /** Colors that stay apart for most kinds of color vision (Okabe and Ito 2008, "Color universal design"). */
    private static final List<String> COLORS =
            List.of("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7");

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern NO_ID = Pattern.compile("[^a-z0-9_]+");
    private static final Pattern EDGES = Pattern.compile("^[-_]+|-+$");

    private final Map<Long, Category> categories = new LinkedHashMap<>();
    private final Map<Long, Map<String, QuestionType>> seen = new HashMap<>();
    private final HashSet<String> labelIds = new HashSet<>();

    /** A category with the types of its attributes by their id. */
    record Category(String labelId, String name, Map<String, QuestionType> attributes) {
        /** The value as the attribute takes it; empty when no attribute can. */
        Optional<AnswerValue> attribute(String name, Values.Loose value) {
            var type = attributes.get(slug(name));
            if (type == null) {
                return Optional.empty();
            }
            return switch (value) {
                case Values.Loose.Str(var text) -> Optional.of(new AnswerValue.Text(text));
                case Values.Loose.Num(var number) ->
                    Optional.of(
                            type == QuestionType.NUMBER
                                    ? new AnswerValue.Number(number)
                                    : new AnswerValue.Text(CanonicalJson.number(number)));
                case Values.Loose.Flag(var flag) ->
                    Optional.of(
                            type == QuestionType.BOOLEAN
                                    ? new AnswerValue.Flag(flag)
                                    : new AnswerValue.Text(Boolean.toString(flag)));
                case Values.Loose.Strs strs -> Optional.empty();
            };
        }
    }

    void add(long id, String name) {
        var slug = slug(name);
        var labelId = slug.isEmpty() ? "category" : slug;
        if (slug.isEmpty() || !labelIds.add(labelId)) {
            var suffix = "-" + Long.toString(id).replace("-", "n");
            labelId = labelId.substring(0, Math.min(labelId.length(), Ids.MAX_LENGTH - suffix.length())) + suffix;
            labelIds.add(labelId);
        }
        var shown = name.isBlank() ? labelId : name;
        if (categories.put(id, new Category(labelId, shown, new TreeMap<>())) != null) {
            throw new FormatException("/categories", "two categories have the id " + id + "; ids are unique");
        }
    }

    /** Learns the types of attributes; an attribute of several types becomes a text. */
    void see(Annotation annotation) {
        if (annotation.attributes().isEmpty()) {
            return;
        }
        var types = seen.computeIfAbsent(annotation.categoryId(), id -> new HashMap<>());
        annotation.attributes().forEach((name, value) -> {
            var type = switch (value) {
                case Values.Loose.Num n -> QuestionType.NUMBER;
                case Values.Loose.Flag f -> QuestionType.BOOLEAN;
                case Values.Loose.Str s -> QuestionType.TEXT;
                case Values.Loose.Strs s -> null;
            };
            if (type != null && !slug(name).isEmpty()) {
                types.merge(slug(name), type, (a, b) -> a == b ? a : QuestionType.TEXT);
            }
        });
    }

    Optional<Category> category(long id) {
        return Optional.ofNullable(categories.get(id));
    }

    Ontology ontology() {
        var labels = new ArrayList<LabelClass>();
        categories.forEach((id, category) -> {
            category.attributes().putAll(seen.getOrDefault(id, Map.of()));
            var questions = new ArrayList<Question>();
            category.attributes()
                    .forEach((name, type) -> questions.add(new Question(name, name, Map.of(), type, false, List.of())));
            labels.add(new LabelClass(
                    category.labelId(),
                    category.name(),
                    Map.of(),
                    COLORS.get(labels.size() % COLORS.size()),
                    Tool.BOX,
                    questions));
        });
        return new Ontology(labels, List.of());
    }

    /** An id made from a name; empty when the name has no letter or digit for it. An id stays as it is. */
    static String slug(String name) {
        if (Ids.isId(name)) {
            return name;
        }
        var plain =
                ACCENTS.matcher(Normalizer.normalize(name, Normalizer.Form.NFD)).replaceAll("");
        var dashed = NO_ID.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("-");
        var slug = EDGES.matcher(dashed).replaceAll("");
        return slug.substring(0, Math.min(slug.length(), Ids.MAX_LENGTH));
    }
}
