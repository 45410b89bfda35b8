package io.etalon.server.exit;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.exit.ClientExport.Made;
import io.etalon.server.exit.ClientExport.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The cell's table {@code exit_export}. */
final class ExportStore {
    private static final String COLUMNS =
            "select id, state, created_by, created_at, ended_at, content, sha256, size, files, entries, failure"
                    + " from exit_export ";

    /** False when another one is being built. */
    boolean insert(Tx tx, UUID id, PersonId by, String via, Instant at) {
        return tx.db()
                        .sql("""
                        insert into exit_export (id, state, created_by, via, created_at) values (?, 'building', ?, ?, ?)
                        on conflict do nothing""")
                        .params(id, by.value(), via, at.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    void ready(Tx tx, UUID id, Made made) {
        tx.db()
                .sql("""
                        update exit_export
                        set state = 'ready', content = ?, sha256 = ?, size = ?, files = ?, entries = ?, ended_at = ?
                        where id = ? and state = 'building'""")
                .params(
                        made.content(),
                        made.sha256(),
                        made.size(),
                        made.files(),
                        made.entries(),
                        made.at().atOffset(ZoneOffset.UTC),
                        id)
                .update();
    }

    void failed(Tx tx, UUID id, String failure, Instant at) {
        tx.db()
                .sql(
                        "update exit_export set state = 'failed', failure = ?, ended_at = ? where id = ? and state = 'building'")
                .params(failure, at.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    Optional<ClientExport> find(Tx tx, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where id = ?")
                .param(id)
                .query((row, n) -> read(row))
                .optional();
    }

    /** Newest first. */
    List<ClientExport> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "order by created_at desc, id desc limit 200")
                .query((row, n) -> read(row))
                .list();
    }

    private static ClientExport read(ResultSet row) throws SQLException {
        var ended = row.getObject("ended_at", OffsetDateTime.class);
        var content = row.getString("content");
        return new ClientExport(
                row.getObject("id", UUID.class),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new PersonId(row.getObject("created_by", UUID.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                content == null || ended == null
                        ? null
                        : new Made(
                                content,
                                row.getString("sha256"),
                                row.getLong("size"),
                                row.getLong("files"),
                                row.getLong("entries"),
                                ended.toInstant()),
                row.getString("failure"));
    }
}
