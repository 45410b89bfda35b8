package io.etalon.server.work;

import io.etalon.annotation.Answer;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.event.EventKind;
import io.etalon.server.event.Events;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The table {@code late_answer}: whole answers that came when their lease had ended, for no fault that the person chose. Each is
 * a draft and counts nowhere; a rule may pay for it. Once a lease, and not where the person has answered the task already, so
 * that nothing is paid twice. Thread-safe.
 */
@Component
class LateAnswers {
    private final Events events;

    LateAnswers(Events events) {
        this.events = events;
    }

    /** Notes one and tells of it, within the caller's transaction. */
    void note(
            Tx tx, ClientCaller caller, ProjectId project, SubmissionStore.PastLease past, Answer answer, int seconds) {
        var noted = tx.db()
                .sql("""
                        insert into late_answer (lease, task, project, person, items, active_seconds)
                        select l.id, l.task, l.project, l.person, :items, :seconds from lease l
                        where l.id = :lease
                          and not exists (
                            select from lease_end e where e.lease = l.id and e.how in ('released', 'skipped'))
                          and not exists (select from submission s where s.task = l.task and s.annotator = l.person)
                        on conflict do nothing""")
                .param("lease", past.lease())
                .param("items", answer.shapes().size())
                .param("seconds", seconds)
                .update();
        if (noted > 0) {
            events.append(
                    tx,
                    caller.client().id(),
                    project,
                    EventKind.WORK_DONE,
                    Map.of("lateAnswers", 1, "firstLate", past.lease(), "lastLate", past.lease()));
        }
    }
}
