package io.etalon.server.identity;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;

/** Why a sign-in by a provider ends without a session; the sign-in page has a sentence for each. */
enum Refusal {
    /** No sign-in was begun in this browser, or too long ago, or its answer belongs to another one. */
    STATE("The sign-in was not begun in this browser, or has lapsed."),
    /** The provider said no, or the person did there. */
    DENIED("The identity provider did not sign the person in."),
    /** What came cannot be the provider's word: signature, issuer, audience, time or nonce are wrong. */
    UNPROVED("The answer does not prove who the person is."),
    /** The provider does not answer, or not as its protocol says. */
    UNREACHABLE("The identity provider cannot be reached."),
    /** The provider knows the person, this installation does not. */
    UNKNOWN("Nobody here is known under this name, and the provider may not add people."),
    /** There is an account with the address that this provider may not open. */
    FOREIGN("The account is not this provider's to open."),
    /** A second factor is asked of the person wherever he may go, and the provider did not say that it has seen one. */
    WEAK("The provider did not say that it has seen a second factor."),
    /** The account is switched off here. */
    DISABLED("This account is switched off."),
    /** The directory has ended the account. */
    ENDED("The organisation has ended this account.");

    static final ErrorCode CODE =
            ErrorCode.of("sign-in-refused", ErrorKind.FORBIDDEN, "The identity provider's answer signs nobody in");

    private final String sentence;

    Refusal(String sentence) {
        this.sentence = sentence;
    }

    /** Its name in the sign-in page's address. */
    String text() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A refused sign-in, with its reason for the page and a detail for the log. */
    Refused because(String detail) {
        return new Refused(this, detail);
    }

    /** Thrown on the way to a session; never carries what a person or provider said. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Refusal reason;

        private Refused(Refusal reason, String detail) {
            super(detail);
            this.reason = reason;
        }

        Refusal reason() {
            return reason;
        }

        EtalonException asProblem() {
            return new EtalonException(CODE, reason.sentence);
        }
    }
}
