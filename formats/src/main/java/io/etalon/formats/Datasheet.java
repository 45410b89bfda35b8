package io.etalon.formats;

import io.etalon.formats.DatasheetFacts.Interval;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Writes the datasheet of a release in CommonMark, after the questions of Gebru et al., "Datasheets for Datasets" (2021).
 * Every text is escaped: a title cannot smuggle in a link, an image or markup.
 */
public final class Datasheet {
    private static final String SPECIAL = "\\`*_{}[]()<>#+-.!|~&:@$^=\"'/";

    private final StringBuilder out = new StringBuilder();

    private Datasheet() {}

    /** The datasheet; it ends with a line feed. */
    public static String write(DatasheetFacts facts) {
        return new Datasheet().sheet(facts);
    }

    private String sheet(DatasheetFacts facts) {
        out.append("# Datasheet: ").append(escaped(facts.title())).append("\n\n");
        out.append("Release ")
                .append(facts.release())
                .append(" of ")
                .append(escaped(facts.date()))
                .append(".\n");
        section("Motivation");
        out.append(escaped(facts.purpose())).append('\n');
        section("Composition");
        table("fact", "value");
        row("assets", Long.toString(facts.assets()));
        row("shapes", Long.toString(facts.shapes()));
        row("ontology version", Integer.toString(facts.ontologyVersion()));
        row("guideline version", Integer.toString(facts.guidelineVersion()));
        if (!facts.answersByClass().isEmpty()) {
            out.append('\n');
            table("class", "count");
            new TreeMap<>(facts.answersByClass()).forEach((path, count) -> row(path, Long.toString(count)));
        }
        section("Collection");
        var people = facts.people();
        table("fact", "value");
        row("annotators", Integer.toString(people.annotators()));
        row("reviewers", Integer.toString(people.reviewers()));
        row("workforces", people.workforces().isEmpty() ? "none" : String.join(", ", people.workforces()));
        row("annotations an asset", decimal(people.annotationsPerAsset(), 2));
        row("aggregation", facts.method());
        section("Quality");
        quality(facts);
        section("Distribution");
        out.append("Licence: ").append(escaped(facts.licence())).append(".\n");
        section("Limits");
        if (facts.limits().isEmpty()) {
            out.append("None are recorded.\n");
        }
        facts.limits().forEach(limit -> out.append("- ").append(escaped(limit)).append('\n'));
        return out.toString();
    }

    private void quality(DatasheetFacts facts) {
        var accuracy = facts.accuracy();
        if (accuracy == null) {
            out.append("Accuracy was not measured: the project had no gold tasks.\n");
        } else {
            out.append("Accuracy on ")
                    .append(accuracy.goldTasks())
                    .append(" gold tasks: ")
                    .append(estimate(accuracy.value(), accuracy.interval()))
                    .append(".\n");
        }
        if (facts.agreement().isEmpty()) {
            out.append("\nAgreement was not measured.\n");
            return;
        }
        out.append("\n| question | measure | value |\n| --- | --- | --- |\n");
        for (var agreement : facts.agreement()) {
            out.append("| ").append(escaped(agreement.question()));
            out.append(" | ").append(escaped(agreement.measure()));
            out.append(" | ")
                    .append(estimate(agreement.value(), agreement.interval()))
                    .append(" |\n");
        }
    }

    private static String estimate(double value, Interval interval) {
        return decimal(value, 3) + " (" + decimal(100 * interval.coverage(), 0) + " % interval "
                + decimal(interval.low(), 3) + " to " + decimal(interval.high(), 3) + ")";
    }

    private static String decimal(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private void section(String title) {
        out.append("\n## ").append(title).append("\n\n");
    }

    private void table(String left, String right) {
        out.append("| ").append(left).append(" | ").append(right).append(" |\n| --- | --- |\n");
    }

    private void row(String left, String right) {
        out.append("| ")
                .append(escaped(left))
                .append(" | ")
                .append(escaped(right))
                .append(" |\n");
    }

    /** CommonMark takes a backslash before any ASCII punctuation; a control character becomes a space. */
    static String escaped(String text) {
        var escaped = new StringBuilder();
        text.strip().codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                escaped.append(' ');
            } else {
                if (SPECIAL.indexOf(c) >= 0) {
                    escaped.append('\\');
                }
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
