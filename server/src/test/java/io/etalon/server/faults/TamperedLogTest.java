package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.ledger.Checkpoint;
import io.etalon.ledger.CompactRange;
import io.etalon.ledger.EntryBundle;
import io.etalon.ledger.Hash;
import io.etalon.ledger.LogVerification.Broken;
import io.etalon.ledger.LogVerification.Complete;
import io.etalon.ledger.LogVerifier;
import io.etalon.ledger.Merkle;
import io.etalon.ledger.SignedNote;
import io.etalon.ledger.SignerKey;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.LogSigners;
import io.etalon.server.base.ClientId;
import io.etalon.server.testing.TestServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * A superuser of the database edits a client's log, with the log's own signing key in his hands where he wants it. The
 * verifier, with the last checkpoint that a witness keeps, detects each edit. Each is made in the tables and rolled back.
 */
final class TamperedLogTest {
    private static final int EDITS = Faults.times(70, 1_000);
    private static final int EVENTS = 90;

    private enum Edit {
        CHANGE,
        DELETE,
        REORDER,
        CHANGE_AND_SIGN,
        DELETE_AND_SIGN,
        TRUNCATE_AND_SIGN,
        RESTORE_AN_OLD_BACKUP;

        boolean signs() {
            return name().endsWith("SIGN");
        }
    }

    /** What the tables hold, as an auditor is served it. */
    private record Served(List<byte[]> entries, SignedNote head) {}

    private SignerKey signer;

    @Test
    void everyEditIsDetected() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var server = TestServer.shared();
        var client = server.clients().create("tampered", "Tampered").id();
        var log = server.part(AuditLog.class);
        fill(server, client, 0);
        var old = SignedNote.parse(log.checkpoint(client).getBytes(UTF_8));
        fill(server, client, EVENTS);
        // What a witness keeps: a head that it saw, with a cosignature that nobody on the server can make.
        var witnessed = SignedNote.parse(log.checkpoint(client).getBytes(UTF_8));
        signer = server.scope()
                .client(client, tx -> server.part(LogSigners.class).signer(tx, client));
        var witnessedSize = Checkpoint.parse(witnessed.text()).size();
        var detected = new EnumMap<Edit, Integer>(Edit.class);
        var unseenAlone = 0;
        try (var cell = Cells.of(server.data(), client)) {
            cell.setAutoCommit(false);
            assertThat(verdict(served(cell, witnessed), witnessed)).isTrue();
            for (var i = 0; i < EDITS; i++) {
                var edit = Edit.values()[i % Edit.values().length];
                var forged = edited(cell, edit, random, witnessed, old);
                cell.rollback();
                assertThat(verdict(forged, witnessed))
                        .as("%s, edit %d, seed %d", edit, i, seed)
                        .isFalse();
                detected.merge(edit, 1, Integer::sum);
                // The control: who signs anew is not found by signatures and hashes alone.
                var alone = LogVerifier.of(signer.verifier())
                        .verify(forged.entries().iterator(), forged.head());
                if (edit.signs() || edit == Edit.RESTORE_AN_OLD_BACKUP) {
                    assertThat(alone).as("%s without a witness", edit).isInstanceOf(Complete.class);
                    unseenAlone++;
                } else {
                    assertThat(alone).isInstanceOf(Broken.class);
                }
            }
            assertThat(verdict(served(cell, witnessed), witnessed)).isTrue();
        }
        Faults.saw(EDITS + " edits of a log of " + witnessedSize + " entries, all detected: " + detected + "; "
                + unseenAlone + " of them only by the witness, seed " + seed);
    }

    private static void fill(TestServer server, ClientId client, int from) {
        for (var i = from; i < from + EVENTS; i++) {
            var number = i;
            server.scope()
                    .clientDo(
                            client,
                            tx -> server.part(AuditLog.class)
                                    .append(
                                            tx,
                                            AuditEvent.of(AuditOp.VIEW, null, "system", null)
                                                    .with("number", number)));
        }
        server.part(AuditLog.class).flush(client);
    }

    /** Whether the verifier, who has the witness's checkpoint, finds nothing wrong. */
    private boolean verdict(Served served, SignedNote witnessed) {
        return LogVerifier.of(signer.verifier())
                        .withOlder(witnessed)
                        .verify(served.entries().iterator(), served.head())
                instanceof Complete;
    }

    private Served edited(Connection cell, Edit edit, Random random, SignedNote head, SignedNote old)
            throws SQLException {
        var size = (int) Checkpoint.parse(head.text()).size();
        var at = random.nextInt(size - 1);
        switch (edit) {
            case CHANGE, CHANGE_AND_SIGN -> change(cell, at, random);
            case DELETE, DELETE_AND_SIGN -> delete(cell, at);
            case REORDER -> {
                var other = (at + 1 + random.nextInt(size - 1)) % size;
                swap(cell, at, other);
            }
            case TRUNCATE_AND_SIGN -> run(cell, "delete from audit_run where first >= " + (1 + at));
            case RESTORE_AN_OLD_BACKUP ->
                run(
                        cell,
                        "delete from audit_run where first >= "
                                + Checkpoint.parse(old.text()).size());
        }
        if (edit == Edit.RESTORE_AN_OLD_BACKUP) {
            return served(cell, old);
        }
        var forged = served(cell, head);
        return edit.signs() ? new Served(forged.entries(), signed(forged.entries())) : forged;
    }

    private SignedNote signed(List<byte[]> entries) {
        var range = new CompactRange();
        entries.forEach(entry -> range.append(Merkle.leaf(entry)));
        Hash root = range.root();
        return new Checkpoint(signer.verifier().name(), range.size(), root).sign(signer);
    }

    /** Every event was committed by itself, so that a run is one entry. */
    private static Served served(Connection cell, SignedNote head) throws SQLException {
        var entries = new ArrayList<byte[]>();
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery("select r.width, b.leaves from audit_run r"
                        + " join audit_batch b on b.id = r.batch order by r.first")) {
            while (rows.next()) {
                entries.addAll(EntryBundle.decode(rows.getBytes(2), rows.getInt(1)));
            }
        }
        return new Served(entries, head);
    }

    private static long batch(Connection cell, int at) throws SQLException {
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery(
                        "select batch from audit_run where first <= " + at + " order by first desc limit 1")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Another digit in the middle of a leaf: it stays an entry that could have been. */
    private static void change(Connection cell, int at, Random random) throws SQLException {
        var batch = batch(cell, at);
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery("select leaves from audit_batch where id = " + batch)) {
            rows.next();
            var leaves = new String(rows.getBytes(1), ISO_8859_1);
            var salt = leaves.indexOf("\"salt\":\"") + 8 + random.nextInt(32);
            var digit = leaves.charAt(salt) == '0' ? '1' : '0';
            var changed = leaves.substring(0, salt) + digit + leaves.substring(salt + 1);
            try (var update = cell.prepareStatement("update audit_batch set leaves = ? where id = ?")) {
                update.setBytes(1, changed.getBytes(ISO_8859_1));
                update.setLong(2, batch);
                assertThat(update.executeUpdate()).isEqualTo(1);
            }
        }
    }

    private static void delete(Connection cell, int at) throws SQLException {
        run(cell, "delete from audit_run where batch = " + batch(cell, at));
    }

    private static void swap(Connection cell, int one, int other) throws SQLException {
        var first = batch(cell, one);
        var second = batch(cell, other);
        assertThat(first).isNotEqualTo(second);
        run(
                cell,
                "with old as (select id, leaves from audit_batch where id in (" + first + ", " + second + "))"
                        + " update audit_batch b set leaves = o.leaves from old o where b.id in (" + first + ", "
                        + second
                        + ") and o.id <> b.id");
    }

    private static void run(Connection cell, String sql) throws SQLException {
        try (var statement = cell.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as(sql).isPositive();
        }
    }
}
