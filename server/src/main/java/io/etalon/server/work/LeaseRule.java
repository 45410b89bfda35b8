package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.project.Project;
import java.util.Optional;

/**
 * A wall: a rule outside the work engine that is asked before anything is handed out. Each bean of this type is asked at
 * every lease, in the order of the beans; it must decide from current data and quickly. Thread-safe.
 */
@FunctionalInterface
public interface LeaseRule {
    /**
     * Why this caller may not have work of this project, or nothing when he may. The reason is shown to him and written
     * to the client's log: it names the rule, not content.
     */
    Optional<String> deny(ClientCaller caller, Project project);
}
