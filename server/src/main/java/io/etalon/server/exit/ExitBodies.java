package io.etalon.server.exit;

import io.etalon.server.exit.ClientExport.State;
import io.etalon.server.exit.DepartureStore.Consent;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of leaving take and give. */
final class ExitBodies {
    private ExitBodies() {}

    /**
     * An archive of everything of the client.
     *
     * @param content digest of the canonical content: equal wherever the same state is exported
     * @param sha256 digest of the file
     * @param entries entries of the audit log that came along
     */
    record ExportBody(
            UUID id,
            State state,
            Instant createdAt,
            @Nullable String content,
            @Nullable String sha256,
            @Nullable Long size,
            @Nullable Long files,
            @Nullable Long entries,
            @Nullable String failure) {
        static ExportBody of(ClientExport export) {
            var made = export.made();
            return new ExportBody(
                    export.id(),
                    export.state(),
                    export.createdAt(),
                    made == null ? null : made.content(),
                    made == null ? null : made.sha256(),
                    made == null ? null : made.size(),
                    made == null ? null : made.files(),
                    made == null ? null : made.entries(),
                    export.failure());
        }
    }

    /**
     * Agreement to the client's end here.
     *
     * @param slug the client's short name, typed out
     * @param export the archive that goes before; left out only together with {@code withoutArchive}
     */
    record NewConsent(
            @Nullable String slug,
            @Nullable UUID export,
            @Nullable Boolean withoutArchive) {}

    record ConsentBody(UUID id, @Nullable UUID export, Instant at, Instant expiresAt) {
        static ConsentBody of(Consent consent) {
            return new ConsentBody(consent.id(), consent.export(), consent.at(), consent.expiresAt());
        }
    }

    /** @param slug the client's short name, typed out */
    record NewDeparture(@Nullable String slug) {}

    /** @param certificate null while the destruction goes on */
    record DepartureBody(
            UUID client,
            String slug,
            Instant orderedAt,
            @Nullable String certificate) {
        static DepartureBody of(Departure departure) {
            return new DepartureBody(
                    departure.client().value(), departure.slug(), departure.orderedAt(), departure.certificate());
        }
    }
}
