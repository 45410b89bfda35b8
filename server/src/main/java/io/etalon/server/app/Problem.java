package io.etalon.server.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.annotation.Fault;
import io.etalon.server.base.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457). It has no {@code instance} except for what the log has under the same id: the answer for
 * a foreign client's address must be byte for byte that of an address which does not exist.
 *
 * @param type the code as a URI
 * @param title the same for every occurrence
 * @param detail what was wrong here, and what would be right
 * @param code a stable name
 * @param instance the id under which the log tells more; for internal errors only
 * @param faults the places in the body that are wrong, as JSON pointers; a query parameter's is its name behind a slash
 * @param allowed what the caller may do instead, where the state of things forbids what he asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String instance,
        @Nullable List<Fault> faults,
        @Nullable List<String> allowed) {
    private static final String TYPES = "https://etalon.io/problems/";

    static Problem of(ErrorCode code, String detail) {
        return of(code, detail, List.of());
    }

    static Problem of(ErrorCode code, String detail, List<Fault> faults) {
        return new Problem(
                TYPES + code.name(),
                code.title(),
                code.status(),
                detail,
                code.name(),
                null,
                faults.isEmpty() ? null : faults,
                null);
    }

    Problem allowing(@Nullable List<String> acts) {
        return new Problem(type, title, status, detail, code, instance, faults, acts);
    }

    Problem under(String id) {
        return new Problem(type, title, status, detail, code, "urn:uuid:" + id, faults, allowed);
    }
}
