package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in, as the web shows it.
 *
 * @param passkeys how many passkeys the person has
 * @param strong whether two factors opened the session
 * @param notices what was done to the account by others, for the person to know; the newest first
 * @param setup true after a link, when the person has no credential yet; else absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionView(
        PersonView person,
        List<RoleView> roles,
        int passkeys,
        boolean strong,
        List<AccountNotices.Notice> notices,
        @Nullable Boolean setup) {

    /** A person to himself. */
    record PersonView(
            String id,
            String name,
            String email,
            @Schema(allowableValues = {"en", "fr"}) String locale) {
        static PersonView of(Person person) {
            return new PersonView(person.id().toString(), person.name(), person.email(), person.locale());
        }
    }

    /**
     * One role, with the slug and name of the client it is held at.
     *
     * @param shut true where a second factor is asked for that this session has not; else absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RoleView(
            Role role,
            @Nullable String client,
            @Nullable String clientName,
            @Nullable String workforce,
            @Nullable Boolean shut) {}
}
