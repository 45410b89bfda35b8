package io.etalon.server.work;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Sight;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.work.engine.OpenLease;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Whose answers a caller is shown in a project: those that {@link Sight} lets him see, and those that he holds now to decide
 * on. Who adjudicates gets the answers to his task with the adjudication, and nowhere else. Thread-safe.
 */
@Component
final class SeenAnswers {
    private final Sight sight;
    private final Dispatchers dispatchers;

    SeenAnswers(Sight sight, Dispatchers dispatchers) {
        this.sight = sight;
        this.dispatchers = dispatchers;
    }

    Sight sight() {
        return sight;
    }

    /** Whether an answer may be shown, by one look at the caller's leases. */
    Predicate<SubmissionStore.Row> of(ClientCaller caller, ProjectId project) {
        if (sight.seesAll(caller)) {
            return row -> true;
        }
        var leased = leased(caller, project);
        Map<PersonId, Boolean> known = new HashMap<>();
        return row -> leased.contains(row.id())
                || known.computeIfAbsent(row.annotator(), author -> sight.sees(caller, author));
    }

    /** The answers that lie before the caller to be decided on. */
    private Set<Long> leased(ClientCaller caller, ProjectId project) {
        return dispatchers.of(caller.client().id()).held(project, caller.person(), OpenLease.Kind.REVIEW).stream()
                .map(lease -> lease.judged().id())
                .collect(Collectors.toUnmodifiableSet());
    }
}
