package io.etalon.server.wall;

import java.util.UUID;

/**
 * That a wall stands.
 *
 * @param rule the rule's id, or that of a conflict which another client brought up
 * @param reason for the person to read: it tells what is asked of him, and nothing of another client
 */
public record Denial(UUID rule, int version, String kind, String reason) {
    static Denial by(WallRule rule) {
        return new Denial(rule.id(), rule.version(), rule.terms().kind(), Sentences.told(rule.terms()));
    }

    /** A conflict is decided by its own id where the client has no rule of its own for it. */
    static Denial byConflict(UUID conflict) {
        return new Denial(conflict, 1, "rival", Sentences.CONFLICT);
    }

    /** With the rule's id, as the problem document says it. */
    String detail() {
        return reason + " Rule " + rule + ".";
    }
}
