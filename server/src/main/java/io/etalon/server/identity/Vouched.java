package io.etalon.server.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has said of a person, proved.
 *
 * @param subject its name for the person, which never changes
 * @param email in lower case, when it named one
 * @param emailVerified whether it vouches for the address
 * @param groups null when it said nothing of groups
 * @param strong whether it has seen a second factor, in words that the operator has listed
 * @param sid its session, when it names one
 */
record Vouched(
        String subject,
        @Nullable String email,
        boolean emailVerified,
        @Nullable String name,
        @Nullable List<String> groups,
        @Nullable String sid,
        boolean strong) {
    static final int LONGEST_SUBJECT = 255;
    static final int MOST_GROUPS = 2_000;
}
