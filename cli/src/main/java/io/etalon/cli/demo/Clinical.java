package io.etalon.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.quality.PublishedTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Fitness for anaesthesia of 45 patients in four classes, judged by five anaesthetists, the first three times: the table
 * of A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm", Applied
 * Statistics 28(1), 1979. Each of the 315 judgements arrives as a lease and a submission by that anaesthetist.
 */
final class Clinical {
    static final int JUDGEMENTS = 315;
    static final int OBSERVERS = 5;
    static final int PATIENTS = 45;
    private static final int ROUNDS_OF_THE_FIRST = 3;
    private static final double REVIEW_SHARE = 0.1;

    /** As printed in the paper. */
    private static final double[] MARGINALS = {0.40, 0.42, 0.11, 0.07};

    private static final double[][] FIRST_OBSERVER = {
        {0.89, 0.11, 0, 0}, {0.07, 0.88, 0.05, 0}, {0, 0.34, 0.66, 0}, {0, 0, 0.56, 0.44}
    };

    /** The paper rounds to two digits. */
    private static final double PRINTED = 0.005 + 1e-9;

    private final Crew crew;
    private final Demo.Stage stage;
    private final List<Crew.Member> observers = new ArrayList<>();
    private final Map<String, List<String>> judgements = judgements();
    private String path = "";
    private int judged;

    /** @param stage hears how far uploads and judgements are */
    Clinical(Crew crew, Demo.Stage stage) {
        this.crew = crew;
        this.stage = stage;
    }

    String path() {
        return path;
    }

    /** Invites the anaesthetists, creates the project, uploads the patients, plans the tasks. */
    void prepare(Api machine) {
        for (var observer = 1; observer <= OBSERVERS; observer++) {
            observers.add(crew.join(
                    "Anaesthetist " + observer, "anaesthetist-" + observer + "@demo.invalid", List.of("annotator")));
        }
        var project = crew.requester()
                .post(
                        crew.clientPath() + "/projects",
                        Map.of(
                                "name",
                                "Clinical: fitness for anaesthesia",
                                "template",
                                "text-classification",
                                "ontology",
                                ontology(),
                                "guidelines",
                                GUIDELINES,
                                "redundancy",
                                OBSERVERS - 1 + ROUNDS_OF_THE_FIRST,
                                "reviewShare",
                                REVIEW_SHARE,
                                "repeats",
                                Map.of(
                                        "default",
                                        1,
                                        "people",
                                        Map.of(observers.getFirst().id(), ROUNDS_OF_THE_FIRST)),
                                "workforces",
                                List.of(crew.workforce())));
        path = crew.clientPath() + "/projects/" + project.get("id").asString();
        for (var patient = 1; patient <= PATIENTS; patient++) {
            var name = String.format(Locale.ROOT, "patient-%02d.txt", patient);
            machine.upload(path + "/assets?name=" + name, text(patient).getBytes(UTF_8));
            stage.progress(patient, PATIENTS, "uploading patients");
        }
        Check.equal(
                "planned tasks",
                PATIENTS,
                crew.requester().post(path + "/tasks", Map.of()).get("planned").asInt());
    }

    private static String text(int patient) {
        return "Patient " + patient + "\n\nPre-operative assessment. The published table holds the judgements of five"
                + " anaesthetists on this patient, and nothing else about the person.\n";
    }

    /** Lets one anaesthetist judge all patients, the first in three rounds. */
    int judge(int observer) {
        return Work.untilNothingIsLeft(observers.get(observer - 1), path, lease -> {
            var patient = lease.get("task").get("asset").get("name").asString().replaceAll("\\D", "");
            var given = judgements.get(Integer.parseInt(patient) + " " + observer);
            if (given == null) {
                throw new DemoFailure("the table has no judgement of patient " + patient + " by observer " + observer);
            }
            stage.progress(++judged, JUDGEMENTS, "judging");
            return Map.of(
                    "answers", Map.of("fitness", given.get(lease.get("round").asInt() - 1)), "shapes", List.of());
        });
    }

    /** Checks the estimates against the printed ones; returns them as a line. */
    String compareWithThePaper() {
        var quality = crew.requester().get(path + "/quality").get("questions").get(0);
        Check.equal("judgements", JUDGEMENTS, quality.get("judgements").asInt());
        var marginals = quality.get("methods").get("dawid_skene").get("marginals");
        var printed = new StringBuilder();
        for (var k = 0; k < MARGINALS.length; k++) {
            var found = marginals.get(String.valueOf(k + 1)).asDouble();
            Check.near("marginal of class " + (k + 1), MARGINALS[k], found, PRINTED);
            printed.append(String.format(Locale.ROOT, " %.2f", found));
        }
        var first = skillOf(quality, observers.getFirst().name());
        for (var row = 0; row < FIRST_OBSERVER.length; row++) {
            for (var column = 0; column < FIRST_OBSERVER.length; column++) {
                Check.near(
                        "error rate of anaesthetist 1 at " + (row + 1) + "," + (column + 1),
                        FIRST_OBSERVER[row][column],
                        first.get("confusion").get(row).get(column).asDouble(),
                        PRINTED);
            }
        }
        return "class marginals" + printed + " and anaesthetist 1's 16 error rates equal the paper's printed digits";
    }

    private static JsonNode skillOf(JsonNode question, String name) {
        for (var skill : question.get("annotatorSkill")) {
            if (skill.has("name") && skill.get("name").asString().equals(name)) {
                return skill;
            }
        }
        throw new DemoFailure("the quality page does not list " + name);
    }

    /** Judgements by "patient observer", in the order of the occasions. */
    private static Map<String, List<String>> judgements() {
        var table = PublishedTables.dawidSkene1979();
        var result = new HashMap<String, List<String>>();
        for (var task = 0; task < table.tasks().size(); task++) {
            for (var position = table.start(task); position < table.end(task); position++) {
                var key = table.tasks().get(task) + " " + table.workers().get(table.workerAt(position));
                result.computeIfAbsent(key, k -> new ArrayList<>())
                        .add(table.classes().get(table.classAt(position)));
            }
        }
        return result;
    }

    private static Map<String, ?> ontology() {
        var options = new ArrayList<Map<String, ?>>();
        for (var k = 1; k <= MARGINALS.length; k++) {
            options.add(Map.of("id", String.valueOf(k), "name", "Class " + k, "names", Map.of("fr", "Classe " + k)));
        }
        return Map.of(
                "labels", List.of(),
                "questions",
                        List.of(Map.of(
                                "id",
                                "fitness",
                                "name",
                                "How fit is the patient for anaesthesia?",
                                "names",
                                Map.of("fr", "Le patient est-il apte à l’anesthésie ?"),
                                "type",
                                "choice",
                                "required",
                                true,
                                "options",
                                options)));
    }

    private static final String GUIDELINES = """
            # Fitness for anaesthesia

            Judge each patient from the pre-operative assessment, in four classes: **1** is the fittest, **4** the least
            fit. Judge what is before you; do not try to remember what you said the last time.

            Source of the judgements: A. P. Dawid and A. M. Skene, *Applied Statistics* 28(1), 1979.
            """;
}
