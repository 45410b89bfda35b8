package io.etalon.server.release;

import io.etalon.annotation.AnswerValue;
import io.etalon.formats.DatasheetFacts;
import io.etalon.quality.Estimate;
import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.PersonId;
import io.etalon.server.quality.ConsensusBook;
import io.etalon.server.quality.Evidence;
import io.etalon.server.quality.GivenAnswer;
import io.etalon.server.quality.QualityReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The figures of a release's datasheet. */
final class ReleaseSheet {
    private static final double COVERAGE = 0.95;

    private final Evidence evidence;
    private final ConsensusBook book;
    private final List<ConsensusBook.Entry> held;
    private final ReleaseFacts release;
    private final List<GivenAnswer> given;

    ReleaseSheet(Evidence evidence, ConsensusBook book, List<ConsensusBook.Entry> held, ReleaseFacts release) {
        this.evidence = evidence;
        this.book = book;
        this.held = held;
        this.release = release;
        this.given = evidence.answers();
    }

    DatasheetFacts facts() {
        var project = release.project();
        var shapes = held.stream().mapToLong(entry -> entry.shapes().size()).sum();
        return new DatasheetFacts(
                project.name(),
                release.number(),
                release.day().toString(),
                release.notes().isBlank() ? "The requester gave no notes." : release.notes(),
                held.size(),
                shapes,
                byClass(),
                project.ontologyVersion(),
                project.guidelineVersion(),
                people(),
                method(),
                agreement(),
                null,
                project.licence().isBlank() ? "not stated" : project.licence(),
                limits());
    }

    private Map<String, Long> byClass() {
        var counts = new TreeMap<String, Long>();
        for (var entry : held) {
            entry.shapes().forEach(shape -> counts.merge(shape.label(), 1L, Long::sum));
            entry.answers()
                    .forEach((question, settled) -> settled.value().ifPresent(value -> count(question, value, counts)));
        }
        return counts;
    }

    private static void count(String question, AnswerValue value, Map<String, Long> counts) {
        switch (value) {
            case AnswerValue.Choice(var id) -> counts.merge(question + "/" + id, 1L, Long::sum);
            case AnswerValue.Choices(var ids) -> ids.forEach(id -> counts.merge(question + "/" + id, 1L, Long::sum));
            case AnswerValue.Flag(var flag) -> counts.merge(question + "/" + flag, 1L, Long::sum);
            case AnswerValue.Number number -> counts.merge(question, 1L, Long::sum);
            case AnswerValue.Text text -> counts.merge(question, 1L, Long::sum);
        }
    }

    private DatasheetFacts.People people() {
        var annotators = new HashSet<PersonId>();
        var reviewers = new HashSet<PersonId>();
        for (var one : given) {
            annotators.add(one.annotator());
            var reviewer = one.reviewer();
            if (reviewer != null) {
                reviewers.add(reviewer);
            }
        }
        var looked = evidence.cases().stream()
                .filter(c -> !c.task().answers().isEmpty())
                .count();
        return new DatasheetFacts.People(
                annotators.size(),
                reviewers.size(),
                release.workforces(),
                looked == 0 ? 0 : (double) given.size() / looked);
    }

    private String method() {
        var choices = named(book.method());
        return evidence.ontology().hasShapes()
                ? choices + "; boxes fused at an IoU of 0.5, kept when more than half found them"
                : choices;
    }

    private static String named(TruthMethod method) {
        return switch (method) {
            case MAJORITY -> "majority vote";
            case WAWA -> "votes weighted by agreement with the majority (Wawa)";
            case DAWID_SKENE -> "Dawid and Skene (1979), maximum likelihood";
            case DAWID_SKENE_MAP -> "Dawid and Skene (1979), with a Dirichlet prior";
            case HIERARCHICAL -> "Dawid and Skene (1979), each annotator shrunk to the pool of all";
            case ONE_COIN -> "one accuracy for each annotator, with a Beta prior";
            case BAYESIAN_AVERAGE -> "Bayesian weighted average (BWA, Li et al., 2019)";
            case IBCC -> "Bayesian combination of classifiers (IBCC, Kim and Ghahramani, 2012), variational";
            case GLAD -> "ability and difficulty (GLAD, Whitehill et al., 2009)";
            case MACE -> "competence and spamming (MACE, Hovy et al., 2013)";
            case EBCC -> "enhanced Bayesian combination of classifiers (EBCC, Li et al., 2019)";
            case AUTO -> throw new IllegalStateException("no release is cut by auto");
        };
    }

    private List<DatasheetFacts.Agreement> agreement() {
        var all = new ArrayList<DatasheetFacts.Agreement>();
        // The report's time is not shown.
        var report = QualityReport.of(evidence, Instant.EPOCH);
        for (var choice : report.choices()) {
            var name = choice.item().question()
                    + choice.item().option().map(option -> "/" + option).orElse("");
            add(all, name, "raw agreement", choice.raw());
            add(all, name, "Fleiss' kappa", choice.fleiss());
            add(all, name, "Krippendorff's alpha", choice.krippendorff());
        }
        report.boxes().ifPresent(boxes -> {
            add(all, "boxes", "F1 at IoU 0.5", boxes.agreement().f1());
            add(all, "boxes", "mean IoU of matches", boxes.agreement().meanOverlap());
        });
        return all;
    }

    private static void add(
            List<DatasheetFacts.Agreement> all, String name, String measure, Optional<Estimate> estimate) {
        estimate.ifPresent(e -> all.add(new DatasheetFacts.Agreement(
                name,
                measure,
                e.value(),
                new DatasheetFacts.Interval(e.interval().low(), e.interval().high(), COVERAGE))));
    }

    private List<String> limits() {
        var limits = new ArrayList<String>();
        var leftOut = evidence.cases().size() - held.size();
        if (leftOut > 0) {
            limits.add(leftOut + " of " + evidence.cases().size()
                    + " finished assets have no consensus and were left out.");
        }
        var ties = held.stream()
                .flatMap(entry -> entry.answers().values().stream())
                .filter(settled -> settled.value().isEmpty())
                .count();
        if (ties > 0) {
            limits.add(ties + " questions on the assets are tied and have no answer.");
        }
        var aside = ConsensusBook.answersLeftAside(evidence);
        if (aside > 0) {
            limits.add(
                    aside + " submissions answer in part what the ontology no longer asks; that part was left aside.");
        }
        if (book.method() != TruthMethod.MAJORITY
                && !evidence.ontology().questions().isEmpty()) {
            limits.add(
                    "Confidences are the model's own probabilities; no gold tasks calibrated them, and as a rule they"
                            + " are too high.");
        }
        return limits;
    }

    /** What reviewers did, in Markdown. */
    String review() {
        var reviewed = given.stream().filter(one -> one.reviewer() != null).count();
        var text = new StringBuilder("\n## Review\n\n| fact | value |\n| --- | --- |\n");
        row(text, "submissions in effect", given.size());
        row(text, "reviewed", reviewed);
        row(text, "accepted as they were", state("accepted"));
        row(text, "corrected by the reviewer", state("fixed"));
        return text.toString();
    }

    private long state(String name) {
        return given.stream().filter(one -> one.state().equals(name)).count();
    }

    private static void row(StringBuilder text, String fact, long value) {
        text.append("| ").append(fact).append(" | ").append(value).append(" |\n");
    }
}
