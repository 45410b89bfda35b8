package io.etalon.server.workforce;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Places;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Service;

/**
 * Languages and countries of people. A person says which languages he speaks; where he works says a client's workforce
 * manager, for that client alone. What is told is at most ten seconds old. Thread-safe.
 */
@Service
public final class Profiles {
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final int MOST_LANGUAGES = 30;
    private static final int MOST_KEPT = 10_000;

    private record Key(ClientId client, PersonId person) {}

    private record Kept(Profile profile, Instant until) {}

    private final TenantScope scope;
    private final Grants grants;
    private final AuditLog audit;
    private final Clock clock;
    private final ProfileStore store = new ProfileStore();
    private final ConcurrentMap<Key, Kept> kept = new ConcurrentHashMap<>();

    Profiles(TenantScope scope, Grants grants, AuditLog audit, Clock clock) {
        this.scope = scope;
        this.grants = grants;
        this.audit = audit;
        this.clock = clock;
    }

    /** What a client's queues may ask of a person. */
    public Profile of(ClientId client, PersonId person) {
        var now = clock.instant();
        var key = new Key(client, person);
        var known = kept.get(key);
        if (known != null && now.isBefore(known.until())) {
            return known.profile();
        }
        var profile = scope.control(tx -> new Profile(
                store.languages(tx, person),
                store.country(tx, client, person).orElse(null),
                store.residence(tx, person).orElse(null)));
        if (kept.size() >= MOST_KEPT) {
            kept.clear();
        }
        kept.put(key, new Kept(profile, now.plus(AGE)));
        return profile;
    }

    List<String> languages(PersonId person) {
        return scope.control(tx -> store.languages(tx, person));
    }

    /** @throws EtalonException invalid, naming the language that is none */
    List<String> setLanguages(PersonId person, List<String> languages) {
        if (languages.size() > MOST_LANGUAGES) {
            throw Checks.fault("/languages", "may be " + MOST_LANGUAGES + " at most");
        }
        for (var i = 0; i < languages.size(); i++) {
            if (!Places.isLanguage(languages.get(i))) {
                throw Checks.fault("/languages/" + i, "must be a language in its canonical form, such as fr or pt-BR");
            }
        }
        var sorted = languages.stream().distinct().sorted().toList();
        scope.controlDo(tx -> store.setLanguages(tx, person, sorted));
        forget(person);
        return sorted;
    }

    /** What a person says of himself was changed in a transaction that has committed now. */
    public void forget(PersonId person) {
        kept.keySet().removeIf(key -> key.person().equals(person));
    }

    /** @throws EtalonException not found, when the person is not one of the caller's workforce */
    Profile get(ClientCaller caller, PersonId person) {
        requireOwn(caller, person);
        return of(caller.client().id(), person);
    }

    /**
     * Says where a person works, in the client's log before it is in force.
     *
     * @throws EtalonException invalid country; not found, when the person is not one of the caller's workforce
     */
    Profile setCountry(ClientCaller caller, PersonId person, String country) {
        requireOwn(caller, person);
        if (!Places.isCountry(country)) {
            throw Checks.fault("/country", "must be a country of ISO 3166-1 in two capitals, such as FR");
        }
        var client = caller.client().id();
        scope.controlDo(tx -> {
            store.setCountry(tx, client, person, country, caller.person(), clock.instant());
            scope.clientDo(
                    client,
                    cell -> audit.append(
                            cell,
                            AuditEvent.of(AuditOp.GRANT, caller.person(), caller.via(), null)
                                    .with("country", country)
                                    .with("person", audit.pseudonym(cell, person))));
        });
        kept.remove(new Key(client, person));
        return of(client, person);
    }

    /** A manager speaks for the people of his workforce; one of the client itself, for those who are of none. */
    private void requireOwn(ClientCaller caller, PersonId person) {
        var own = grants.members(caller.client().id()).stream()
                .anyMatch(member ->
                        member.person().id().equals(person) && Objects.equals(member.workforce(), caller.workforce()));
        if (!own) {
            throw EtalonException.notFound();
        }
    }
}
