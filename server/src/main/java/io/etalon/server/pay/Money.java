package io.etalon.server.pay;

import java.math.BigDecimal;

/** Amounts in text. Stateless. */
final class Money {
    private Money() {}

    /** All of its digits and no more: {@code 0.125}, {@code 12}. */
    static String exact(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
