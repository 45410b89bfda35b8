package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.server.base.EtalonException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardsTest {
    /** A clock whose hands the test turns. */
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final Hands clock = new Hands();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eleven char",
                "aaaaaaaaaaaaaaaa",
                "abababababababab",
                "Me@Example.org.example",
                "etalon-password-1"
            })
    void refusesAPasswordThatIsShortOrMonotonousOrTheLoginName(String password) {
        assertThatThrownBy(() -> Passwords.check(password, "me@example.org.example"))
                .isInstanceOf(EtalonException.class);
        assertThatThrownBy(() -> Passwords.check("x1y2z".repeat(41), "me@example.org.example"))
                .isInstanceOf(EtalonException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1q2w3e4r5t6y", "QwertyUiop123", "Iloveyou2020!", "!!iloveyou!12", "iloveyouqwerty"})
    void refusesAPasswordThatManyUseAndThoseThatFollowFromIt(String password) {
        assertThatThrownBy(() -> Passwords.check(password, "me@example.org"))
                .isInstanceOf(EtalonException.class)
                .hasMessageContaining("used most");
        Passwords.check("iloveyou seven geese", "me@example.org");
    }

    @Test
    void takesAGoodPasswordAndHashesItWithSalt() {
        var passwords = new Passwords();
        Passwords.check("twelve chars", "me@example.org");
        var hash = passwords.hash("twelve chars");
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").isNotEqualTo(passwords.hash("twelve chars"));
        assertThat(passwords.matches("twelve chars", hash)).isTrue();
        assertThat(passwords.matches("twelve char", hash)).isFalse();
        assertThat(passwords.matches("no account has this one", null)).isFalse();
    }

    @Test
    void aLimitRefusesTheNextAttemptUntilItsWindowEnds() {
        var limit = new RateLimit(clock, 3, Duration.ofMinutes(15));
        for (var i = 0; i < 3; i++) {
            limit.take("a");
        }
        limit.take("b");
        clock.turn(Duration.ofMinutes(5));
        assertThatThrownBy(() -> limit.take("a"))
                .isInstanceOfSatisfying(
                        EtalonException.class,
                        e -> assertThat(e.retryAfter())
                                .isEqualTo(Duration.ofMinutes(10).plusSeconds(1)));
        limit.giveBack("a");
        limit.take("a");
        clock.turn(Duration.ofMinutes(10));
        limit.take("a");
    }

    @Test
    void aCachedValueIsAskedForAgainAfterTenSecondsAndAbsenceIsNeverKept() {
        var cache = new ShortCache<String, Integer>(clock);
        var loads = new AtomicInteger();
        assertThat(cache.get("k", k -> loads.incrementAndGet())).isEqualTo(1);
        clock.turn(Duration.ofSeconds(9));
        assertThat(cache.get("k", k -> loads.incrementAndGet())).isEqualTo(1);
        clock.turn(Duration.ofSeconds(1));
        assertThat(cache.get("k", k -> loads.incrementAndGet())).isEqualTo(2);
        cache.forget("k");
        assertThat(cache.get("k", k -> null)).isNull();
        assertThat(cache.get("k", k -> loads.incrementAndGet())).isEqualTo(3);
    }

    @Test
    void aChallengeIsGoodOnceAndForFiveMinutes() {
        var challenges = new Challenges<String>(clock);
        challenges.give("one", "options");
        assertThat(challenges.take("one")).contains("options");
        assertThat(challenges.take("one")).isEmpty();
        challenges.give("two", "options");
        clock.turn(Challenges.LIFETIME);
        assertThat(challenges.take("two")).isEmpty();
    }
}
