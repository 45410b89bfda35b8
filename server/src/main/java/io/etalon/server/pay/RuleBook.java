package io.etalon.server.pay;

import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** Versions of rules of some projects, as one transaction sees them. */
final class RuleBook {
    /**
     * A version.
     *
     * @param workforce null for everybody without a rule of his own workforce
     */
    record Rule(long id, UUID project, @Nullable UUID workforce, int version, PayRule terms, Instant at) {}

    private final Map<UUID, List<Rule>> byProject = new HashMap<>();
    private final Map<Long, Rule> byId = new HashMap<>();

    private RuleBook(List<Rule> rules) {
        for (var rule : rules) {
            byId.put(rule.id(), rule);
            byProject
                    .computeIfAbsent(rule.project(), id -> new java.util.ArrayList<>())
                    .add(rule);
        }
    }

    /** Of these projects, or of all where none is named. */
    static RuleBook of(Tx tx, ObjectMapper json, Collection<UUID> projects) throws java.sql.SQLException {
        return new RuleBook(tx.db()
                .sql("""
                        select id, project, workforce, version, body::text as body, at from pay_rule
                        where cardinality(:projects) = 0 or project = any (:projects) order by version desc, id desc""")
                .param("projects", tx.connection().createArrayOf("uuid", projects.toArray()))
                .query((row, n) -> new Rule(
                        row.getLong("id"),
                        row.getObject("project", UUID.class),
                        row.getObject("workforce", UUID.class),
                        row.getInt("version"),
                        json.readValue(row.getString("body"), PayRule.class),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    Collection<UUID> projects() {
        return byProject.keySet();
    }

    /** Newest versions first. */
    List<Rule> all(UUID project) {
        return byProject.getOrDefault(project, List.of());
    }

    @Nullable
    Rule byId(long id) {
        return byId.get(id);
    }

    /**
     * The rule that was accepted with a lease: the workforce's own in force then, else the one for all others; work that was
     * begun before there was any is paid by the first one.
     */
    Optional<Rule> at(UUID project, @Nullable UUID workforce, Instant moment) {
        return Stream.of(
                        own(project, workforce)
                                .filter(rule -> !rule.at().isAfter(moment))
                                .findFirst(),
                        own(project, null)
                                .filter(rule -> !rule.at().isAfter(moment))
                                .findFirst(),
                        own(project, workforce).min(Comparator.comparingInt(Rule::version)),
                        own(project, null).min(Comparator.comparingInt(Rule::version)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Stream<Rule> own(UUID project, @Nullable UUID workforce) {
        return all(project).stream().filter(rule -> Objects.equals(rule.workforce(), workforce));
    }
}
