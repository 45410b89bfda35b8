package io.etalon.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.etalon.ledger.CanonicalJson;
import io.etalon.ledger.FormatException;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** That entries written member by member are the ledger's canonical ones, and are found by what they say. */
class LeafSpellingTest {
    private static final String[] PIECES = {
        "a", "Z", "0", " ", "~", "\"", "\\", "\n", "\u0001", "é", "漢", "𝄞", "/", "\u007f"
    };
    private static final String[] NAMES = {"aa", "b", "lease", "oq", "schema", "task", "u", "vi", "vib", "z", "ö"};

    @Test
    void spellsEachEntryAsTheLedgerDoes() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var n = 0; n < 2_000; n++) {
            var event = event(random);
            var leaf = leaf(event, random);
            assertThat(CanonicalJson.write(CanonicalJson.readCanonical(leaf)))
                    .as("seed %d entry %s", seed, new String(leaf, UTF_8))
                    .isEqualTo(leaf);
        }
    }

    @Test
    void findsInAnEntryWhatTheParserFinds() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var n = 0; n < 2_000; n++) {
            var event = event(random);
            var leaf = leaf(event, random);
            var project = event.project();
            assertThat(LeafScan.members(leaf))
                    .as("seed %d entry %s", seed, new String(leaf, UTF_8))
                    .isEqualTo(LeafScan.parsed(leaf))
                    .isEqualTo(new LeafJson.Members(
                            event.op(),
                            event.actor() == null ? null : "p-1",
                            project == null ? null : project.toString(),
                            event.asset()));
        }
    }

    @Test
    void refusesADetailThatBearsTheNameOfAMember() {
        var event = AuditEvent.of(AuditOp.LEASE, null, "system", null).with("salt", "x");
        assertThatThrownBy(() -> new LeafJson.Spelling(Instant.EPOCH).of(event, null, new byte[16]))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("salt");
    }

    @Test
    void refusesWhatIsNoEntry() {
        for (var broken :
                new String[] {"", "{", "{\"op\":\"LEASE\"", "{\"op\":\"LEASE\"}x", "[]", "{\"op\":null}", "{\"op\" :1}"
                }) {
            assertThatThrownBy(() -> LeafScan.members(broken.getBytes(UTF_8)))
                    .as(broken)
                    .isInstanceOf(FormatException.class);
        }
    }

    private static byte[] leaf(AuditEvent event, Random random) {
        var salt = new byte[16];
        random.nextBytes(salt);
        return new LeafJson.Spelling(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)))
                .of(event, event.actor() == null ? null : "p-1", salt);
    }

    private static AuditEvent event(Random random) {
        var details = new TreeMap<String, Object>();
        for (var n = random.nextInt(5); n > 0; n--) {
            Object value =
                    random.nextBoolean() ? (Object) text(random) : (Object) random.nextLong(-(1L << 53), 1L << 53);
            details.put(NAMES[random.nextInt(NAMES.length)], value);
        }
        var ops = AuditOp.values();
        var event = AuditEvent.of(
                        ops[random.nextInt(ops.length)],
                        random.nextBoolean() ? new PersonId(new UUID(1, random.nextLong())) : null,
                        random.nextBoolean() ? "session" : text(random),
                        random.nextBoolean() ? new ProjectId(new UUID(2, random.nextLong())) : null)
                .with(Map.copyOf(details));
        return random.nextBoolean() ? event.about(asset(random)) : event;
    }

    private static String asset(Random random) {
        return random.nextBoolean() ? new UUID(3, random.nextLong()).toString() : text(random);
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var n = random.nextInt(6); n > 0; n--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
