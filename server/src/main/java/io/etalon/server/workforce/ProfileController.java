package io.etalon.server.workforce;

import io.etalon.server.access.Allow;
import io.etalon.server.access.AllowSignedIn;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What queues may ask of people: languages by their own word, countries by their manager's. */
@RestController
@Tag(name = "Me")
final class ProfileController {
    private final Profiles profiles;

    record Languages(@Nullable List<String> languages) {}

    record Country(@Nullable String country) {}

    ProfileController(Profiles profiles) {
        this.profiles = profiles;
    }

    @GetMapping("/api/v1/me/profile")
    @AllowSignedIn(sessionOnly = true)
    Languages languages(Caller caller) {
        return new Languages(profiles.languages(caller.person()));
    }

    @PutMapping("/api/v1/me/profile")
    @AllowSignedIn(sessionOnly = true)
    Languages setLanguages(Caller caller, @RequestBody Languages body) {
        return new Languages(profiles.setLanguages(caller.person(), Checks.required(body.languages(), "/languages")));
    }

    @GetMapping("/api/v1/clients/{client}/people/{person}/profile")
    @Allow(Role.WORKFORCE_MANAGER)
    Profile profile(ClientCaller caller, @PathVariable UUID person) {
        return profiles.get(caller, new PersonId(person));
    }

    @PutMapping("/api/v1/clients/{client}/people/{person}/country")
    @Allow(Role.WORKFORCE_MANAGER)
    Profile setCountry(ClientCaller caller, @PathVariable UUID person, @RequestBody Country body) {
        return profiles.setCountry(caller, new PersonId(person), Checks.required(body.country(), "/country"));
    }
}
