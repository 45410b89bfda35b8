package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import io.etalon.server.work.policy.Shares;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the shares of a client's workforces come from; asked when a queue is opened. Thread-safe. */
public interface Routing {
    /** Nobody divides anything. */
    Routing NONE = new Routing() {
        @Override
        public Standing standing(ProjectId project) {
            return new Standing(null, Map.of());
        }

        @Override
        public Map<UUID, UUID> workforces() {
            return Map.of();
        }
    };

    /**
     * Shares in force and what each workforce has answered under them.
     *
     * @param shares null where the work is not divided
     */
    record Standing(@Nullable Shares shares, Map<UUID, Long> taken) {}

    Standing standing(ProjectId project);

    /** For whom people work, or worked last, by person; the client's own people are not in it. */
    Map<UUID, UUID> workforces();
}
