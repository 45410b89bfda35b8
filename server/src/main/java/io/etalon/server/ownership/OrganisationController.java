package io.etalon.server.ownership;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.AllowOperator;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The register of organisations, for the operator who keeps it. */
@RestController
@RequestMapping("/api/v1/organisations")
@Tag(name = "Organisations")
final class OrganisationController {
    private final Organisations organisations;
    private final Idempotency idempotency;
    private final TenantScope scope;

    record OrganisationBody(@Nullable String name, @Nullable String country) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrganisationView(UUID id, String name, @Nullable String country, Instant createdAt) {
        static OrganisationView of(Organisation organisation) {
            return new OrganisationView(
                    organisation.id(), organisation.name(), organisation.country(), organisation.createdAt());
        }
    }

    OrganisationController(Organisations organisations, Idempotency idempotency, TenantScope scope) {
        this.organisations = organisations;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping
    @AllowOperator
    Page<OrganisationView> all(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var views = organisations.all().stream().map(OrganisationView::of).toList();
        return Listing.page(views, view -> view.createdAt() + " " + view.id(), limit, cursor);
    }

    @PostMapping
    @AllowOperator
    @ResponseStatus(HttpStatus.CREATED)
    OrganisationView create(Attempt attempt, @RequestBody OrganisationBody body) {
        return scope.control(tx -> idempotency.once(
                tx,
                attempt,
                body,
                OrganisationView.class,
                same -> OrganisationView.of(organisations.create(same, body.name(), body.country()))));
    }
}
