package io.etalon.server.people;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tiers are qualifications with the keys {@code tier.1} to {@code tier.9}: an entry exam grants one, queues and walls ask for
 * one, and who holds a tier holds those below it. Stateless.
 */
public final class Tiers {
    private static final Pattern KEY = Pattern.compile("tier\\.[1-9]");

    private Tiers() {}

    /** The highest tier among keys; 0 for none. */
    public static int highest(Collection<String> keys) {
        return keys.stream()
                .filter(key -> KEY.matcher(key).matches())
                .mapToInt(key -> key.charAt(key.length() - 1) - '0')
                .max()
                .orElse(0);
    }

    /** @param tier from 1 to 9 */
    public static String key(int tier) {
        return String.format(Locale.ROOT, "tier.%d", tier);
    }
}
