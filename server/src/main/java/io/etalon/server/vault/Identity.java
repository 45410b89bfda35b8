package io.etalon.server.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Checks;
import io.etalon.server.base.Places;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who somebody is before the law and where his pay goes.
 *
 * @param country of residence, ISO 3166-1 alpha-2
 * @param taxId as the country spells it
 * @param account an IBAN (ISO 13616), whose check digits must hold, or an account number of another kind
 * @param bank BIC, routing or sort code
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Identity(
        @Nullable String legalName,
        @Nullable String address,
        @Nullable String country,
        @Nullable String taxId,
        @Nullable String account,
        @Nullable String bank) {
    private static final Pattern IBAN = Pattern.compile("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9 ./-]{1,64}");
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    /**
     * The same in its canonical form.
     *
     * @throws io.etalon.server.base.EtalonException invalid, naming the member
     */
    Identity checked() {
        var place = Checks.required(country, "/country");
        if (!Places.isCountry(place)) {
            throw Checks.fault("/country", "must be a country of ISO 3166-1 in two capitals, such as FR");
        }
        return new Identity(
                Checks.text(legalName, "/legalName", 200),
                Checks.text(address, "/address", 500),
                place,
                taxId == null ? null : Checks.text(taxId, "/taxId", 64),
                account == null ? null : accountOf(account),
                bank == null ? null : Checks.text(bank, "/bank", 64));
    }

    private static String accountOf(String written) {
        var account = Checks.text(written, "/account", 64);
        if (!ACCOUNT.matcher(account).matches()) {
            throw Checks.fault("/account", "may have letters, digits, blanks, full stops, slashes and hyphens");
        }
        var close = account.replace(" ", "").toUpperCase(Locale.ROOT);
        if (!IBAN.matcher(close).matches()) {
            return account;
        }
        if (!checks(close)) {
            throw Checks.fault("/account", "looks like an IBAN and its check digits do not hold");
        }
        return close;
    }

    /** ISO 7064, MOD 97-10, over the rotated text with letters as numbers from 10 on. */
    private static boolean checks(String iban) {
        var digits = new StringBuilder();
        (iban.substring(4) + iban.substring(0, 4)).chars().forEach(c -> digits.append(Character.digit(c, 36)));
        return new BigInteger(digits.toString()).mod(NINETY_SEVEN).equals(BigInteger.ONE);
    }

    /** Nothing of it belongs in a log. */
    @Override
    public String toString() {
        return "Identity[…]";
    }
}
