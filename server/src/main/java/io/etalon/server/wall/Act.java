package io.etalon.server.wall;

import java.util.Locale;

/** What somebody wants at a client when a wall is asked. The names stand in the log: they are never renamed. */
public enum Act {
    /** Anything that shows nothing of a project. */
    ENTER,
    /** To see something of a project, an asset above all. */
    VIEW,
    /** To be given a task. */
    LEASE,
    /** To be given an answer to judge. */
    REVIEW,
    /** To carry data away. */
    EXPORT,
    /** To become a member, or make somebody one. */
    ADMINISTER;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether something of a project is seen. */
    boolean shows() {
        return switch (this) {
            case VIEW, LEASE, REVIEW, EXPORT -> true;
            case ENTER, ADMINISTER -> false;
        };
    }
}
