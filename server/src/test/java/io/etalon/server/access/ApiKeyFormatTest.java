package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.Ids;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class ApiKeyFormatTest {
    private final Ids ids = new Ids(new SecureRandom(), Clock.systemUTC());

    @Test
    void computesTheChecksumOfGitHubsPublishedExample() {
        assertThat(ApiKeyFormat.checksum("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ")).isEqualTo("0mLq17");
    }

    @Test
    void makesKeysThatAreWellFormedAndNeverAlike() {
        var seen = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            var key = ApiKeyFormat.make(ids);
            assertThat(key).matches("etk_[0-9A-Za-z]{36}").matches(ApiKeyFormat::isWellFormed);
            assertThat(seen.add(key)).isTrue();
        }
    }

    @Test
    void refusesAKeyWithOneCharacterChanged() {
        var key = ApiKeyFormat.make(ids);
        for (var i = ApiKeyFormat.PREFIX.length(); i < key.length(); i++) {
            var other = key.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKeyFormat.isWellFormed(key.substring(0, i) + other + key.substring(i + 1)))
                    .as("position " + i)
                    .isFalse();
        }
        assertThat(ApiKeyFormat.isWellFormed(key + "\n")).isFalse();
        assertThat(ApiKeyFormat.isWellFormed("")).isFalse();
    }
}
