package io.etalon.server.work.policy;

import java.util.Locale;

/**
 * Why a person is given nothing, for the person to read.
 *
 * @param message what is the case, and what would change it; without content of the client
 */
public record Refusal(Reason reason, String message) {
    /** The rules in the order in which they are asked. */
    public enum Reason {
        QUALIFICATION,
        PERSON_CAP,
        LANGUAGE,
        COUNTRY,
        BUDGET,
        SHARE,
        NOTHING_LEFT;

        /** The name in the API. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether work that came back to its author is still his to do. */
        public boolean sparesReturns() {
            return switch (this) {
                case PERSON_CAP, BUDGET, SHARE, NOTHING_LEFT -> true;
                case QUALIFICATION, LANGUAGE, COUNTRY -> false;
            };
        }
    }

    /** All that may be given out is given out. */
    public static Refusal budget() {
        return new Refusal(
                Reason.BUDGET, "The project's budget is used up or in work; its requester would have to raise it.");
    }

    /** The workforce has had its part of the work. */
    public static Refusal share() {
        return new Refusal(
                Reason.SHARE, "Your workforce has taken its share of this work; more comes when more is planned.");
    }

    public static Refusal nothingLeft() {
        return new Refusal(Reason.NOTHING_LEFT, "Nothing is left for you here now.");
    }

    static Refusal cap(long most) {
        return new Refusal(
                Reason.PERSON_CAP, "You have taken " + most + " tasks here, which is as many as one person may.");
    }
}
