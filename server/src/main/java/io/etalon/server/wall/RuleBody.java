package io.etalon.server.wall;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Checks;
import io.etalon.server.base.Places;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A rule's terms in the API and the table: the kind, and the members that belong to it.
 *
 * @param kind {@code owner}, {@code rival}, {@code country}, {@code licence} or {@code two_persons}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleBody(
        @Nullable String kind,
        @Nullable List<@Nullable UUID> competitors,
        @Nullable BigDecimal percent,
        @Nullable Integer days,
        @Nullable List<@Nullable String> countries,
        @Nullable List<@Nullable String> qualifications) {
    static final int MOST_DAYS = 3_650;
    private static final int MOST = 100;
    private static final Pattern QUALIFICATION = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");

    static RuleBody of(Terms terms) {
        return switch (terms) {
            case Terms.Owner owner -> of(terms, sorted(owner.competitors()), owner.percent(), null, null, null);
            case Terms.Rival rival -> of(terms, sorted(rival.competitors()), null, rival.days(), null, null);
            case Terms.Country country -> of(terms, null, null, null, sorted(country.countries()), null);
            case Terms.Licence licence -> of(terms, null, null, null, null, sorted(licence.qualifications()));
            case Terms.TwoPersons both -> of(terms, null, null, null, null, null);
        };
    }

    private static RuleBody of(
            Terms terms,
            @Nullable List<UUID> competitors,
            @Nullable BigDecimal percent,
            @Nullable Integer days,
            @Nullable List<String> countries,
            @Nullable List<String> qualifications) {
        return new RuleBody(terms.kind(), competitors, percent, days, countries, qualifications);
    }

    private static <T extends Comparable<T>> List<T> sorted(Set<T> items) {
        return List.copyOf(new TreeSet<>(items));
    }

    /**
     * @param at the pointer of the rule in the request's body, such as {@code /rules/0}, or empty
     * @throws io.etalon.server.base.EtalonException invalid, pointing at the member
     */
    Terms terms(String at) {
        return switch (Checks.required(kind, at + "/kind")) {
            case "owner" -> new Terms.Owner(organisations(at), threshold(at));
            case "rival" -> new Terms.Rival(organisations(at), cooling(at));
            case "country" -> new Terms.Country(items(countries, at + "/countries", Places::isCountry, "FR"));
            case "licence" ->
                new Terms.Licence(items(
                        qualifications,
                        at + "/qualifications",
                        key -> QUALIFICATION.matcher(key).matches(),
                        "medical-licence"));
            case "two_persons" -> new Terms.TwoPersons();
            default -> throw Checks.fault(at + "/kind", "must be owner, rival, country, licence or two_persons");
        };
    }

    private Set<UUID> organisations(String at) {
        var listed = Checks.required(competitors, at + "/competitors");
        if (listed.isEmpty() || listed.size() > MOST || listed.stream().anyMatch(id -> id == null)) {
            throw Checks.fault(at + "/competitors", "must name 1 to " + MOST + " organisations");
        }
        var ids = new HashSet<UUID>();
        for (var id : listed) {
            ids.add(Checks.required(id, at + "/competitors"));
        }
        return ids;
    }

    private BigDecimal threshold(String at) {
        var asked = Checks.required(percent, at + "/percent");
        if (asked.signum() < 0
                || asked.compareTo(BigDecimal.valueOf(100)) >= 0
                || asked.stripTrailingZeros().scale() > 4) {
            throw Checks.fault(at + "/percent", "must be from 0 and below 100, with at most four decimals");
        }
        return asked;
    }

    private int cooling(String at) {
        var asked = Checks.required(days, at + "/days");
        if (asked < 0 || asked > MOST_DAYS) {
            throw Checks.fault(at + "/days", "must be from 0 to " + MOST_DAYS);
        }
        return asked;
    }

    private static Set<String> items(
            @Nullable List<@Nullable String> listed, String pointer, Predicate<String> form, String example) {
        var items = new HashSet<String>();
        for (var item : Checks.required(listed, pointer)) {
            if (item == null || !form.test(item)) {
                throw Checks.fault(pointer, "must hold items such as " + example);
            }
            items.add(item);
        }
        if (items.isEmpty() || items.size() > MOST) {
            throw Checks.fault(pointer, "must hold 1 to " + MOST + " items");
        }
        return items;
    }
}
