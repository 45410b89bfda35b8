package io.etalon.server.audit;

/** What an audit entry tells of. The names stand in the log: they are never renamed. */
public enum AuditOp {
    /** A client's cell was made. */
    CLIENT_CREATE,
    /** A client's cell was restored from an archive; what stands before this entry was signed by another key. */
    CLIENT_RESTORE,
    /** All databases were brought back to an earlier point; what stood in this log after it is on another branch. */
    POINT_RESTORE,
    /** A client agreed to its end here, took that back, or it was ordered. */
    CLIENT_EXIT,
    /** The destruction of the key behind a person's pseudonym was asked for, refused or done. */
    PSEUDONYM,
    /** A role was given to a person or a key. */
    GRANT,
    /** A role, an invitation or a key was taken back. */
    REVOKE,
    /**
     * A member's account was switched off or on, its sessions were ended, it may be set up anew by a link, or the client's rule
     * about a second factor was set.
     */
    ACCOUNT,
    /** A qualification was granted to a person or taken back. */
    QUALIFICATION,
    /** A text that people have to accept was set, or a person accepted it or took that back. */
    CONSENT,
    /** A course that people have to finish was set, or a person finished it. */
    COURSE,
    /** A person's work in a project was paused on the evidence of gold, or the pause was lifted. */
    WORK_PAUSE,
    /** Gold, or the policy by which it is used, was changed. */
    GOLD_CHANGE,
    /** A project's settings, ontology or guidelines changed. */
    PROJECT_CHANGE,
    /** Bytes of an asset came in. */
    INGEST,
    /** Bytes of an asset, or a signed address that opens them for a minute, were handed to a person or a machine. */
    VIEW,
    /** A signed address was used: the first bytes left under it. Its VIEW bears the same {@code address}. */
    READ,
    /** A task was handed to an annotator or reviewer. */
    LEASE,
    /** Something was refused by a rule. */
    WALL_DENY,
    /** A rule was made, changed, switched on or off; or somebody was shut out or let in by one. */
    WALL_CHANGE,
    /** A stake above one of the client's vendors was entered or ended. */
    OWNERSHIP,
    /** A lease was ended because its holder may not work here any more. */
    FENCE,
    /** An annotator's answer was accepted for storage. */
    SUBMIT,
    /** A task was skipped. */
    SKIP,
    /** A reviewer decided on a submission. */
    REVIEW,
    /** An author objected to the refusal of an answer. */
    APPEAL,
    /** An adjudicator made one answer of a task's several. */
    MERGE,
    /** A merged answer was taken back. */
    MERGE_UNDO,
    /** Something was said about a submission, or a thread was closed. */
    COMMENT,
    /** Tasks were withdrawn, put back, ordered or assigned, or their number of answers was decided. */
    TASK_CHANGE,
    /** A release was cut; the entry carries its manifest's hash. */
    RELEASE,
    /** A release or other data left the installation. */
    EXPORT,
    /** Leave to export was asked for, given or refused. */
    EXPORT_REQUEST,
    /** An earlier answer was put in effect again. */
    RESTORE,
    /** A job was queued, begun, stopped or ended. */
    JOB,
    /** A vendor's contract was set, its work was divided anew, or it was drained or taken up again. */
    VENDOR,
    /** A program that is told of changes was entered, changed, given another key, disabled, or removed. */
    WEBHOOK,
    /** A pay rule was set, a statement closed or paid, the ledger corrected, or what people are paid or are called handed out. */
    PAY,
    /** A data key is being unwrapped; written before its keeper is asked, under an id that the keeper is told. */
    KEY_UNWRAP,
    /** The keeper of the client's key refused an unwrapping, or did not answer. */
    KEY_REFUSED,
    /** A key was rotated, disabled or enabled, or its older versions were refused. */
    KEY_CHANGE,
    /** An operator asked to look into the client's content, or the client agreed, or either ended it. */
    BREAK_GLASS,
    /** Stored bytes were found changed or gone. */
    BIT_ROT,
    /** An operator looked into a client's cell. */
    ADMIN_READ
}
