package io.etalon.server.keys;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The cell's table {@code data_key}. */
final class DataKeyStore {
    /** A project's three keysets, wrapped. */
    record Wrapped(byte[] columns, byte[] bytes, byte[] names) {}

    Optional<Wrapped> find(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select columns, bytes, names from data_key where project = ?")
                .param(project.value())
                .query((row, n) -> new Wrapped(row.getBytes("columns"), row.getBytes("bytes"), row.getBytes("names")))
                .optional();
    }

    void insertIfNone(Tx tx, ProjectId project, Wrapped wrapped, Instant at) {
        tx.db()
                .sql("""
                        insert into data_key (project, columns, bytes, names, made_at) values (?, ?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        project.value(),
                        wrapped.columns(),
                        wrapped.bytes(),
                        wrapped.names(),
                        at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
