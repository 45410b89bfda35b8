package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.keys.KeyEncryption.Use;
import java.security.SecureRandom;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every keeper of keys promises; each adaptor runs it against a keeper of its kind. */
abstract class KeyEncryptionContract {
    static final byte[] SECRET = "thirty-two bytes of a data key..".getBytes(UTF_8);

    final Ids ids = new Ids(new SecureRandom(), Clock.systemUTC());
    final ClientId client = new ClientId(ids.next());

    abstract KeyEncryption keys();

    /** What the keeper's owner does to keep a key from being used. */
    abstract void disable(String key) throws Exception;

    abstract void enable(String key) throws Exception;

    /** How this keeper's refusal of a disabled key is told. */
    abstract ErrorCode ofADisabledKey();

    abstract void delete(String key) throws Exception;

    /** Makes the keeper silent. */
    abstract void silence() throws Exception;

    private Use use(String key, String bound) {
        return new Use(client, key, bound.getBytes(UTF_8), ids.next());
    }

    @Test
    void unwrapsWhatItWrappedAndHidesIt() {
        var key = keys().make(client, 1);
        var wrapped = keys().wrap(use(key, "a"), SECRET);
        assertThat(new String(wrapped, UTF_8)).doesNotContain("data key");
        assertThat(keys().unwrap(use(key, "a"), wrapped)).isEqualTo(SECRET);
        assertThat(keys().wrap(use(key, "a"), SECRET)).isNotEqualTo(wrapped);
    }

    @Test
    void makesDataKeysThatUnwrapToTheSame() {
        var key = keys().make(client, 1);
        var made = keys().dataKey(use(key, "a"));
        assertThat(made.plain()).hasSize(32);
        assertThat(keys().unwrap(use(key, "a"), made.wrapped())).isEqualTo(made.plain());
        assertThat(keys().dataKey(use(key, "a")).plain()).isNotEqualTo(made.plain());
    }

    @Test
    void refusesBytesThatAreBoundToSomethingElseOrWereChanged() {
        var key = keys().make(client, 1);
        var wrapped = keys().wrap(use(key, "a"), SECRET);
        refused(KeyFaults.BROKEN, () -> keys().unwrap(use(key, "b"), wrapped));
        var changed = wrapped.clone();
        changed[changed.length - 3] ^= 1;
        refused(KeyFaults.BROKEN, () -> keys().unwrap(use(key, "a"), changed));
        // The control: as it was, it opens.
        assertThat(keys().unwrap(use(key, "a"), wrapped)).isEqualTo(SECRET);
    }

    @Test
    void keepsOlderVersionsBesideANewOne() {
        var first = keys().make(client, 1);
        var wrapped = keys().wrap(use(first, "a"), SECRET);
        var second = keys().make(client, 2);
        assertThat(second).isNotEqualTo(first);
        assertThat(keys().unwrap(use(first, "a"), wrapped)).isEqualTo(SECRET);
        var again = keys().wrap(use(second, "a"), SECRET);
        assertThat(keys().unwrap(use(second, "a"), again)).isEqualTo(SECRET);
        keys().retire(client, first);
        assertThat(keys().unwrap(use(second, "a"), again)).isEqualTo(SECRET);
    }

    @Test
    void refusesADisabledKeyUntilItIsEnabledAgain() throws Exception {
        var key = keys().make(client, 1);
        var wrapped = keys().wrap(use(key, "a"), SECRET);
        disable(key);
        refused(ofADisabledKey(), () -> keys().unwrap(use(key, "a"), wrapped));
        refused(ofADisabledKey(), () -> keys().wrap(use(key, "a"), SECRET));
        enable(key);
        assertThat(keys().unwrap(use(key, "a"), wrapped)).isEqualTo(SECRET);
    }

    @Test
    void saysThatADeletedKeyIsMissingAndMakesNoOther() throws Exception {
        var key = keys().make(client, 1);
        var wrapped = keys().wrap(use(key, "a"), SECRET);
        delete(key);
        refused(KeyFaults.MISSING, () -> keys().unwrap(use(key, "a"), wrapped));
        refused(KeyFaults.MISSING, () -> keys().wrap(use(key, "a"), SECRET));
        refused(KeyFaults.MISSING, () -> keys().dataKey(use(key, "a")));
    }

    @Test
    void saysThatASilentKeeperIsSilent() throws Exception {
        keys().reach(client);
        var key = keys().make(client, 1);
        var wrapped = keys().wrap(use(key, "a"), SECRET);
        silence();
        refused(KeyFaults.UNREACHABLE, () -> keys().reach(client));
        refused(whenSilent(), () -> keys().unwrap(use(key, "a"), wrapped));
    }

    ErrorCode whenSilent() {
        return KeyFaults.UNREACHABLE;
    }

    /** Each is a problem that a caller may understand and try again after, never an internal error. */
    static void refused(ErrorCode code, ThrowingCallable use) {
        assertThatThrownBy(use).isInstanceOfSatisfying(EtalonException.class, e -> {
            assertThat(e.code()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.code().kind()).isEqualTo(ErrorKind.EXHAUSTED);
            assertThat(e.code().status()).isEqualTo(503);
        });
    }
}
