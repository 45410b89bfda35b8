package io.etalon.server.pay;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.EventListener;
import io.etalon.server.pay.WorkReading.Range;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Posts what work pays, as the outbox tells of it: an answer's pay with the answer, what the rule says for one that came when its
 * lease had ended, a reviewer's with the decision; a rejection
 * takes back what the rule says, an upheld appeal brings that again. What an event tells twice is posted once, since the entry's
 * kind and source are unique. Work in a project without a rule waits for the first one. Thread-safe.
 */
@Component
final class Accruals implements EventListener {
    private static final int PAGE = 2_000;

    private final ObjectMapper json;
    private final WorkReading work = new WorkReading();
    private final Ledger ledger = new Ledger();

    Accruals(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "pay";
    }

    @Override
    public void on(Tx tx, ClientId client, Event event) throws SQLException {
        onAll(tx, client, List.of(event));
    }

    @Override
    public void onAll(Tx tx, ClientId client, List<Event> events) throws SQLException {
        var answers = new ArrayList<Range>();
        var ended = new ArrayList<Range>();
        var decisions = new ArrayList<Range>();
        var projects = new HashSet<UUID>();
        for (var event : events) {
            var project = event.project();
            if (event.kind() == EventKind.WORK_DONE && project != null) {
                var payload = json.readTree(event.payload());
                add(answers, project.value(), payload, "Submission");
                add(ended, project.value(), payload, "Late");
                add(decisions, project.value(), payload, "Decision");
                projects.add(project.value());
            }
        }
        if (answers.isEmpty() && ended.isEmpty() && decisions.isEmpty()) {
            return;
        }
        // Before the rules are read: a rule that is set meanwhile either is seen here, or sees this work as left over.
        ledger.lock(tx);
        var rules = RuleBook.of(tx, json, projects);
        postEnded(tx, rules, ended);
        post(tx, rules, answers, decisions);
    }

    private static void add(List<Range> ranges, UUID project, JsonNode payload, String what) {
        var first = payload.path("first" + what).asLong(0);
        if (first > 0) {
            ranges.add(new Range(project, first, payload.path("last" + what).asLong()));
        }
    }

    /**
     * Posts what no event told, since it was done before there was a rule, or before the cell was restored here. The caller
     * holds the ledger's lock.
     *
     * @param projects none for all that have a rule
     */
    void catchUp(Tx tx, Set<UUID> projects) throws SQLException {
        var rules = RuleBook.of(tx, json, projects);
        for (var project : rules.projects()) {
            var after = 0L;
            for (var left = work.answersLeft(tx, project, after, PAGE); !left.isEmpty(); ) {
                post(tx, rules, left, List.of());
                after = left.getLast().last();
                left = work.answersLeft(tx, project, after, PAGE);
            }
            after = 0;
            for (var left = work.endedLeft(tx, project, after, PAGE); !left.isEmpty(); ) {
                postEnded(tx, rules, left);
                after = left.getLast().last();
                left = work.endedLeft(tx, project, after, PAGE);
            }
            after = 0;
            for (var left = work.decisionsLeft(tx, project, after, PAGE); !left.isEmpty(); ) {
                post(tx, rules, List.of(), left);
                after = left.getLast().last();
                left = work.decisionsLeft(tx, project, after, PAGE);
            }
        }
    }

    private void post(Tx tx, RuleBook rules, List<Range> answers, List<Range> decisions) throws SQLException {
        if (rules.isEmpty()) {
            return;
        }
        var postings = new ArrayList<Posting>();
        for (var answer : work.answers(tx, answers)) {
            // Now that it counts it is paid whole.
            for (var before : ledger.endedBefore(tx, answer.id())) {
                postings.add(Posting.following(
                        "resumed", before, answer.at(), before.amount().negate()));
            }
            rules.at(answer.project(), answer.workforce(), answer.begun())
                    .ifPresent(rule -> postings.add(Posting.of(
                            answer.exam() ? "exam" : "answer",
                            answer,
                            rule,
                            answer.seconds(),
                            rule.terms().pays(answer))));
        }
        ledger.post(tx, postings);
        var decided = work.decisions(tx, decisions);
        ledger.post(tx, reviews(rules, decided));
        for (var decision : decided) {
            follow(tx, rules, decision);
        }
    }

    private void postEnded(Tx tx, RuleBook rules, List<Range> ended) throws SQLException {
        var postings = new ArrayList<Posting>();
        for (var answer : work.ended(tx, ended)) {
            rules.at(answer.project(), answer.workforce(), answer.begun())
                    .filter(rule -> rule.terms().pays(answer).signum() > 0)
                    .ifPresent(rule -> postings.add(Posting.of(
                            "ended",
                            answer,
                            rule,
                            answer.seconds(),
                            rule.terms().pays(answer))));
        }
        ledger.post(tx, postings);
    }

    private static List<Posting> reviews(RuleBook rules, List<Work.Decision> decisions) {
        var postings = new ArrayList<Posting>();
        for (var decision : decisions) {
            var rule = rules.at(decision.project(), decision.workforce(), decision.begun());
            if (rule.isPresent() && rule.get().terms().review() != null) {
                var amount = new BigDecimal(String.valueOf(rule.get().terms().review()));
                postings.add(Posting.of("review", decision, rule.get(), 0, amount));
            }
        }
        return postings;
    }

    /** In the order of decisions: what one takes back, a later one may bring again. */
    private void follow(Tx tx, RuleBook rules, Work.Decision decision) throws SQLException {
        switch (decision.decision()) {
            case "reject" -> {
                var postings = new ArrayList<Posting>();
                for (var paid : ledger.rejectable(tx, decision)) {
                    var rule = paid.rule() == null ? null : rules.byId(paid.rule());
                    var back = rule == null ? BigDecimal.ZERO : rule.terms().takenBack(paid.amount());
                    if (back.signum() > 0) {
                        postings.add(Posting.following("rejection", paid, decision.at(), back.negate()));
                    }
                }
                ledger.post(tx, postings);
            }
            case "uphold" -> {
                var postings = new ArrayList<Posting>();
                for (var taken : ledger.rejections(tx, decision.submission())) {
                    postings.add(Posting.following(
                            "appeal", taken, decision.at(), taken.amount().negate()));
                }
                ledger.post(tx, postings);
            }
            default -> {
                // Whatever else is decided, the answer stays paid.
            }
        }
    }
}
