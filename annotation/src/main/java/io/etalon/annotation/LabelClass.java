package io.etalon.annotation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A class of things that annotators mark with one tool.
 *
 * @param id stable id ({@link Ids})
 * @param name the name shown where no locale's name fits
 * @param names names by locale, for example {@code fr -> Pièce}
 * @param color {@code #rrggbb}, lower case
 * @param tool the tool that draws it
 * @param attributes questions asked about each shape of this class
 */
public record LabelClass(
        String id, String name, Map<String, String> names, String color, Tool tool, List<Question> attributes) {
    public LabelClass {
        names = Names.sorted(names);
        attributes = List.copyOf(attributes);
    }

    /** The attribute with this id. */
    public Optional<Question> attribute(String id) {
        return Question.find(attributes, id);
    }
}
