package io.etalon.server.vendor;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import io.etalon.server.work.Output;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client and a vendor agreed on. Immutable; it may hold any draft, and {@link #faults} says what is wrong with it. Amounts
 * are decimal numbers in text, so that no reader on the way rounds them.
 *
 * @param currency ISO 4217, of all amounts
 * @param prices by type of task; one without a type is for all other types
 * @param minimum what is due in any case
 * @param countries where the people work, ISO 3166-1 alpha-2; empty for anywhere
 * @param dataProcessing the terms on personal data, or where they stand
 * @param from the first day
 * @param to the last day; null for no end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Contract(
        @Nullable String currency,
        @Nullable List<Price> prices,
        @Nullable Minimum minimum,
        @Nullable ServiceLevels serviceLevels,
        @Nullable List<String> countries,
        @Nullable String dataProcessing,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {
    private static final Pattern AMOUNT = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");
    private static final List<String> UNITS = List.of("task", "item", "hour");
    private static final int MOST = 200;
    private static final BigDecimal HOUR = BigDecimal.valueOf(3_600);

    /**
     * What work costs.
     *
     * @param taskType a project's template; null for all that no other price names
     * @param unit {@code task}: an answer; {@code item}: a shape in an answer; {@code hour}: of active work
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Price(
            @Nullable String taskType,
            @Nullable String unit,
            @Nullable String amount) {

        /** What is wrong with it, with pointers below the one given. */
        public List<Fault> faults(String pointer) {
            var faults = new ArrayList<Fault>();
            if (unit == null || !UNITS.contains(unit)) {
                faults.add(new Fault(pointer + "/unit", "must be task, item or hour"));
            }
            if (taskType != null && (taskType.isBlank() || taskType.length() > 100)) {
                faults.add(new Fault(pointer + "/taskType", "must have 1 to 100 characters"));
            }
            checkAmount(faults, amount, pointer + "/amount");
            return faults;
        }

        /** What some work costs. Exact but for parts of hours, which have six digits (half to even). */
        public BigDecimal cost(long answers, long items, long activeSeconds) {
            var each = new BigDecimal(String.valueOf(amount));
            return switch (String.valueOf(unit)) {
                case "item" -> each.multiply(BigDecimal.valueOf(items));
                case "hour" -> each.multiply(BigDecimal.valueOf(activeSeconds)).divide(HOUR, 6, RoundingMode.HALF_EVEN);
                default -> each.multiply(BigDecimal.valueOf(answers));
            };
        }
    }

    /** @param per {@code month} or {@code contract} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Minimum(@Nullable String amount, @Nullable String per) {}

    /**
     * What the vendor promises.
     *
     * @param turnRoundHours from planning to answer, on average
     * @param acceptance the share of reviewed answers that need no mending, 0 to 1
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ServiceLevels(
            @Nullable Integer turnRoundHours, @Nullable Double acceptance) {}

    /** What is wrong with it, each with its place. */
    public List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        if (!isCurrency(currency)) {
            faults.add(new Fault("/currency", "must be a currency of ISO 4217, such as EUR"));
        }
        if (prices == null || prices.isEmpty() || prices.size() > MOST) {
            faults.add(new Fault("/prices", "must have 1 to " + MOST + " prices"));
        } else {
            for (var i = 0; i < prices.size(); i++) {
                faults.addAll(prices.get(i).faults("/prices/" + i));
            }
        }
        if (minimum != null) {
            checkAmount(faults, minimum.amount(), "/minimum/amount");
            if (minimum.per() == null || !List.of("month", "contract").contains(minimum.per())) {
                faults.add(new Fault("/minimum/per", "must be month or contract"));
            }
        }
        terms(faults);
        if (from == null) {
            faults.add(new Fault("/from", "is missing"));
        } else if (to != null && to.isBefore(from)) {
            faults.add(new Fault("/to", "must not be before from"));
        }
        return faults;
    }

    private void terms(List<Fault> faults) {
        if (serviceLevels != null) {
            var hours = serviceLevels.turnRoundHours();
            if (hours != null && hours < 1) {
                faults.add(new Fault("/serviceLevels/turnRoundHours", "must be 1 or more"));
            }
            var share = serviceLevels.acceptance();
            if (share != null && !(share >= 0 && share <= 1)) {
                faults.add(new Fault("/serviceLevels/acceptance", "must be from 0 to 1"));
            }
        }
        if (countries != null) {
            for (var i = 0; i < countries.size(); i++) {
                if (!COUNTRY.matcher(countries.get(i)).matches()) {
                    faults.add(new Fault("/countries/" + i, "must be two capital letters of ISO 3166-1, such as FR"));
                }
            }
        }
        if (dataProcessing != null && dataProcessing.length() > 10_000) {
            faults.add(new Fault("/dataProcessing", "must have 10000 characters at most"));
        }
    }

    /** Finds fault with what is no amount of money. */
    public static void checkAmount(List<Fault> faults, @Nullable String amount, String pointer) {
        if (amount == null || !AMOUNT.matcher(amount).matches()) {
            faults.add(new Fault(pointer, "must be a decimal number, such as \"0.12\""));
        }
    }

    /** Whether it is a currency of ISO 4217 that has minor units. */
    public static boolean isCurrency(@Nullable String code) {
        try {
            return code != null && Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether it holds on a day. */
    boolean isInForce(LocalDate day) {
        return from != null && !day.isBefore(from) && (to == null || !day.isAfter(to));
    }

    /** The price of one type of task. */
    Optional<Price> price(String taskType) {
        var all = prices == null ? List.<Price>of() : prices;
        return all.stream()
                .filter(price -> taskType.equals(price.taskType()))
                .findFirst()
                .or(() -> all.stream().filter(price -> price.taskType() == null).findFirst());
    }

    /** What some work costs; nothing where no price names its type. Exact but for parts of hours, which have six digits. */
    @JsonIgnore
    BigDecimal cost(String taskType, Output work) {
        return price(taskType)
                .map(price -> price.cost(work.answers(), work.items(), work.activeSeconds()))
                .orElse(BigDecimal.ZERO);
    }
}
