package io.etalon.server.project;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table {@code label_change}. */
final class LabelChangeStore {
    /** A change that a version made. */
    record Row(
            int version, String op, String label, @Nullable String target) {}

    void insert(Tx tx, ProjectId project, int version, List<LabelOperation> operations) {
        for (var i = 0; i < operations.size(); i++) {
            var operation = operations.get(i);
            tx.db()
                    .sql(
                            "insert into label_change (project, version, number, op, label, target) values (?, ?, ?, ?, ?, ?)")
                    .param(project.value())
                    .param(version)
                    .param(i)
                    .param(op(operation))
                    .param(operation.key())
                    .param(operation.target())
                    .update();
        }
    }

    private static String op(LabelOperation operation) {
        return switch (operation) {
            case LabelOperation.Add add -> "add";
            case LabelOperation.AddOption add -> "add";
            case LabelOperation.Rename rename -> "rename";
            case LabelOperation.RenameOption rename -> "rename";
            case LabelOperation.Merge merge -> "merge";
            case LabelOperation.MergeOption merge -> "merge";
            case LabelOperation.Retire retire -> "retire";
            case LabelOperation.RetireOption retire -> "retire";
            case LabelOperation.RetireQuestion retire -> "retire";
        };
    }

    /** What versions after one have done, in order. */
    List<Row> after(Tx tx, ProjectId project, int version) {
        return tx.db()
                .sql("""
                        select version, op, label, target from label_change where project = ? and version > ?
                        order by version, number""")
                .params(project.value(), version)
                .query((row, n) -> new Row(
                        row.getInt("version"), row.getString("op"), row.getString("label"), row.getString("target")))
                .list();
    }
}
