package io.etalon.server.pay;

import io.etalon.server.pay.RuleBook.Rule;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An entry to be made, with its two lines: an amount on one account's debit and the other's credit, so that they add up to
 * nothing. Below zero it takes back.
 *
 * @param kind with {@code source} it names what happened; it is posted once, however often it is told
 */
record Posting(
        String kind,
        long source,
        UUID person,
        @Nullable UUID workforce,
        @Nullable UUID project,
        @Nullable Long rule,
        @Nullable Long reverses,
        String currency,
        long seconds,
        @Nullable String reason,
        @Nullable UUID madeBy,
        Instant workedAt,
        Account debit,
        Account credit,
        BigDecimal amount) {
    /** The accounts; whose they are says the entry. */
    enum Account {
        /** What a project cost. */
        EXPENSE,
        /** What a person is owed. */
        PAYABLE,
        /** What left for people's accounts. */
        PAID,
        /** What was granted or taken by hand. */
        ADJUSTMENT,
        /** Parts of a minor unit, once a statement. */
        ROUNDING;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Pay for work that was done. */
    static Posting of(String kind, Work work, Rule rule, long seconds, BigDecimal amount) {
        return new Posting(
                kind,
                work.id(),
                work.person(),
                work.workforce(),
                work.project(),
                rule.id(),
                null,
                String.valueOf(rule.terms().currency()),
                seconds,
                null,
                null,
                work.at(),
                Account.EXPENSE,
                Account.PAYABLE,
                amount);
    }

    /** What follows from a decision on an entry, once an entry. */
    static Posting following(String kind, Ledger.Posted posted, Instant decidedAt, BigDecimal amount) {
        return new Posting(
                kind,
                posted.id(),
                posted.person(),
                posted.workforce(),
                posted.project(),
                posted.rule(),
                posted.id(),
                posted.currency(),
                0,
                null,
                null,
                decidedAt,
                Account.EXPENSE,
                Account.PAYABLE,
                amount);
    }

    /** The same with a reason. */
    Posting because(String why) {
        return new Posting(
                kind, source, person, workforce, project, rule, reverses, currency, seconds, why, madeBy, workedAt,
                debit, credit, amount);
    }

    /** What a statement's amount is above its exact sum, or below. */
    Posting rounding(BigDecimal difference) {
        return new Posting(
                "rounding",
                source,
                person,
                workforce,
                null,
                null,
                null,
                currency,
                0,
                null,
                madeBy,
                workedAt,
                Account.ROUNDING,
                Account.PAYABLE,
                difference);
    }
}
