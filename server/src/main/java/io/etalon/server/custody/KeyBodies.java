package io.etalon.server.custody;

import io.etalon.server.keys.DataKeyVersion;
import io.etalon.server.keys.KeyCare;
import io.etalon.server.keys.KeyStanding;
import io.etalon.server.keys.KeyVersion;
import io.etalon.server.keys.Unwraps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the API says of keys. */
final class KeyBodies {
    private KeyBodies() {}

    /** A version of the client's key; {@code key} is its keeper's name of it. */
    record ClientKeyBody(
            int version,
            String provider,
            String key,
            Instant madeAt,
            @Nullable Instant retiredAt) {
        static ClientKeyBody of(KeyVersion version) {
            return new ClientKeyBody(
                    version.number(), version.provider(), version.reference(), version.madeAt(), version.retiredAt());
        }
    }

    /** A version of a project's data key; {@code clientKey} is the version of the client's key that wraps it. */
    record DataKeyBody(
            int version,
            int clientKey,
            Instant madeAt,
            @Nullable Instant refusedAt) {
        static DataKeyBody of(DataKeyVersion version) {
            return new DataKeyBody(version.number(), version.kek(), version.madeAt(), version.refusedAt());
        }
    }

    /** A project's data keys, newest first. */
    record ProjectKeysBody(UUID project, List<DataKeyBody> versions) {}

    /** Who may keep this client's key. */
    record KeeperBody(String name, String kind) {
        static KeeperBody of(KeyCare.Keeper keeper) {
            return new KeeperBody(keeper.name(), keeper.kind());
        }
    }

    /**
     * A client's keys.
     *
     * @param state {@code enabled} or {@code disabled}
     * @param provider who keeps the newest version
     * @param versions of the client's key, newest first
     */
    record KeysBody(
            String state,
            @Nullable Instant disabledAt,
            String provider,
            List<ClientKeyBody> versions,
            List<ProjectKeysBody> projects,
            List<KeeperBody> providers) {
        static KeysBody of(KeyStanding standing, List<DataKeyVersion> data, List<KeyCare.Keeper> keepers) {
            Map<UUID, List<DataKeyBody>> byProject = new LinkedHashMap<>();
            for (var version : data) {
                byProject
                        .computeIfAbsent(version.project().value(), project -> new ArrayList<>())
                        .add(DataKeyBody.of(version));
            }
            return new KeysBody(
                    standing.disabledAt() == null ? "enabled" : "disabled",
                    standing.disabledAt(),
                    standing.newest().provider(),
                    standing.versions().stream().map(ClientKeyBody::of).toList(),
                    byProject.entrySet().stream()
                            .map(one -> new ProjectKeysBody(one.getKey(), one.getValue()))
                            .toList(),
                    keepers.stream().map(KeeperBody::of).toList());
        }
    }

    /** Who is to keep the client's key from now on. */
    record KeyChange(@Nullable String provider) {}

    /** Below which version a project's data keys open nothing. */
    record MinimumVersion(@Nullable Integer minimumVersion) {}

    /** That a keeper answers and lets the installation in. */
    record KeeperAnswer(String provider, boolean reachable) {}

    /** Unwrappings that a keeper's own log tells of as done, and from where on the client's log is to be compared. */
    record KeeperLog(
            @Nullable String provider,
            @Nullable Long from,
            @Nullable List<UUID> unwraps) {}

    /** Unwrappings of a page of the log; {@code next} is the index to go on from. */
    record UnwrapPage(
            List<Unwraps.Unwrap> items,
            int opened,
            int refused,
            @Nullable Long next) {
        static UnwrapPage of(Unwraps.Page page) {
            return new UnwrapPage(page.items(), page.opened(), page.refused(), page.next());
        }
    }

    /** Something of a project that could not be read when it was last read through. */
    record BrokenBody(String name, @Nullable UUID asset, Instant foundAt) {}
}
