package io.etalon.server.identity.saml;

/** An answer that proves nothing; the message is for the log and quotes nothing of the answer. */
public final class BadAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    BadAnswer(String what) {
        super(what);
    }
}
