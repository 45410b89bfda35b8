package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Signing in by password, with limits per account and address, per account, and per address. Who is not there and who
 * gives a wrong password get the same answer after the same time. Thread-safe.
 */
@Service
final class SignIn {
    static final ErrorCode BAD_CREDENTIALS =
            ErrorCode.of("bad-credentials", ErrorKind.UNAUTHENTICATED, "E-mail and password do not match");
    static final int PER_ACCOUNT_AND_ADDRESS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private final People people;
    private final RateLimit both;
    private final RateLimit account;
    private final RateLimit address;

    SignIn(People people, Clock clock) {
        this.people = people;
        this.both = new RateLimit(clock, PER_ACCOUNT_AND_ADDRESS, WINDOW);
        this.account = new RateLimit(clock, 100, WINDOW);
        this.address = new RateLimit(clock, 200, WINDOW);
    }

    /**
     * The person with this e-mail and password.
     *
     * @throws EtalonException unauthenticated; or 429 with the time to wait
     */
    PersonId byPassword(String email, String password, String remote) {
        return told("password", remote, () -> checked(email, password, remote));
    }

    /** Each try stands in the server's log: the way, the address, and who came in; never what he typed. */
    private static PersonId told(String way, String remote, Supplier<PersonId> act) {
        try {
            var person = act.get();
            LOG.info("signed in way={} person={} address={}", way, person, remote);
            return person;
        } catch (EtalonException e) {
            LOG.warn("sign-in refused way={} code={} address={}", way, e.code().name(), remote);
            throw e;
        }
    }

    private PersonId checked(String email, String password, String remote) {
        var pair = email + " " + remote;
        address.take(remote);
        account.take(email);
        both.take(pair);
        var person = people.byPassword(email, password)
                .orElseThrow(() -> new EtalonException(BAD_CREDENTIALS, "Check both and try again."));
        address.giveBack(remote);
        account.giveBack(email);
        both.giveBack(pair);
        return person;
    }

    /** Runs an act that asks for a secret; one that throws counts against this account. */
    void guarded(String name, Runnable act) {
        account.take(name);
        both.take(name);
        act.run();
        both.giveBack(name);
        account.giveBack(name);
    }

    /** Signs in by a passkey; one that fails counts against the address. */
    PersonId byPasskey(String remote, Supplier<PersonId> act) {
        return told("passkey", remote, () -> anonymous(remote, act));
    }

    /** Runs an act that trusts a token; one that throws counts against the address. */
    <T> T anonymous(String remote, Supplier<T> act) {
        address.take(remote);
        var result = act.get();
        address.giveBack(remote);
        return result;
    }
}
