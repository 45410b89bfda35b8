package io.etalon.server.custody;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.app.TestCells;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of sealed columns beside the schema. */
final class SealedColumnsTest {
    /** Bytes that are no project's secret: hashes, the log, keys themselves, and what lies under the installation's key. */
    private static final Set<String> NOT_SEALED = Set.of(
            "asset.sha256",
            "audit_batch.leaves",
            "audit_batch.widths",
            "audit_posting.distances",
            "audit_tile.hashes",
            "client_key.probe",
            "data_key.bytes",
            "data_key.columns",
            "data_key.names",
            "data_key.wrapped",
            "idempotent_reply.reply",
            "idempotent_reply.request_hash",
            "log_key.sealed",
            "pseudonym.key",
            "webhook_endpoint.former_secret",
            "webhook_endpoint.secret",
            "work_replay.body_hash");

    @Test
    void namesEveryColumnOfBytesThatIsNotKnownToBeSomethingElse() throws Exception {
        var clients = TestCells.shared().clients();
        var client = clients.create("sealed-columns", "Columns").id();
        var bytes = new TreeSet<String>();
        bytes.addAll(clients.scope()
                .client(client, tx -> tx.db().sql("""
                                select table_name || '.' || column_name from information_schema.columns
                                where table_schema = 'public' and data_type in ('bytea', 'ARRAY')
                                  and (data_type = 'bytea' or udt_name = '_bytea')""").query(String.class).list()));
        bytes.removeAll(NOT_SEALED);
        assertThat(bytes)
                .isEqualTo(SealedColumns.ALL.stream()
                        .map(SealedColumn::toString)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }
}
