package io.etalon.server.ownership;

import io.etalon.server.access.Checks;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The register of legal entities. Thread-safe. */
@Service
public final class Organisations {
    static final ErrorCode NAME_TAKEN =
            ErrorCode.of("organisation-name-taken", ErrorKind.CONFLICT, "An organisation has this name");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final TenantScope scope;
    private final Ids ids;
    private final Clock clock;
    private final OrganisationStore store = new OrganisationStore();

    Organisations(TenantScope scope, Ids ids, Clock clock) {
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Enters an organisation, in the control database's transaction given.
     *
     * @param country of its seat, ISO 3166-1 alpha-2, or null where it is not known
     * @throws EtalonException invalid name or country; conflict, when one has this name
     */
    public Organisation create(Tx tx, @Nullable String name, @Nullable String country) {
        if (country != null && !COUNTRY.matcher(country).matches()) {
            throw Checks.fault("/country", "must be two capital letters of ISO 3166-1, such as FR");
        }
        var made = new Organisation(ids.next(), Checks.text(name, "/name", 200), country, clock.instant());
        if (!store.insert(tx, made)) {
            throw new EtalonException(NAME_TAKEN, "An organisation is entered once: use the one that has this name.");
        }
        return made;
    }

    /** Oldest first. */
    public List<Organisation> all() {
        return scope.control(store::all);
    }

    public Optional<Organisation> find(UUID id) {
        return scope.control(tx -> store.find(tx, id));
    }

    /** @throws EtalonException not found */
    public Organisation get(UUID id) {
        return find(id).orElseThrow(EtalonException::notFound);
    }
}
