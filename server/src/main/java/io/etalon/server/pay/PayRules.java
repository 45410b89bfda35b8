package io.etalon.server.pay;

import io.etalon.server.access.Attempt;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.pay.RuleBook.Rule;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Workforces;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/** What work pays: rules in versions, and what a person is offered before he takes any. Thread-safe. */
@Service
final class PayRules {
    static final ErrorCode INVALID = ErrorCode.of("pay-rule-invalid", ErrorKind.INVALID, "The pay rule has faults");
    static final ErrorCode CHANGED = ErrorCode.of(
                    "pay-rule-changed", ErrorKind.CONFLICT, "The pay rule was changed meanwhile")
            .withStatus(412);
    private static final int LOOKED_AT = 200;

    private final TenantScope scope;
    private final Projects projects;
    private final Workforces workforces;
    private final Accruals accruals;
    private final Ground ground;
    private final ObjectMapper json;
    private final Ledger ledger = new Ledger();

    /** What acts stand on: told once, and in the log. */
    @org.springframework.stereotype.Component
    record Ground(Idempotency idempotency, AuditLog audit) {}

    PayRules(
            TenantScope scope,
            Projects projects,
            Workforces workforces,
            Accruals accruals,
            Ground ground,
            ObjectMapper json) {
        this.scope = scope;
        this.projects = projects;
        this.workforces = workforces;
        this.accruals = accruals;
        this.ground = ground;
        this.json = json;
    }

    /** All versions that a caller may see, newest first: a workforce's manager those of his own and those for all. */
    List<Rule> all(ClientCaller caller, ProjectId id) {
        var client = caller.client().id();
        projects.get(client, id);
        return scope.client(client, tx -> RuleBook.of(tx, json, Set.of(id.value()))).all(id.value()).stream()
                .filter(rule -> PayAccess.seesAll(caller)
                        || rule.workforce() == null
                        || rule.workforce().equals(caller.workforce()))
                .toList();
    }

    /**
     * Adds a version and posts the work that waited for a first one.
     *
     * @param workforce null for everybody who has no rule of his own workforce
     * @param expected the newest version that the caller has seen; null for whichever is there
     * @throws EtalonException invalid, with each fault's place; 412, when another version is the newest; forbidden, when a
     *     manager sets another workforce's
     */
    Rule set(ClientCaller caller, ProjectId id, Draft draft, Attempt attempt) {
        var client = caller.client().id();
        projects.get(client, id);
        var workforce = draft.workforce();
        if (!caller.is(Role.REQUESTER) && (workforce == null || !workforce.equals(caller.workforce()))) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN, "A manager sets the rule of his own workforce; name it in “workforce”.");
        }
        if (workforce != null) {
            workforces.get(client, workforce);
        }
        var faults = draft.terms().faults();
        if (!faults.isEmpty()) {
            throw EtalonException.withFaults(INVALID, "The pay rule has faults; nothing was changed.", faults);
        }
        var made = scope.client(
                client,
                tx -> ground.idempotency()
                        .once(tx, attempt, draft, Long.class, same -> insert(same, caller, id, draft)));
        return scope.client(client, tx -> RuleBook.of(tx, json, Set.of(id.value()))).all(id.value()).stream()
                .filter(rule -> rule.id() == made)
                .findFirst()
                .orElseThrow();
    }

    /** A version to be set. */
    record Draft(
            @Nullable UUID workforce,
            PayRule terms,
            @Nullable Integer expected) {}

    private long insert(Tx tx, ClientCaller caller, ProjectId id, Draft draft) throws java.sql.SQLException {
        ledger.lock(tx);
        var before = RuleBook.of(tx, json, Set.of(id.value())).all(id.value()).stream()
                .filter(rule -> Objects.equals(rule.workforce(), draft.workforce()))
                .mapToInt(Rule::version)
                .max()
                .orElse(0);
        var expected = draft.expected();
        if (expected != null && expected != before) {
            throw new EtalonException(
                    CHANGED, "Version " + before + " is the newest, not " + expected + "; read it again.");
        }
        var made = tx.db()
                .sql("""
                        insert into pay_rule (project, workforce, version, body, set_by)
                        values (:project, :workforce::uuid, :version, :body::jsonb, :by) returning id""")
                .param("project", id.value())
                .param(
                        "workforce",
                        draft.workforce() == null ? null : draft.workforce().toString())
                .param("version", before + 1)
                .param("body", json.writeValueAsString(draft.terms()))
                .param("by", caller.person().value())
                .query(Long.class)
                .single();
        accruals.catchUp(tx, Set.of(id.value()));
        var event = AuditEvent.of(AuditOp.PAY, caller.person(), caller.via(), id)
                .with("act", "rule")
                .with("version", before + 1);
        ground.audit()
                .append(
                        tx,
                        draft.workforce() == null
                                ? event
                                : event.with("workforce", draft.workforce().toString()));
        return made;
    }

    /**
     * What a person is offered.
     *
     * @param seconds that the last answers in the project took, in the middle; null when there are too few
     * @param hourly what they paid for an hour of active work; null when there are too few
     */
    record Offer(
            Optional<Rule> rule,
            @Nullable Long seconds,
            @Nullable BigDecimal hourly) {}

    private record Past(
            int answers, @Nullable Long seconds, @Nullable BigDecimal hourly) {}

    /** The rule that a lease taken now falls under, and what the last answers took and paid. */
    Offer offer(ClientCaller caller, ProjectId id) {
        var client = caller.client().id();
        projects.get(client, id);
        return scope.client(client, tx -> {
            var now = tx.db()
                    .sql("select clock_timestamp()")
                    .query((row, n) -> row.getObject(1, OffsetDateTime.class).toInstant())
                    .single();
            var rule = RuleBook.of(tx, json, Set.of(id.value())).at(id.value(), caller.workforce(), now);
            var past = rule.map(one -> past(tx, id, one)).orElse(new Past(0, null, null));
            var enough = past.answers() >= 5;
            return new Offer(rule, enough ? past.seconds() : null, enough ? past.hourly() : null);
        });
    }

    private static Past past(Tx tx, ProjectId id, Rule rule) {
        return tx.db()
                .sql("""
                        with last as (
                          select e.seconds, (select -sum(l.amount) from pay_line l
                            where l.entry = e.id and l.account = 'payable') as amount
                          from pay_entry e
                          where e.project = ? and e.kind = 'answer' and e.currency = ? and e.seconds > 0
                          order by e.id desc limit ?)
                        select count(*)::int as answers,
                          percentile_cont(0.5) within group (order by seconds)::bigint as middle,
                          sum(amount) * 3600 / nullif(sum(seconds), 0) as hourly
                        from last""")
                .params(id.value(), String.valueOf(rule.terms().currency()), LOOKED_AT)
                .query((row, n) -> new Past(
                        row.getInt("answers"),
                        row.getObject("middle", Long.class),
                        rounded(row.getBigDecimal("hourly"))))
                .single();
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal amount) {
        return amount == null ? null : amount.setScale(2, RoundingMode.HALF_EVEN);
    }
}
