package io.etalon.server.pay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of pay take and give. Amounts are decimal numbers in text. */
final class PayBodies {
    private PayBodies() {}

    /**
     * A version of a rule.
     *
     * @param workforce absent for everybody who has no rule of his own workforce
     * @param version to send as If-Match
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayRuleVersion")
    record RuleView(@Nullable UUID workforce, int version, PayRule rule, Instant setAt) {
        static RuleView of(RuleBook.Rule rule) {
            return new RuleView(rule.workforce(), rule.version(), rule.terms(), rule.at());
        }
    }

    /**
     * What taking a task of a project pays.
     *
     * @param rule absent where nothing is paid through Etalon
     * @param seconds that an answer took, in the middle of the last 200; absent while there are fewer than five
     * @param hourly what an hour of active work paid on them; absent while there are fewer than five
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayOffer")
    record OfferView(
            @Nullable RuleView rule,
            @Nullable Long seconds,
            @Nullable String hourly) {}

    /**
     * What was earned on one day.
     *
     * @param kind {@code answer}, {@code exam}, {@code review}, {@code rejection}, {@code appeal}, {@code floor}, {@code
     *     adjustment}, {@code correction} or {@code rounding}
     * @param seconds of active work that were counted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayLine")
    record LineView(
            LocalDate day,
            @Nullable UUID project,
            String kind,
            String currency,
            int count,
            long seconds,
            String amount) {
        static LineView of(StatementStore.Line line) {
            return new LineView(
                    line.day(),
                    line.project(),
                    line.kind(),
                    line.currency(),
                    line.count(),
                    line.seconds(),
                    Money.exact(line.amount()));
        }
    }

    /**
     * A closed statement.
     *
     * @param person by his pseudonym in the client's log
     * @param name for his workforce's manager alone
     * @param exact the sum before it was rounded
     * @param paidAt absent while it waits for payment
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayStatement")
    record StatementView(
            long number,
            String month,
            String person,
            @Nullable String name,
            @Nullable UUID workforce,
            String currency,
            String exact,
            String amount,
            Instant closedAt,
            @Nullable Instant paidAt,
            @Nullable String reference) {}

    @Schema(name = "PayStatementWithLines")
    record FullView(StatementView statement, List<LineView> lines) {}

    @Schema(name = "PaySum")
    record SumView(String currency, String amount, long seconds) {}

    /**
     * A person's own pay at a client.
     *
     * @param open sums of what no statement has yet
     * @param lines of these, by day
     */
    @Schema(name = "MyPay")
    record MineView(List<SumView> open, List<LineView> lines, List<StatementView> statements) {}

    /** @param month such as 2026-11 */
    @Schema(name = "PayClosing")
    record Closing(@Nullable String month) {}

    /** @param first and {@code last} are the numbers of the new statements, 0 when there are none */
    @Schema(name = "PayClosed")
    record ClosedView(int statements, long first, long last) {}

    /** @param reference under which the money left, 1 to 500 characters */
    @Schema(name = "PayPayment")
    record Payment(@Nullable String reference) {}

    /** @param reason for the ledger, 1 to 500 characters */
    @Schema(name = "PayReversal")
    record Reversal(@Nullable String reason) {}

    /**
     * What is granted by hand.
     *
     * @param person by his pseudonym in the client's log
     * @param amount below zero takes
     * @param reason for the ledger and the statement, 1 to 500 characters
     */
    @Schema(name = "PayAdjustment")
    record Adjustment(
            @Nullable String person,
            @Nullable String currency,
            @Nullable String amount,
            @Nullable String reason) {}

    @Schema(name = "PayEntryMade")
    record Made(long entry) {}

    /**
     * An entry of the ledger: {@code amount} on the debit of one account and the credit of another.
     *
     * @param source what it is for: a submission, a decision, a statement, or another entry
     * @param owed what it adds to what the person is owed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayEntry")
    record EntryView(
            long id,
            String kind,
            long source,
            String person,
            @Nullable UUID workforce,
            @Nullable UUID project,
            @Nullable Long reverses,
            String currency,
            long seconds,
            @Nullable String reason,
            Instant workedAt,
            Instant at,
            String debit,
            String credit,
            String amount,
            String owed,
            @Nullable Long statement) {
        static EntryView of(Entries.Entry entry, String person) {
            return new EntryView(
                    entry.id(),
                    entry.kind(),
                    entry.source(),
                    person,
                    entry.workforce(),
                    entry.project(),
                    entry.reverses(),
                    entry.currency(),
                    entry.seconds(),
                    entry.reason(),
                    entry.workedAt(),
                    entry.at(),
                    entry.debit(),
                    entry.credit(),
                    Money.exact(entry.amount()),
                    Money.exact(entry.owed()),
                    entry.statement());
        }
    }

    /**
     * What stands on an account.
     *
     * @param account {@code expense}, {@code payable}, {@code paid}, {@code adjustment} or {@code rounding}
     * @param amount debits above zero; all of one currency add up to nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PayBalance")
    record BalanceView(
            String account,
            @Nullable UUID project,
            @Nullable UUID workforce,
            String currency,
            String amount) {
        static BalanceView of(Entries.Balance balance) {
            return new BalanceView(
                    balance.account(),
                    balance.project(),
                    balance.workforce(),
                    balance.currency(),
                    Money.exact(balance.amount()));
        }
    }
}
