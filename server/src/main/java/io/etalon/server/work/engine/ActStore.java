package io.etalon.server.work.engine;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.state.TaskEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Writes acts on tasks and reads them and batches again. An act is a few rows that name their tasks, however many these are, so that
 * it costs no row and no index entry a task and is there as a whole or not at all. Stateless.
 */
final class ActStore {
    /** Tasks a row. */
    private static final int WIDTH = 65_536;

    void write(Tx tx, WorkQueue queue, Dispatcher.ActOrder order, int[] positions) throws SQLException {
        switch (order.act()) {
            case TaskAct.Cancel() -> events(tx, queue, order, positions, TaskEvent.CANCEL);
            case TaskAct.Delete(var deletion) -> delete(tx, queue, positions, deletion);
            case TaskAct.Undelete(var deletion) ->
                tx.db()
                        .sql("delete from deleted_task where deletion = ? and project = ?")
                        .params(deletion, queue.project.value())
                        .update();
            case TaskAct.Reopen() -> events(tx, queue, order, positions, TaskEvent.REOPEN);
            case TaskAct.SetPriority(var priority) ->
                rows(tx, queue, order, positions, new Setting("priority", priority, List.of()));
            case TaskAct.Move(var batch) -> rows(tx, queue, order, positions, new Setting("batch", batch, List.of()));
            case TaskAct.Assign(var people) -> rows(tx, queue, order, positions, new Setting("assign", 0, people));
        }
    }

    private static Long[] tasks(WorkQueue queue, int[] positions) {
        return Arrays.stream(positions).mapToObj(queue.tasks::id).toArray(Long[]::new);
    }

    /** Changes of state stand where single ones stand. */
    private static void events(Tx tx, WorkQueue queue, Dispatcher.ActOrder order, int[] positions, TaskEvent event)
            throws SQLException {
        tx.db()
                .sql("insert into task_event (project, task, event, person) select ?, t, ?, ? from unnest(?) t")
                .params(
                        queue.project.value(),
                        event.name(),
                        order.person().value(),
                        tx.connection().createArrayOf("bigint", tasks(queue, positions)))
                .update();
    }

    private static void delete(Tx tx, WorkQueue queue, int[] positions, long deletion) throws SQLException {
        tx.db()
                .sql("insert into deleted_task (project, task, deletion) select ?, t, ? from unnest(?) t")
                .params(
                        queue.project.value(),
                        deletion,
                        tx.connection().createArrayOf("bigint", tasks(queue, positions)))
                .update();
    }

    /** The positions of the tasks that a deletion took away, ascending. */
    int[] deleted(Tx tx, WorkQueue queue, long deletion) {
        return tx
                .db()
                .sql("select task from deleted_task where deletion = ? and project = ? order by task")
                .params(deletion, queue.project.value())
                .query(Long.class)
                .list()
                .stream()
                .mapToInt(queue.tasks::find)
                .toArray();
    }

    /** What a row says of its tasks. */
    private record Setting(String act, int value, List<PersonId> people) {}

    private static void rows(Tx tx, WorkQueue queue, Dispatcher.ActOrder order, int[] positions, Setting setting)
            throws SQLException {
        for (var from = 0; from < positions.length; from += WIDTH) {
            var part = Arrays.copyOfRange(positions, from, Math.min(positions.length, from + WIDTH));
            tx.db()
                    .sql("insert into task_act (project, act, value, people, tasks, person) values (?, ?, ?, ?, ?, ?)")
                    .params(
                            queue.project.value(),
                            setting.act(),
                            setting.value(),
                            tx.connection()
                                    .createArrayOf(
                                            "uuid",
                                            setting.people().stream()
                                                    .map(PersonId::value)
                                                    .toArray()),
                            tx.connection().createArrayOf("bigint", tasks(queue, part)),
                            order.person().value())
                    .update();
        }
    }

    /** An act as it was written. */
    record Row(TaskAct act, Long[] tasks) {}

    static Row row(ResultSet row) throws SQLException {
        var value = row.getInt("value");
        var act = switch (row.getString("act")) {
            case "priority" -> new TaskAct.SetPriority(value);
            case "batch" -> new TaskAct.Move(value);
            case "assign" ->
                new TaskAct.Assign(Arrays.stream((UUID[]) row.getArray("people").getArray())
                        .map(PersonId::new)
                        .toList());
            case String other -> throw new IllegalStateException("an act named " + other + " is not known");
        };
        return new Row(act, (Long[]) row.getArray("tasks").getArray());
    }

    static Batch batch(ResultSet row) throws SQLException {
        var deadline = row.getObject("deadline", OffsetDateTime.class);
        return new Batch(
                row.getInt("number"),
                row.getString("name"),
                row.getInt("priority"),
                deadline == null ? null : deadline.toInstant(),
                row.getBoolean("paused"));
    }
}
