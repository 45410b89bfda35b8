package io.etalon.server.work.state;

/** What can happen to a task. */
public enum TaskEvent {
    /** The plan was made: offer it. */
    OPEN,
    /** An answer came; the task stays as it is. */
    SUBMIT,
    /** The last needed answer is there and one waits for review. */
    FILL,
    /** Every needed answer is there and none waits. */
    FINISH,
    /** A reviewer took an answer as good; the task stays as it is. */
    REVIEW,
    /** A reviewer sent an answer back to its author, or refused it for good. */
    RETURN,
    /** The last answer that was sent back came again, was given up, or counts after an appeal; others are still needed. */
    RESUME,
    /** More answers are needed than before. */
    WIDEN,
    /** Several people skipped it, or who skipped it was the last one who could do it. */
    ESCALATE,
    /** A requester puts an escalated or a cancelled task back. */
    REOPEN,
    /** A requester withdraws it. */
    CANCEL
}
