package io.etalon.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Places;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Licences: a person's own, and those that a manager has to look at. */
@RestController
@RequestMapping("/api/v1/clients/{client}")
@Tag(name = "Workforce")
final class LicenceController {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    private final Licences licences;
    private final Idempotency idempotency;
    private final TenantScope scope;

    /**
     * A licence as its holder states it.
     *
     * @param kind such as {@code medical-doctor}
     * @param country that issued it
     * @param from the first day on which it is valid, such as 2026-01-31
     * @param to the last day, absent for no end
     */
    @Schema(name = "LicenceBody")
    record LicenceBody(
            @Nullable String kind,
            @Nullable String country,
            @Nullable String number,
            @Nullable String from,
            @Nullable String to) {
        String checkedKind() {
            var text = Checks.required(kind, "/kind");
            if (!KIND.matcher(text).matches()) {
                throw Checks.fault("/kind", "must have 1 to 40 of a-z, 0-9 and hyphen, such as medical-doctor");
            }
            return text;
        }

        String checkedCountry() {
            var text = Checks.required(country, "/country");
            if (!Places.isCountry(text)) {
                throw Checks.fault("/country", "must be a country of ISO 3166-1 in two capitals, such as FR");
            }
            return text;
        }

        String checkedNumber() {
            return Checks.text(number, "/number", 100);
        }

        LocalDate checkedFrom() {
            return Days.of(Checks.required(from, "/from"), "/from");
        }

        @Nullable
        LocalDate checkedTo() {
            var last = to == null ? null : Days.of(to, "/to");
            if (last != null && last.isBefore(checkedFrom())) {
                throw Checks.fault("/to", "must not lie before from");
            }
            return last;
        }
    }

    /** Days as they are written. */
    static final class Days {
        private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
        private static final LocalDate LAST = LocalDate.of(2199, 12, 31);

        private Days() {}

        static LocalDate of(String text, String pointer) {
            try {
                var day = LocalDate.parse(text);
                if (!day.isBefore(FIRST) && !day.isAfter(LAST)) {
                    return day;
                }
            } catch (DateTimeParseException e) {
                throw Checks.fault(pointer, "must be a day such as 2026-01-31");
            }
            throw Checks.fault(pointer, "must be a day from 1900 to 2199");
        }
    }

    /** @param verified whether it counts from now on, or is refused */
    @Schema(name = "LicenceVerdict")
    record VerdictBody(@Nullable Boolean verified, @Nullable String note) {}

    /**
     * @param state {@code stated}, {@code verified}, {@code expired}, {@code refused} or {@code withdrawn}
     * @param qualifications the keys that it gives while it is verified
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LicenceView")
    record View(
            UUID id,
            UUID person,
            String kind,
            String country,
            String number,
            LocalDate from,
            @Nullable LocalDate to,
            String state,
            List<String> qualifications,
            @Nullable UUID by,
            @Nullable String note,
            @Nullable Instant at,
            Instant statedAt) {}

    LicenceController(Licences licences, Idempotency idempotency, TenantScope scope) {
        this.licences = licences;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    private View view(Licence licence) {
        return new View(
                licence.id(),
                licence.person().value(),
                licence.kind(),
                licence.country(),
                licences.number(licence),
                licence.from(),
                licence.to(),
                licence.state(),
                Licences.keys(licence),
                licence.by(),
                licence.note(),
                licence.actAt(),
                licence.statedAt());
    }

    @GetMapping("/licences/mine")
    @Allow({})
    @Operation(
            summary = "List one's own licences",
            description = "Those that the caller shows this client, newest first.")
    Page<View> mine(ClientCaller caller) {
        return Page.all(licences.of(caller.client().id(), caller.person()).stream()
                .map(this::view)
                .toList());
    }

    @PostMapping("/licences")
    @Allow({})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "State a licence",
            description = "Shows this client a licence of the caller's own. It counts once a manager has verified it,"
                    + " on the days for which it is valid by the database's clock.")
    View state(ClientCaller caller, Attempt attempt, @RequestBody LicenceBody body) {
        return scope.control(tx ->
                idempotency.once(tx, attempt, body, View.class, same -> view(licences.state(same, caller, body))));
    }

    @DeleteMapping("/licences/{licence}")
    @Allow({})
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Withdraw a licence", description = "One of the caller's own; it counts no more.")
    void withdraw(ClientCaller caller, @PathVariable UUID licence) {
        licences.withdraw(caller, licence);
    }

    @GetMapping("/people/{person}/licences")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "List a person's licences",
            description = "Newest first; a manager sees his own workforce's people.")
    Page<View> of(ClientCaller caller, @PathVariable UUID person) {
        var id = new PersonId(person);
        licences.requireOwn(caller, id);
        return Page.all(
                licences.of(caller.client().id(), id).stream().map(this::view).toList());
    }

    @PutMapping("/licences/{licence}/verification")
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "Verify or refuse a licence",
            description = "A manager decides on the licences of his own workforce's people; nobody on his own.")
    View decide(ClientCaller caller, @PathVariable UUID licence, @RequestBody VerdictBody body) {
        var note = body.note() == null ? null : Checks.text(body.note(), "/note", 500);
        return view(licences.decide(caller, licence, Checks.required(body.verified(), "/verified"), note));
    }
}
