package io.etalon.annotation;

import java.util.List;
import java.util.Map;

/** Ready ontologies to begin with, one for each kind of project, named in English and French. */
public final class Templates {
    /**
     * A kind of project and the ontology it begins with.
     *
     * @param id stable id of the template
     * @param assets what is annotated
     */
    public record Template(String id, String name, Map<String, String> names, Assets assets, Ontology ontology) {
        public Template {
            names = Names.sorted(names);
        }
    }

    /** What a template's assets are. */
    public enum Assets {
        IMAGES,
        TEXTS
    }

    private Templates() {}

    /** All templates, in the order in which they are offered. */
    public static List<Template> all() {
        return List.of(imageClassification(), textClassification(), imageBoxes());
    }

    /** One question about a whole image: is it fit for use, and why not. */
    public static Template imageClassification() {
        var quality = choice(
                "quality",
                "Is the image good enough to use?",
                "L’image est-elle utilisable ?",
                option("good", "Good", "Bonne"),
                option("acceptable", "Acceptable", "Acceptable"),
                option("unusable", "Unusable", "Inutilisable"));
        var defects = new Question(
                "defects",
                "What is wrong with it?",
                french("Quels sont ses défauts ?"),
                QuestionType.MULTI_CHOICE,
                false,
                List.of(
                        option("blurred", "Blurred", "Floue"),
                        option("dark", "Too dark", "Trop sombre"),
                        option("cut-off", "Cut off", "Coupée")));
        return new Template(
                "image-classification",
                "Image classification",
                french("Classification d’images"),
                Assets.IMAGES,
                new Ontology(List.of(), List.of(quality, defects)));
    }

    /** The sentiment of a text, and a note. */
    public static Template textClassification() {
        var sentiment = choice(
                "sentiment",
                "What does the author feel?",
                "Que ressent l’auteur ?",
                option("positive", "Positive", "Positif"),
                option("neutral", "Neutral", "Neutre"),
                option("negative", "Negative", "Négatif"));
        return new Template(
                "text-classification",
                "Text classification",
                french("Classification de textes"),
                Assets.TEXTS,
                new Ontology(List.of(), List.of(sentiment, note())));
    }

    /** Boxes around people and vehicles, with an attribute, and a note on the image. */
    public static Template imageBoxes() {
        var occluded = new Question(
                "occluded", "Partly hidden?", french("En partie caché ?"), QuestionType.BOOLEAN, false, List.of());
        var person = new LabelClass("person", "Person", french("Personne"), "#2b7bc0", Tool.BOX, List.of(occluded));
        var vehicle = new LabelClass("vehicle", "Vehicle", french("Véhicule"), "#c08a2b", Tool.BOX, List.of(occluded));
        return new Template(
                "image-boxes",
                "Boxes on images",
                french("Rectangles sur des images"),
                Assets.IMAGES,
                new Ontology(List.of(person, vehicle), List.of(note())));
    }

    private static Question choice(String id, String name, String frenchName, Option... options) {
        return new Question(id, name, french(frenchName), QuestionType.CHOICE, true, List.of(options));
    }

    private static Question note() {
        return new Question("note", "Remarks", french("Remarques"), QuestionType.TEXT, false, List.of());
    }

    private static Option option(String id, String name, String frenchName) {
        return new Option(id, name, french(frenchName));
    }

    private static Map<String, String> french(String name) {
        return Map.of("fr", name);
    }
}
