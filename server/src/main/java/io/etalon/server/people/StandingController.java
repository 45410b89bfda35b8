package io.etalon.server.people;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Membership;
import io.etalon.server.access.Role;
import io.etalon.server.base.Page;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.wall.HeldQualifications;
import io.etalon.server.workforce.Profiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How a client's people stand: for who arranges the work. */
@RestController
@RequestMapping("/api/v1/clients/{client}/standings")
@Tag(name = "Workforce")
final class StandingController {
    private static final int WEEKS = 4;

    private final Records records;
    private final TenantScope scope;
    private final Clock clock;
    private final SelfStore selves = new SelfStore();

    /** Where what is told of people comes from. */
    @Component
    record Records(
            Grants grants,
            Documents documents,
            Licences licences,
            Profiles profiles,
            ObjectProvider<HeldQualifications> held) {}

    /** @param state {@code accepted}, {@code outdated} for an older version, {@code withdrawn} or {@code missing} */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ConsentStanding")
    record ConsentView(UUID document, String title, int version, String state) {}

    /** @param state as in the list of a person's licences */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "LicenceStanding")
    record LicenceState(
            UUID id, String kind, String country, @Nullable LocalDate to, String state) {}

    /**
     * @param country where the person works, by the manager's word
     * @param residence where he lives, by his own
     * @param tier the highest that he holds; 0 for none
     * @param minutesAWeek by what he says of his hours; absent when he said nothing
     * @param minutesAhead in the next four weeks, days off left out
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PersonStanding")
    record View(
            UUID person,
            String name,
            List<Role> roles,
            @Nullable UUID workforce,
            @Nullable String country,
            @Nullable String residence,
            List<SelfDescription.Spoken> languages,
            List<SelfDescription.Skill> skills,
            int tier,
            List<ConsentView> consents,
            List<LicenceState> licences,
            @Nullable Integer minutesAWeek,
            @Nullable Integer minutesAhead) {}

    StandingController(Records records, TenantScope scope, Clock clock) {
        this.records = records;
        this.scope = scope;
        this.clock = clock;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.WORKFORCE_MANAGER})
    @Operation(
            summary = "List how people stand",
            description =
                    "Consents, licences, tiers and capacity of everybody at work; a manager sees his own workforce.")
    Page<View> all(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var client = caller.client().id();
        var members = records.grants().members(client).stream()
                .filter(member -> caller.is(Role.REQUESTER)
                        || (caller.workforce() != null && caller.workforce().equals(member.workforce())))
                .toList();
        var people = members.stream().map(member -> member.person().id()).collect(Collectors.toSet());
        var said = scope.control(tx -> selves.of(tx, people));
        var documents = records.documents().all(caller).stream()
                .filter(Document::inForce)
                .toList();
        var words = new HashMap<PersonId, Map<UUID, Acceptance>>();
        for (var word : records.documents().words(client)) {
            words.computeIfAbsent(word.person(), id -> new HashMap<>()).put(word.document(), word);
        }
        var licences = records.licences().all(client).stream().collect(Collectors.groupingBy(Licence::person));
        var views = members.stream()
                .map(member -> {
                    var id = member.person().id();
                    return view(
                            caller,
                            member,
                            said.getOrDefault(id, new SelfDescription(null, List.of(), List.of(), null)),
                            consents(documents, member, words.getOrDefault(id, Map.of())),
                            licences.getOrDefault(id, List.of()));
                })
                .toList();
        return Listing.page(views, view -> view.name() + " " + view.person(), limit, cursor);
    }

    private static List<ConsentView> consents(
            List<Document> documents, Membership member, Map<UUID, Acceptance> words) {
        return documents.stream()
                .filter(document -> document.isFor(member.workforce()))
                .map(document -> new ConsentView(
                        document.id(), document.title(), document.version(), state(document, words.get(document.id()))))
                .toList();
    }

    private static String state(Document document, @Nullable Acceptance word) {
        if (word == null) {
            return "missing";
        }
        if (!word.accepted()) {
            return "withdrawn";
        }
        return Documents.accepts(word, document) ? "accepted" : "outdated";
    }

    private View view(
            ClientCaller caller,
            Membership member,
            SelfDescription said,
            List<ConsentView> consents,
            List<Licence> licences) {
        var client = caller.client().id();
        var person = member.person().id();
        var source = records.held().getIfAvailable();
        var held = source == null ? Set.<String>of() : source.of(client, person);
        var hours = said.availability();
        return new View(
                person.value(),
                member.person().name(),
                member.roles().stream().sorted().toList(),
                member.workforce(),
                records.profiles().of(client, person).country(),
                said.residence(),
                said.languages(),
                said.skills(),
                Tiers.highest(held),
                consents,
                licences.stream()
                        .map(one -> new LicenceState(one.id(), one.kind(), one.country(), one.to(), one.state()))
                        .toList(),
                hours == null
                        ? null
                        : hours.minutes().stream().mapToInt(Integer::intValue).sum(),
                hours == null ? null : hours.minutesFrom(today(hours.timeZone()), WEEKS * 7));
    }

    private LocalDate today(String zone) {
        return LocalDate.ofInstant(clock.instant(), ZoneId.of(zone));
    }
}
