package io.etalon.server.event;

import java.util.Arrays;

/** What can happen. The keys stand in the API and in the table: they are never renamed. */
public enum EventKind {
    /** A project was made; or its settings, ontology or guidelines changed; or it was deleted or brought back: {@code deleted}. */
    PROJECT_CHANGED("project.changed"),
    /** Assets came in; {@code assets} tells how many. */
    ASSETS_ADDED("assets.added"),
    /** Tasks were planned; {@code tasks} tells how many. */
    TASKS_PLANNED("tasks.planned"),
    /** Tasks were deleted; {@code deletion} is its number, {@code tasks} tells how many. */
    TASKS_DELETED("tasks.deleted"),
    /** Deleted tasks were brought back; {@code deletion} is its number, {@code tasks} tells how many. */
    TASKS_RESTORED("tasks.restored"),
    /** Single answers were deleted; {@code deletion} is its number, {@code tasks} and {@code answers} tell how many. */
    ANSWERS_DELETED("answers.deleted"),
    /** Deleted answers were brought back; the same, and {@code undo} is its number among the deletion's undos. */
    ANSWERS_RESTORED("answers.restored"),
    /** Work was done: how many submissions, decisions, skips and other changes one transaction wrote. */
    WORK_DONE("work.done"),
    /** A job was queued, moved on, or ended. */
    JOB_CHANGED("job.changed"),
    /** A release was begun, or ended. */
    RELEASE_CHANGED("release.changed"),
    /** A stake above one of the client's vendors was entered or ended. */
    OWNERSHIP_CHANGED("ownership.changed"),
    /** A wall closed before a workforce or a person, or opened again. */
    WALL_CHANGED("wall.changed"),
    /** The work was divided anew; {@code decision} is its number. */
    ROUTING_CHANGED("routing.changed"),
    /** A workforce was drained; {@code leases} tells how many of its leases ended. */
    VENDOR_DRAINED("vendor.drained"),
    /** An operator asked to look into the client's content, was let in, or is out again; {@code grant} tells which asking. */
    BREAK_GLASS_CHANGED("break-glass.changed"),
    /** The client's key was rotated, disabled or enabled. */
    KEY_CHANGED("key.changed");

    private final String key;

    EventKind(String key) {
        this.key = key;
    }

    /** The name in the API. */
    public String key() {
        return key;
    }

    static EventKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key.equals(key))
                .findFirst()
                .orElseThrow();
    }
}
