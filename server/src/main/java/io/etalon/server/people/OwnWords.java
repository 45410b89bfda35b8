package io.etalon.server.people;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** What a person accepted, showed and said of himself, for himself alone: his licences' numbers are in the clear. Thread-safe. */
@Service
public final class OwnWords {
    private final TenantScope scope;
    private final Licences licences;
    private final DocumentStore documents = new DocumentStore();
    private final SelfStore selves = new SelfStore();

    /** @param act {@code accept} or {@code withdraw} */
    @Schema(name = "OwnRecordAcceptance")
    public record Said(UUID document, int version, String title, String sha256, String act, Instant at) {}

    /**
     * @param number in the clear
     * @param state as in the list of a person's licences
     */
    @Schema(name = "OwnRecordLicence")
    public record Shown(
            UUID id,
            String kind,
            String country,
            String number,
            LocalDate from,
            @Nullable LocalDate to,
            Instant statedAt,
            String state,
            @Nullable String note) {}

    OwnWords(TenantScope scope, Licences licences) {
        this.scope = scope;
        this.licences = licences;
    }

    /** Every word on a client's texts, oldest first. */
    public List<Said> said(ClientId client, PersonId person) {
        return scope.client(client, tx -> documents.said(tx, person));
    }

    /** Every licence that he showed a client, newest first. */
    public List<Shown> shown(ClientId client, PersonId person) {
        return licences.of(client, person).stream()
                .map(one -> new Shown(
                        one.id(),
                        one.kind(),
                        one.country(),
                        licences.number(one),
                        one.from(),
                        one.to(),
                        one.statedAt(),
                        one.state(),
                        one.note()))
                .toList();
    }

    /** What he says of himself to all clients. */
    public SelfDescription described(PersonId person) {
        return scope.control(tx -> selves.of(tx, List.of(person))).getOrDefault(person, SelfDescription.NOTHING);
    }
}
