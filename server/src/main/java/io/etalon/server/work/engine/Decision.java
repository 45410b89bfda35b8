package io.etalon.server.work.engine;

import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import io.etalon.server.work.review.Way;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is decided on a submission. The names stand in the tables and the API: they are never renamed. */
public enum Decision {
    /** It is good as it is. */
    ACCEPT,
    /** The reviewer's own answer takes its place. */
    FIX,
    /** Its author shall do it again. */
    RETURN,
    /** It counts for nothing, and somebody else does the task. */
    REJECT,
    /** Somebody else shall decide. */
    ESCALATE,
    /** Its author's appeal is right: it counts as he wrote it. */
    UPHOLD,
    /** Its author's appeal changes nothing. */
    DISMISS;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The decision of this name; empty when there is none. */
    public static Optional<Decision> find(String key) {
        return Arrays.stream(values())
                .filter(decision -> decision.key().equals(key))
                .findFirst();
    }

    /** The decision that the tables name. */
    public static Decision ofKey(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException("there is no decision " + key));
    }

    /** All names, for people. */
    public static String words() {
        return names(EnumSet.allOf(Decision.class));
    }

    /** What may be decided where a submission waits. */
    static Set<Decision> allowed(Way way) {
        return switch (way.seat()) {
            case REVIEW ->
                way.isLast()
                        ? EnumSet.of(ACCEPT, FIX, RETURN, REJECT, ESCALATE)
                        : EnumSet.of(ACCEPT, FIX, RETURN, ESCALATE);
            case ESCALATION -> EnumSet.of(ACCEPT, FIX, RETURN, REJECT);
            case APPEAL -> EnumSet.of(UPHOLD, DISMISS);
        };
    }

    /** @throws EtalonException conflict, naming what is allowed instead */
    void check(Way way) {
        var allowed = allowed(way);
        if (!allowed.contains(this)) {
            throw EtalonException.outOfOrder(
                    WorkCodes.DECISION_NOT_ALLOWED,
                    "The answer waits at stage " + way.stage() + " ("
                            + way.seat().key() + "); " + key() + " is not allowed there. Allowed: " + names(allowed)
                            + ".",
                    allowed.stream().map(Decision::key).toList());
        }
    }

    private static String names(Set<Decision> decisions) {
        return Arrays.stream(values())
                .filter(decisions::contains)
                .map(Decision::key)
                .collect(Collectors.joining(", "));
    }
}
