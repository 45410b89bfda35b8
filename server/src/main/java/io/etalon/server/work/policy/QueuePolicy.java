package io.etalon.server.work.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import io.etalon.server.base.Places;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one project's queue. What is absent does not restrict. Immutable; it may hold any draft, and
 * {@link #faults} says what is wrong with it.
 *
 * @param overlap how many tasks get another number of answers than the project's redundancy
 * @param adaptive when a task needs one answer more, or is finished early
 * @param caps how much one person may take
 * @param audience who may be given tasks at all
 * @param budget how much all together may take
 * @param preLabels whether annotators are shown what a model answered; null for no
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueuePolicy(
        @Nullable Overlap overlap,
        @Nullable Adaptive adaptive,
        @Nullable Caps caps,
        @Nullable Audience audience,
        @Nullable Budget budget,
        @Nullable Boolean preLabels) {
    /** Restricts nothing. */
    public static final QueuePolicy OPEN = new QueuePolicy(null, null, null, null, null, null);

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");

    /** As many answers as a task can have: what a slot's number can tell. */
    public static final int MOST_ANSWERS = 100;

    /**
     * A part of the tasks gets its own number of answers; which ones follows from a hash of project and task, so it is the
     * same whenever it is asked.
     *
     * @param share of the tasks, 0 to 1
     * @param answers that each of them needs
     */
    public record Overlap(double share, int answers) {}

    /**
     * One more annotator where the answers disagree or leave doubt; an early end where they leave none. The confidence is
     * the posterior of the best option if each annotator is right with the probability {@code accuracy}, all wrong options
     * being alike (Dawid and Skene's model with one coin for all); it is calibrated as far as that number was measured,
     * on gold or by consensus. Of several questions the least certain one decides.
     *
     * @param minimum answers before a task may end early
     * @param maximum answers that no task is widened beyond
     * @param agreement the share of the most frequent option below which one more is asked; null for no such rule
     * @param confidence below which one more is asked and from which on a task ends early; null for no such rule
     * @param accuracy how often an annotator is right, above 0 and below 1; goes with {@code confidence}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Adaptive(
            int minimum,
            int maximum,
            @Nullable Double agreement,
            @Nullable Double confidence,
            @Nullable Double accuracy) {}

    /**
     * How much one person may take, in answers that are not revisions; each round counts.
     *
     * @param tasks a number
     * @param share of the project's tasks, above 0 to 1; at least one task
     * @param skips how many tasks one person may skip
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Caps(
            @Nullable Integer tasks,
            @Nullable Double share,
            @Nullable Integer skips) {
        public Caps(@Nullable Integer tasks, @Nullable Double share) {
            this(tasks, share, null);
        }

        /** The most that one person may take of a project with so many tasks. */
        public long most(long ofTasks) {
            var byShare = share == null ? Long.MAX_VALUE : Math.max(1, (long) Math.floor(share * ofTasks));
            return tasks == null ? byShare : Math.min(tasks, byShare);
        }
    }

    /**
     * Who may be given tasks: who has every one of the qualifications, one of the languages and one of the countries.
     *
     * @param languages BCP 47; {@code pt} takes speakers of {@code pt-BR} too
     * @param countries ISO 3166-1 alpha-2
     */
    public record Audience(List<String> languages, List<String> countries, List<String> qualifications) {
        public Audience(
                @Nullable List<String> languages,
                @Nullable List<String> countries,
                @Nullable List<String> qualifications) {
            this.languages = languages == null ? List.of() : List.copyOf(languages);
            this.countries = countries == null ? List.of() : List.copyOf(countries);
            this.qualifications = qualifications == null ? List.of() : List.copyOf(qualifications);
        }
    }

    /**
     * How much all together may take. Revisions of returned answers cost nothing. Amounts are decimal numbers in text, so
     * that no reader on the way rounds them.
     *
     * @param answers at most
     * @param cost at most, in the currency of {@code price}
     * @param price of one answer; goes with {@code cost}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Budget(
            @Nullable Long answers,
            @Nullable String cost,
            @Nullable String price) {
        /** The number of answers that it pays for, exactly. */
        public long most() {
            var paid = cost == null || price == null
                    ? Long.MAX_VALUE
                    : new BigDecimal(cost)
                            .divide(new BigDecimal(price), 0, RoundingMode.DOWN)
                            .min(BigDecimal.valueOf(Long.MAX_VALUE))
                            .longValueExact();
            return answers == null ? paid : Math.min(answers, paid);
        }
    }

    /** The most answers that all together may give; {@link Long#MAX_VALUE} without a budget. */
    @JsonIgnore
    public long mostAnswers() {
        return budget == null ? Long.MAX_VALUE : budget.most();
    }

    /** How many tasks one person may skip; {@link Integer#MAX_VALUE} without a limit. */
    @JsonIgnore
    public int mostSkips() {
        return caps == null || caps.skips() == null ? Integer.MAX_VALUE : caps.skips();
    }

    /** What is wrong with it, each with its place; empty when it can be in force. */
    public List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        if (overlap != null) {
            require(faults, within(overlap.share(), 0, 1), "/overlap/share", "must be from 0 to 1");
            require(faults, isCount(overlap.answers()), "/overlap/answers", "must be from 1 to " + MOST_ANSWERS);
        }
        if (adaptive != null) {
            adaptive(faults, adaptive);
        }
        if (caps != null) {
            require(
                    faults,
                    caps.tasks() == null || caps.tasks() >= 1,
                    "/caps/tasks",
                    "must be 1 or more; without it there is no cap");
            require(faults, caps.skips() == null || caps.skips() >= 0, "/caps/skips", "must not be negative");
            var share = caps.share();
            require(faults, share == null || (share > 0 && share <= 1), "/caps/share", "must be above 0 and at most 1");
        }
        if (audience != null) {
            audience(faults, audience);
        }
        if (budget != null) {
            budget(faults, budget);
        }
        return faults;
    }

    private static void adaptive(List<Fault> faults, Adaptive rule) {
        require(faults, isCount(rule.minimum()), "/adaptive/minimum", "must be from 1 to " + MOST_ANSWERS);
        require(
                faults,
                isCount(rule.maximum()) && rule.maximum() >= rule.minimum(),
                "/adaptive/maximum",
                "must be from minimum to " + MOST_ANSWERS);
        require(
                faults,
                rule.agreement() == null || within(rule.agreement(), 0, 1),
                "/adaptive/agreement",
                "must be from 0 to 1");
        require(
                faults,
                rule.confidence() == null || (rule.confidence() > 0 && rule.confidence() < 1),
                "/adaptive/confidence",
                "must be above 0 and below 1");
        require(
                faults,
                rule.agreement() != null || rule.confidence() != null,
                "/adaptive",
                "needs an agreement, a confidence, or both");
        require(
                faults,
                (rule.confidence() == null) == (rule.accuracy() == null),
                "/adaptive/accuracy",
                "goes with a confidence");
        require(
                faults,
                rule.accuracy() == null || (rule.accuracy() > 0 && rule.accuracy() < 1),
                "/adaptive/accuracy",
                "must be above 0 and below 1");
    }

    private static void audience(List<Fault> faults, Audience audience) {
        for (var i = 0; i < audience.languages().size(); i++) {
            var tag = audience.languages().get(i);
            require(
                    faults,
                    Places.isLanguage(tag),
                    "/audience/languages/" + i,
                    "must be a language in its canonical form, such as fr or pt-BR");
        }
        for (var i = 0; i < audience.countries().size(); i++) {
            var code = audience.countries().get(i);
            require(
                    faults,
                    Places.isCountry(code),
                    "/audience/countries/" + i,
                    "must be a country of ISO 3166-1 in two capitals, such as FR");
        }
        for (var i = 0; i < audience.qualifications().size(); i++) {
            var key = audience.qualifications().get(i);
            require(
                    faults,
                    !key.isBlank() && key.length() <= 100,
                    "/audience/qualifications/" + i,
                    "must have 1 to 100 characters");
        }
    }

    private static void budget(List<Fault> faults, Budget budget) {
        require(faults, budget.answers() == null || budget.answers() >= 0, "/budget/answers", "must not be negative");
        require(
                faults,
                (budget.cost() == null) == (budget.price() == null),
                "/budget/price",
                "goes with a cost: what one answer costs");
        require(faults, isAmount(budget.cost()), "/budget/cost", "must be an amount in text, such as \"150.00\"");
        require(
                faults,
                isAmount(budget.price()) && (budget.price() == null || new BigDecimal(budget.price()).signum() > 0),
                "/budget/price",
                "must be an amount above 0 in text, such as \"0.25\"");
    }

    private static boolean isAmount(@Nullable String amount) {
        return amount == null || AMOUNT.matcher(amount).matches();
    }

    private static boolean isCount(int answers) {
        return answers >= 1 && answers <= MOST_ANSWERS;
    }

    private static boolean within(double value, double from, double to) {
        return value >= from && value <= to;
    }

    private static void require(List<Fault> faults, boolean holds, String pointer, String message) {
        if (!holds) {
            faults.add(new Fault(pointer, message));
        }
    }
}
