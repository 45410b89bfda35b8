package io.etalon.server.exit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of a client's database and what becomes of it when the client leaves. {@link #ALL} names every one, those that
 * others refer to first.
 *
 * @param fate what becomes of its rows
 * @param why the reason, where the rows do not come along
 * @param sealed columns that are opened on the way out and sealed anew on the way in
 * @param project an expression for the project under whose key they are sealed, where no column says it
 */
record CellTable(
        String name,
        Fate fate,
        String why,
        List<Sealed> sealed,
        @Nullable String project) {

    /** What becomes of a table's rows. */
    enum Fate {
        /** They are content of the archive. */
        CONTENT,
        /** They are the audit log, which travels in its own form. */
        LOG,
        /** They follow from others and are made anew. */
        DERIVED,
        /** They belong to this installation and stay behind. */
        LEFT
    }

    /**
     * A column under the project's key.
     *
     * @param context what binds it to its row: words, and names of columns in braces
     * @param pack whether it holds a pack of small texts
     */
    record Sealed(String column, String context, boolean pack) {}

    static final List<CellTable> ALL = List.of(
            content("pseudonym"),
            content("project"),
            content("project_rounds"),
            content("project_workforce"),
            content("ontology_version").with("sealed", "ontology {version}"),
            content("guideline_version").with("sealed", "guidelines {version}"),
            content("label_change"),
            content("asset"),
            packed("asset_pack"),
            content("task"),
            content("task_event"),
            content("pre_label_model"),
            content("pre_label").with("sealed", "pre-label {id}"),
            content("task_need"),
            content("task_act"),
            content("batch"),
            content("batch_pause"),
            content("deletion"),
            content("deleted_task"),
            content("deleted_answer"),
            content("deleted_asset"),
            content("deleted_project"),
            content("queue_policy"),
            content("lease"),
            content("lease_pre_label"),
            content("lease_end")
                    .with("note", "note {lease}")
                    .in("(select l.project from lease l where l.id = t.lease)"),
            content("submission").with("texts", "answer {lease}"),
            content("submission_pre_label"),
            content("review_decision").with("texts", "answer {lease}").with("comments", "comments {submission}"),
            content("return_lapse"),
            content("appeal").with("text", "appeal {submission}"),
            content("restoration").with("texts", "answer {lease}"),
            content("draft").with("sealed", "draft {task} {person}"),
            content("late_answer"),
            content("workflow"),
            content("adjudication"),
            content("task_merge").with("texts", "answer {id}"),
            content("task_merge_undo"),
            content("submission_comment").with("sealed", "comment {id}"),
            content("comment_mention"),
            content("thread_resolution"),
            content("qualification"),
            content("document"),
            content("document_acceptance"),
            content("course").with("sealed", "course {id} {version}"),
            content("course_step"),
            content("gold").with("answer", "gold answer {task}").with("feedback", "gold feedback {task}"),
            content("gold_retired"),
            content("gold_policy"),
            content("gold_serving"),
            content("gold_result"),
            content("work_pause"),
            content("work_pause_lift"),
            content("party"),
            content("vendor_contract"),
            content("hand_over"),
            content("routing_policy"),
            content("routing_decision"),
            content("pay_rule"),
            content("pay_entry"),
            content("pay_line"),
            content("pay_statement"),
            content("pay_statement_entry"),
            content("wall_closing"),
            content("export_request"),
            content("unlinking"),
            content("job").with("request", "job {id}"),
            content("job_log"),
            content("import_piece"),
            content("import_line"),
            content("release").with("notes", "notes of the release cut at {created_at}"),
            log("audit_batch"),
            log("audit_run"),
            log("audit_posting"),
            log("audit_tile"),
            log("audit_checkpoint"),
            log("audit_cosignature"),
            derived("asset_count", "counted from asset"),
            derived("label_use", "counted from submission"),
            derived("pre_label_use", "counted from submission_pre_label"),
            derived("wall_closed", "decided anew from the rules and the register"),
            derived("ownership_seen", "told anew"),
            derived("broken_object", "found anew by a scrub"),
            left("cell", "names the database"),
            left("schema_history", "the migrations of the database"),
            left("work_seat", "which server here has the queues"),
            left("client_key", "the key stays and is destroyed; the other place makes its own"),
            left("key_state", "whether the key that stays may be used"),
            left("data_key", "wrapped by the key that stays"),
            left("log_key", "signs here only; the other place signs with its own"),
            left("idempotent_reply", "first replies to requests made here, forgotten after a day"),
            left("work_replay", "keys of requests made here"),
            left("outbox", "news that was delivered here"),
            left("outbox_cursor", "how far listeners here have come"),
            left("outbox_parked", "news that a listener here refused"),
            left("webhook_endpoint", "programs that are told from here; the other place signs with keys of its own"),
            left("webhook_delivery", "news that was sent from here"),
            left("webhook_attempt", "how often it was tried from here"),
            left("audit_event", "empty since the log is kept in batches"),
            left("audit_leaf", "empty since the log is kept in batches"),
            left("exit_export", "archives made here"),
            left("exit_consent", "about this installation"));

    private static CellTable content(String name) {
        return new CellTable(name, Fate.CONTENT, "", List.of(), null);
    }

    private static CellTable packed(String name) {
        return new CellTable(name, Fate.CONTENT, "", List.of(new Sealed("sealed", "pack {id}", true)), null);
    }

    private static CellTable log(String name) {
        return new CellTable(name, Fate.LOG, "travels as tiles, runs and checkpoints", List.of(), null);
    }

    private static CellTable derived(String name, String why) {
        return new CellTable(name, Fate.DERIVED, why, List.of(), null);
    }

    private static CellTable left(String name, String why) {
        return new CellTable(name, Fate.LEFT, why, List.of(), null);
    }

    private CellTable with(String column, String context) {
        var more = new ArrayList<>(sealed);
        more.add(new Sealed(column, context, false));
        return new CellTable(name, fate, why, List.copyOf(more), project);
    }

    private CellTable in(String expression) {
        return new CellTable(name, fate, why, sealed, expression);
    }

    /** The tables whose rows are content. */
    static List<CellTable> contents() {
        return ALL.stream().filter(table -> table.fate() == Fate.CONTENT).toList();
    }

    /** A table of the log that is carried row by row. */
    static CellTable ofLog(String name) {
        return ALL.stream()
                .filter(table -> table.fate() == Fate.LOG && table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Its file in the archive. */
    String file() {
        return "tables/" + name + ".jsonl";
    }
}
