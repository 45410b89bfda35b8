package io.etalon.server.wall;

import java.util.Collection;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** A rule as an English sentence; the web application makes its own from the same data, in each of its languages. */
final class Sentences {
    static final String CONFLICT = "You work, or worked too recently, where a conflict of interest is on record.";

    private Sentences() {}

    /** For who sets rules, with the names of the organisations. */
    static String of(Terms terms, Map<UUID, String> names) {
        return switch (terms) {
            case Terms.Owner owner ->
                "No workforce of a vendor in which " + named(owner.competitors(), names) + " holds more than "
                        + owner.percent().stripTrailingZeros().toPlainString() + " %, directly or through others.";
            case Terms.Rival rival ->
                "No person who has worked for " + named(rival.competitors(), names) + " in the last " + rival.days()
                        + " days.";
            case Terms.Country country -> "Only people who work in " + listed(country.countries()) + ".";
            case Terms.Licence licence -> "Only people who hold " + listed(licence.qualifications()) + ".";
            case Terms.TwoPersons both -> "Nothing leaves before a second person has agreed.";
        };
    }

    /** For who is refused: whose competitors a client names is its own business. */
    static String told(Terms terms) {
        return switch (terms) {
            case Terms.Owner owner ->
                "A wall keeps your workforce out: others than its client have an interest of more than "
                        + owner.percent().stripTrailingZeros().toPlainString() + " % in it.";
            case Terms.Rival rival -> CONFLICT;
            case Terms.Country country ->
                "The work is for people in " + listed(country.countries())
                        + ". Your workforce's manager sets your country.";
            case Terms.Licence licence -> "The work is for people who hold " + listed(licence.qualifications()) + ".";
            case Terms.TwoPersons both ->
                "Nothing leaves here before a second person has agreed: ask for it with an export request.";
        };
    }

    private static String named(Collection<UUID> ids, Map<UUID, String> names) {
        return listed(
                ids.stream().map(id -> names.getOrDefault(id, id.toString())).collect(Collectors.toSet()));
    }

    private static String listed(Collection<String> items) {
        return String.join(" or ", new TreeSet<>(items));
    }
}
