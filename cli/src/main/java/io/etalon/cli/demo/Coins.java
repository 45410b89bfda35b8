package io.etalon.cli.demo;

import io.etalon.annotation.Box;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Boxes around the coins on real photographs by three annotators, whose answers are replayed as they were drawn on the
 * desk; their sources and licences are in the NOTICE beside them.
 */
final class Coins {
    private static final String FOLDER = "coins/";
    private static final String RETURNED_IMAGE = "coins-row-4.png";
    private static final double GOOD_OVERLAP = 0.7;
    private static final List<String> ANNOTATORS = List.of("Ada", "Benoît", "Chloé");

    private final Crew crew;
    private final JsonNode recorded = new JsonMapper().readTree(resource(FOLDER + "answers.json"));
    private final List<Crew.Member> annotators = new ArrayList<>();
    private String path = "";

    Coins(Crew crew) {
        this.crew = crew;
    }

    String path() {
        return path;
    }

    int images() {
        return recorded.get("images").size();
    }

    /** Invites three annotators and a reviewer's colleague, creates the project, uploads the photographs. */
    void prepare(Api machine) {
        for (var name : ANNOTATORS) {
            annotators.add(crew.join(name, address(name), List.of("annotator")));
        }
        var project = crew.requester().post(crew.clientPath() + "/projects", settings("Coins", ANNOTATORS.size(), 1));
        path = crew.clientPath() + "/projects/" + project.get("id").asString();
        upload(machine, path);
        Check.equal(
                "planned tasks",
                images(),
                crew.requester().post(path + "/tasks", Map.of()).get("planned").asInt());
    }

    private static String address(String name) {
        // Taken apart, “î” is an i and its accent, and only the accent goes.
        var plain = Normalizer.normalize(name, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        return plain.replaceAll("[^a-z]", "") + "@demo.invalid";
    }

    /** A second project on the same photographs with nothing done yet, for whoever signs in. */
    void prepareForTheVisitor(Api machine) {
        var project = crew.requester().post(crew.clientPath() + "/projects", settings("Coins: your turn", 1, 1));
        var visitors = crew.clientPath() + "/projects/" + project.get("id").asString();
        upload(machine, visitors);
        crew.requester().post(visitors + "/tasks", Map.of());
    }

    private Map<String, ?> settings(String name, int redundancy, double reviewShare) {
        return Map.of(
                "name",
                name,
                "template",
                "image-boxes",
                "ontology",
                ontology(),
                "guidelines",
                GUIDELINES,
                "redundancy",
                redundancy,
                "reviewShare",
                reviewShare,
                "workforces",
                List.of(crew.workforce()),
                "licence",
                "LicenseRef-see-notice");
    }

    private void upload(Api machine, String project) {
        for (var image : recorded.get("images")) {
            var name = image.asString();
            machine.upload(project + "/assets?name=" + name, resource(FOLDER + name));
        }
    }

    /** Lets one annotator submit what he drew. */
    int draw(int index) {
        var name = ANNOTATORS.get(index);
        return Work.untilNothingIsLeft(annotators.get(index), path, lease -> drawn(name, lease));
    }

    /** After a reviewer returned a task: its author, who sees the comment, submits it corrected. */
    int redraw() {
        var count = 0;
        for (var annotator : annotators) {
            count += Work.untilNothingIsLeft(annotator, path, lease -> {
                Check.that(
                        "a returned task shows the reviewer's comment",
                        lease.get("returned").get("comments").size() > 0);
                return drawn("reference", lease);
            });
        }
        return count;
    }

    private Map<String, ?> drawn(String by, JsonNode lease) {
        var shapes = new ArrayList<Map<String, ?>>();
        for (var box : boxes(by, lease.get("task").get("asset").get("name").asString())) {
            shapes.add(Map.of(
                    "id", "s" + (shapes.size() + 1),
                    "label", "coin",
                    "type", "box",
                    "x", box.x(),
                    "y", box.y(),
                    "width", box.width(),
                    "height", box.height(),
                    "attributes", Map.of()));
        }
        return Map.of("answers", Map.of(), "shapes", shapes);
    }

    private List<Box> boxes(String by, String image) {
        var boxes = new ArrayList<Box>();
        for (var box : recorded.get("drawn").get(by).get(image)) {
            boxes.add(new Box(
                    box.get(0).asDouble(),
                    box.get(1).asDouble(),
                    box.get(2).asDouble(),
                    box.get(3).asDouble()));
        }
        return boxes;
    }

    /** What the reviewer did: accepted, fixed and returned submissions. */
    record Reviewed(int accepted, int fixed, int returned) {}

    /**
     * Reviews all submissions by what is in them, so that every run decides alike: one with a coin missing on the last
     * photograph is returned, other ones that differ from the reference are fixed, the rest accepted.
     */
    Reviewed review(Crew.Member reviewer) {
        var counts = new HashMap<String, Integer>();
        Reviewing.untilNothingIsLeft(reviewer, path, review -> {
            var decision = decision(review);
            counts.merge(String.valueOf(decision.get("decision")), 1, Integer::sum);
            return decision;
        });
        return new Reviewed(
                counts.getOrDefault("accept", 0), counts.getOrDefault("fix", 0), counts.getOrDefault("return", 0));
    }

    private Map<String, Object> decision(JsonNode review) {
        var image = review.get("task").get("asset").get("name").asString();
        var reference = boxes("reference", image);
        var shapes = review.get("submission").get("answer").get("shapes");
        if (shapes.size() < reference.size() && image.equals(RETURNED_IMAGE)) {
            return Map.of(
                    "decision", "return", "comments", List.of(Map.of("text", "Please look again: a coin is missing.")));
        }
        var unmatched = new ArrayList<>(reference);
        for (var shape : shapes) {
            var box = box(shape);
            unmatched.removeIf(r -> r.iou(box) >= GOOD_OVERLAP);
        }
        return unmatched.isEmpty() && shapes.size() == reference.size()
                ? Map.of("decision", "accept", "comments", List.of())
                : Map.of("decision", "fix", "comments", List.of(), "answer", drawn("reference", review));
    }

    private static Box box(JsonNode shape) {
        return new Box(
                shape.get("x").asDouble(),
                shape.get("y").asDouble(),
                shape.get("width").asDouble(),
                shape.get("height").asDouble());
    }

    /** Compares the fused boxes with the reference ones at an IoU of one half. */
    String compareWithTheReference() {
        var matched = 0;
        var fused = 0;
        var expected = 0;
        var page = crew.requester().get(path + "/quality/consensus?method=majority&limit=200");
        for (var item : page.get("items")) {
            var reference = new ArrayList<>(
                    boxes("reference", item.get("asset").get("name").asString()));
            expected += reference.size();
            for (var shape : item.get("shapes")) {
                fused++;
                var box = box(shape);
                if (reference.removeIf(r -> r.iou(box) >= 0.5)) {
                    matched++;
                }
            }
        }
        Check.equal("fused boxes that match the reference", expected, matched);
        Check.equal("fused boxes", expected, fused);
        var skills = crew.requester().get(path + "/quality").get("boxes").get("annotatorSkill");
        var counts = new ArrayList<String>();
        for (var skill : skills) {
            counts.add(skill.get("name").asString() + " " + skill.get("misses").asInt() + " missed "
                    + skill.get("falseAlarms").asInt() + " false");
        }
        return matched + " of " + expected + " coins found, none false; by their own last answers: "
                + String.join(", ", counts);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Coins.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name + " is missing from the build")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, ?> ontology() {
        return Map.of(
                "labels",
                        List.of(Map.of(
                                "id", "coin",
                                "name", "Coin",
                                "names", Map.of("fr", "Pièce"),
                                "color", "#c08a2b",
                                "tool", "box",
                                "attributes", List.of())),
                "questions", List.of());
    }

    private static final String GUIDELINES = """
            # Coins

            Draw one box around each coin, close to its rim. A coin counts even when it is worn or dark. Anything else,
            however round, is not a coin: if there is none, submit the picture without a box.
            """;
}
