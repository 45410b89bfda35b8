package io.etalon.server.people;

import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Places;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.workforce.Profiles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a person says of himself: where he lives, what he speaks and knows, when he works. */
@RestController
@RequestMapping("/api/v1/me/description")
@Tag(name = "Me")
final class SelfController {
    private static final int MOST_LANGUAGES = 30;
    private static final int MOST_SKILLS = 50;
    private static final int MOST_DAYS_OFF = 366;
    private static final int DAY = 1_440;
    private static final Pattern SKILL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Set<String> LEVELS = Set.of("A1", "A2", "B1", "B2", "C1", "C2", "native");

    private final TenantScope scope;
    private final Profiles profiles;
    private final SelfStore store = new SelfStore();

    @Schema(name = "SpokenLanguageBody")
    record SpokenBody(@Nullable String language, @Nullable String level) {}

    @Schema(name = "PersonSkillBody")
    record SkillBody(@Nullable String skill, @Nullable Integer level) {}

    @Schema(name = "PersonAvailabilityBody")
    record AvailabilityBody(
            @Nullable String timeZone,
            @Nullable List<Integer> minutes,
            @Nullable List<String> daysOff) {}

    /** What is absent is not said any more. */
    @Schema(name = "SelfDescriptionBody")
    record Body(
            @Nullable String residence,
            @Nullable List<SpokenBody> languages,
            @Nullable List<SkillBody> skills,
            @Nullable AvailabilityBody availability) {}

    SelfController(TenantScope scope, Profiles profiles) {
        this.scope = scope;
        this.profiles = profiles;
    }

    @GetMapping
    @AllowSignedIn(sessionOnly = true)
    @Operation(summary = "Read what one says of oneself")
    SelfDescription get(Caller caller) {
        return read(caller.person());
    }

    @PutMapping
    @AllowSignedIn(sessionOnly = true)
    @Operation(
            summary = "Say something of oneself",
            description =
                    "In the place of all that was said before. Clients for whom the caller works read it; where he"
                            + " works, each client's workforce manager says.")
    SelfDescription set(Caller caller, @RequestBody Body body) {
        var residence = body.residence();
        if (residence != null && !Places.isCountry(residence)) {
            throw Checks.fault("/residence", "must be a country of ISO 3166-1 in two capitals, such as FR");
        }
        var said = new SelfDescription(
                residence, languages(body.languages()), skills(body.skills()), availability(body.availability()));
        scope.controlDo(tx -> store.set(tx, caller.person(), said));
        profiles.forget(caller.person());
        return read(caller.person());
    }

    private SelfDescription read(PersonId person) {
        return Checks.required(
                scope.control(tx -> store.of(tx, List.of(person))).get(person), "");
    }

    private static List<SelfDescription.Spoken> languages(@Nullable List<SpokenBody> said) {
        var listed = atMost(said, MOST_LANGUAGES, "/languages");
        var all = new TreeMap<String, SelfDescription.Spoken>();
        for (var i = 0; i < listed.size(); i++) {
            var at = "/languages/" + i;
            var language = Checks.required(listed.get(i).language(), at + "/language");
            var level = listed.get(i).level();
            if (!Places.isLanguage(language)) {
                throw Checks.fault(at + "/language", "must be a language in its canonical form, such as fr or pt-BR");
            }
            if (level != null && !LEVELS.contains(level)) {
                throw Checks.fault(at + "/level", "must be A1, A2, B1, B2, C1, C2 or native");
            }
            all.put(language, new SelfDescription.Spoken(language, level));
        }
        return List.copyOf(all.values());
    }

    private static List<SelfDescription.Skill> skills(@Nullable List<SkillBody> said) {
        var listed = atMost(said, MOST_SKILLS, "/skills");
        var all = new TreeMap<String, SelfDescription.Skill>();
        for (var i = 0; i < listed.size(); i++) {
            var at = "/skills/" + i;
            var skill = Checks.required(listed.get(i).skill(), at + "/skill");
            var level = Checks.required(listed.get(i).level(), at + "/level");
            if (!SKILL.matcher(skill).matches()) {
                throw Checks.fault(at + "/skill", "must have 1 to 63 of a-z, 0-9, dot, hyphen and underscore");
            }
            if (level < 1 || level > 5) {
                throw Checks.fault(at + "/level", "must be from 1 to 5");
            }
            all.put(skill, new SelfDescription.Skill(skill, level));
        }
        return List.copyOf(all.values());
    }

    private static SelfDescription.@Nullable Availability availability(@Nullable AvailabilityBody said) {
        if (said == null) {
            return null;
        }
        var at = "/availability";
        var zone = Checks.text(said.timeZone(), at + "/timeZone", 60);
        try {
            ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw Checks.fault(at + "/timeZone", "must be a time zone such as Europe/Paris");
        }
        var minutes = Checks.required(said.minutes(), at + "/minutes");
        if (minutes.size() != 7 || minutes.stream().anyMatch(one -> one < 0 || one > DAY)) {
            throw Checks.fault(at + "/minutes", "must be seven numbers from 0 to " + DAY + ", from Monday on");
        }
        var off = atMost(said.daysOff(), MOST_DAYS_OFF, at + "/daysOff");
        var days = new TreeSet<LocalDate>(Comparator.naturalOrder());
        for (var i = 0; i < off.size(); i++) {
            days.add(LicenceController.Days.of(off.get(i), at + "/daysOff/" + i));
        }
        return new SelfDescription.Availability(zone, List.copyOf(minutes), new ArrayList<>(days));
    }

    private static <T> List<T> atMost(@Nullable List<T> said, int most, String pointer) {
        if (said != null && said.size() > most) {
            throw Checks.fault(pointer, "may be " + most + " at most");
        }
        return said == null ? List.of() : said;
    }
}
