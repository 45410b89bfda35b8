package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of other people's accounts. */
final class AccountBodies {
    private AccountBodies() {}

    @Schema(name = "AccountState")
    record StateBody(@Nullable Boolean disabled) {}

    /** @param dropsPasskeys whether the account's passkeys are lost and go with the link's use */
    @Schema(name = "ResetOrder")
    record ResetOrder(@Nullable Boolean dropsPasskeys) {
        boolean drops() {
            return Boolean.TRUE.equals(dropsPasskeys);
        }
    }

    /**
     * @param link to hand to the person; shown once
     * @param notBefore from when it is good; absent when it is at once
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ResetLink")
    record ResetLink(String link, @Nullable Instant notBefore, Instant expiresAt) {
        static ResetLink of(Resets.Issued issued) {
            return new ResetLink(issued.link(), issued.notBefore(), issued.expiresAt());
        }

        @Override
        public String toString() {
            return "ResetLink[" + expiresAt + "]";
        }
    }

    /**
     * An account as those see it who look after it.
     *
     * @param disabledAt when it was switched off; absent when it is on
     * @param password whether it has one
     * @param sessions how many are open
     * @param keys how many keys of programs it has made that have not lapsed; of all clients for operators, of the client else
     * @param reach whether the caller may act upon it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AccountView")
    record AccountView(
            UUID id,
            String name,
            String email,
            @Nullable Instant disabledAt,
            boolean password,
            int passkeys,
            int sessions,
            int keys,
            boolean reach) {
        AccountView reached(boolean reaches) {
            return new AccountView(id, name, email, disabledAt, password, passkeys, sessions, keys, reaches);
        }
    }
}
