package io.etalon.server.pay;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import io.etalon.server.base.Places;
import io.etalon.server.vendor.Contract;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What work in a project pays the people who do it. Immutable; it may hold any draft, and {@link #faults} says what is wrong with
 * it. Amounts and shares are decimal numbers in text, so that no reader on the way rounds them.
 *
 * @param currency ISO 4217, of all amounts
 * @param price of an answer, of an item in it, or of an hour of active work; its type of task stays empty
 * @param review of one decision of a reviewer; null where reviews are paid otherwise
 * @param late the share that is paid for an answer handed in after the deadline of its batch, 0 to 1; 1 without
 * @param ended the share that is paid for an answer whose lease had ended when it came, 0 to 1; nothing without
 * @param rejected the share that stays paid when a reviewer rejects an answer, 0 to 1; 0 without
 * @param exams whether answers of an entry exam are paid; not without
 * @param floors the least that an hour of active work earns in a statement, by country
 * @param minutes that an answer takes, as its setter expects; shown until the ledger knows
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PayRule(
        @Nullable String currency,
        Contract.@Nullable Price price,
        @Nullable String review,
        @Nullable String late,
        @Nullable String ended,
        @Nullable String rejected,
        @Nullable Boolean exams,
        @Nullable Map<String, String> floors,
        @Nullable Double minutes) {
    /** With two digits, so that no product of amount and shares has more digits than the ledger keeps. */
    private static final Pattern SHARE = Pattern.compile("0(\\.\\d{1,2})?|1(\\.0{1,2})?");

    private static final double A_DAY = 1_440;

    /** What is wrong with it, each with its place. */
    public List<Fault> faults() {
        var faults = new ArrayList<Fault>();
        if (!Contract.isCurrency(currency)) {
            faults.add(new Fault("/currency", "must be a currency of ISO 4217, such as EUR"));
        }
        if (price == null) {
            faults.add(new Fault("/price", "is missing"));
        } else {
            faults.addAll(price.faults("/price"));
            if (price.taskType() != null) {
                faults.add(new Fault("/price/taskType", "must be absent: a project has one type of task"));
            }
        }
        if (review != null) {
            Contract.checkAmount(faults, review, "/review");
        }
        share(faults, late, "/late");
        share(faults, ended, "/ended");
        share(faults, rejected, "/rejected");
        if (floors != null) {
            floors.forEach((country, amount) -> floor(faults, country, amount));
        }
        if (minutes != null && !(minutes > 0 && minutes <= A_DAY)) {
            faults.add(new Fault("/minutes", "must be above 0 and at most 1440"));
        }
        return faults;
    }

    private static void share(List<Fault> faults, @Nullable String share, String pointer) {
        if (share != null && !SHARE.matcher(share).matches()) {
            faults.add(new Fault(pointer, "must be a share from 0 to 1 with two digits at most, such as \"0.5\""));
        }
    }

    private static void floor(List<Fault> faults, String country, @Nullable String amount) {
        // In a pointer, “~” and “/” are spelled with a tilde (RFC 6901).
        var pointer = "/floors/" + country.replace("~", "~0").replace("/", "~1");
        if (!Places.isCountry(country)) {
            faults.add(new Fault(pointer, "must be under a country of ISO 3166-1 in two capitals, such as FR"));
        }
        Contract.checkAmount(faults, amount, pointer);
    }

    /** What a first answer, or one done again, pays. */
    @JsonIgnore
    BigDecimal pays(Work.Answer answer) {
        if (price == null || (answer.exam() && !Boolean.TRUE.equals(exams))) {
            return BigDecimal.ZERO;
        }
        // An answer that is done again was paid by task and item the first time; its time is new.
        var fresh = answer.revision() == 1;
        var full = price.cost(fresh ? 1 : 0, fresh ? answer.items() : 0, answer.seconds());
        return answer.late() ? full.multiply(late == null ? BigDecimal.ONE : new BigDecimal(late)) : full;
    }

    /** What an answer pays that came when its lease had ended. */
    @JsonIgnore
    BigDecimal pays(Work.Ended answer) {
        return price == null || ended == null
                ? BigDecimal.ZERO
                : price.cost(1, answer.items(), answer.seconds()).multiply(new BigDecimal(ended));
    }

    /** The part of an answer's pay that its rejection takes back. */
    @JsonIgnore
    BigDecimal takenBack(BigDecimal paid) {
        return paid.multiply(BigDecimal.ONE.subtract(rejected == null ? BigDecimal.ZERO : new BigDecimal(rejected)));
    }

    Optional<BigDecimal> floor(@Nullable String country) {
        return floors == null || country == null
                ? Optional.empty()
                : Optional.ofNullable(floors.get(country)).map(BigDecimal::new);
    }
}
