package io.etalon.server.wall;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What binds a rule's version to its entry in the log: SHA-256, in hexadecimal, of these lines in UTF-8, each ended by a line
 * feed: the id, the version, the kind, {@code in_force} or {@code off}, the competitors, countries or qualifications in
 * their order with commas between, and the percentage without trailing zeros or the days; a line that has nothing to say is
 * empty.
 */
final class RuleDigest {
    private RuleDigest() {}

    static String of(WallRule rule) {
        var said = switch (rule.terms()) {
            case Terms.Owner owner -> list(owner.competitors()) + "\n" + plain(owner.percent());
            case Terms.Rival rival -> list(rival.competitors()) + "\n" + rival.days();
            case Terms.Country country -> list(country.countries()) + "\n";
            case Terms.Licence licence -> list(licence.qualifications()) + "\n";
            case Terms.TwoPersons both -> "\n";
        };
        var text = rule.id() + "\n" + rule.version() + "\n" + rule.terms().kind() + "\n"
                + (rule.inForce() ? "in_force" : "off") + "\n" + said + "\n";
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String plain(BigDecimal percent) {
        return percent.stripTrailingZeros().toPlainString();
    }

    private static String list(Collection<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new)).stream()
                .collect(Collectors.joining(","));
    }
}
