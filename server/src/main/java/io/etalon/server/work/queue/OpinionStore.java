package io.etalon.server.work.queue;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.util.List;

/** Reads what was answered to single tasks. */
final class OpinionStore {
    /** An answer in effect, as JSON without its free texts. */
    record Given(int round, String answers) {}

    /** The newest revision of each person and round, but those that were refused. */
    List<Given> given(Tx tx, long task) {
        return tx.db()
                .sql("""
                        select round, answers from (
                          select distinct on (s.annotator, s.round) s.round, (s.answer->'answers')::text as answers,
                            d.decision
                          from submission s left join review_decision d on d.submission = s.id
                          where s.task = ? and not s.gold
                            and not exists (select 1 from deleted_answer y where y.submission = s.id and y.undo is null)
                          order by s.annotator, s.round, s.revision desc, d.stage desc, d.seat) newest
                        where decision is null or decision not in ('return', 'reject', 'dismiss')""")
                .param(task)
                .query((row, n) -> new Given(row.getInt("round"), row.getString("answers")))
                .list();
    }

    /** The tasks of a project among the cell's newest answers. */
    List<Long> newest(Tx tx, ProjectId project, int answers) {
        return tx.db()
                .sql("""
                        select distinct task from (select project, task from submission where not gold order by id desc limit ?) s
                        where project = ?""")
                .params(answers, project.value())
                .query(Long.class)
                .list();
    }
}
