package io.etalon.server.work.queue;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.engine.Batch;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/** The cell's table {@code batch}. */
final class BatchStore {
    /** A batch to be made. */
    record NewBatch(String name, int priority, @Nullable Instant deadline) {}

    /** Writes that a batch is paused, or taken up again. */
    Batch pause(Tx tx, ProjectId project, Batch batch, boolean paused, PersonId by) {
        tx.db()
                .sql("insert into batch_pause (project, batch, paused, person) values (?, ?, ?, ?)")
                .params(project.value(), batch.number(), paused, by.value())
                .update();
        return batch.paused(paused);
    }

    /** Gives a batch its name, priority and deadline. */
    void update(Tx tx, ProjectId project, Batch batch) {
        var deadline = batch.deadline();
        try {
            tx.db()
                    .sql(
                            "update batch set name = ?, priority = ?, deadline = ?::timestamptz where project = ? and number = ?")
                    .param(batch.name())
                    .param(batch.priority())
                    .param(deadline == null ? null : deadline.atOffset(ZoneOffset.UTC))
                    .param(project.value())
                    .param(batch.number())
                    .update();
        } catch (DuplicateKeyException e) {
            throw new EtalonException(Batches.NAME_TAKEN, "Choose another name than “" + batch.name() + "”.", e);
        }
    }

    /** Adds a batch with the project's next number; callers take turns. */
    Batch add(Tx tx, ProjectId project, NewBatch batch, PersonId by) {
        var deadline = batch.deadline();
        var number = tx.db()
                .sql("""
                        insert into batch (project, number, name, priority, deadline, person)
                        select ?, coalesce(max(number), 0) + 1, ?, ?, ?::timestamptz, ? from batch where project = ?
                        on conflict (project, name) do nothing returning number""")
                .param(project.value())
                .param(batch.name())
                .param(batch.priority())
                .param(deadline == null ? null : deadline.atOffset(ZoneOffset.UTC))
                .param(by.value())
                .param(project.value())
                .query(Integer.class)
                .optional()
                .orElseThrow(() ->
                        new EtalonException(Batches.NAME_TAKEN, "Choose another name than “" + batch.name() + "”."));
        return new Batch(number, batch.name(), batch.priority(), deadline);
    }
}
