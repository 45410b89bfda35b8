package io.etalon.server.keys;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's table {@code data_key}. */
final class DataKeyStore {
    /**
     * A version of a project's keys: three keysets under a key of 32 bytes, and that key under a version of the client's.
     *
     * @param keyId Tink's number of the key for columns
     */
    record Row(
            ProjectId project,
            int version,
            int kek,
            byte[] wrapped,
            Sealed sealed,
            int keyId,
            @Nullable Instant refusedAt) {}

    /** Three keysets, each under the same key. */
    record Sealed(byte[] columns, byte[] bytes, byte[] names) {}

    /** A version of old, whose keysets lie under the client's key themselves. */
    record Bare(ProjectId project, Sealed sealed) {}

    private static final String COLUMNS =
            "select project, version, kek, wrapped, key_id, columns, bytes, names, refused_at from data_key ";

    /** Newest first. */
    List<Row> of(Tx tx, ProjectId project) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and wrapped is not null order by version desc")
                .param(project.value())
                .query((row, n) -> read(row))
                .list();
    }

    /** The versions of all projects that lie under an older version of the client's key. */
    List<Row> under(Tx tx, int beforeKek) {
        return tx.db()
                .sql(COLUMNS + "where kek < ? and wrapped is not null order by project, version")
                .param(beforeKek)
                .query((row, n) -> read(row))
                .list();
    }

    List<Bare> bare(Tx tx) {
        return tx.db()
                .sql("select project, columns, bytes, names from data_key where wrapped is null")
                .query((row, n) -> new Bare(new ProjectId(row.getObject("project", UUID.class)), sealed(row)))
                .list();
    }

    /** False, when the project has this version already. */
    boolean insert(Tx tx, Row key, Instant at) {
        return tx.db()
                        .sql("""
                        insert into data_key (project, version, kek, wrapped, key_id, columns, bytes, names, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                        .params(
                                key.project().value(),
                                key.version(),
                                key.kek(),
                                key.wrapped(),
                                Integer.toUnsignedLong(key.keyId()),
                                key.sealed().columns(),
                                key.sealed().bytes(),
                                key.sealed().names(),
                                KeyRingStore.time(at))
                        .update()
                == 1;
    }

    /** Puts a version of the new form in the place of one of old. */
    void replaceBare(Tx tx, Row key) {
        tx.db()
                .sql("""
                        update data_key set kek = ?, wrapped = ?, key_id = ?, columns = ?, bytes = ?, names = ?
                        where project = ? and version = ? and wrapped is null""")
                .params(
                        key.kek(),
                        key.wrapped(),
                        Integer.toUnsignedLong(key.keyId()),
                        key.sealed().columns(),
                        key.sealed().bytes(),
                        key.sealed().names(),
                        key.project().value(),
                        key.version())
                .update();
    }

    /** Has another version of the client's key wrap it, unless that was done meanwhile. */
    void rewrap(Tx tx, Row key, int kek, byte[] wrapped) {
        tx.db()
                .sql("update data_key set kek = ?, wrapped = ? where project = ? and version = ? and kek = ?")
                .params(kek, wrapped, key.project().value(), key.version(), key.kek())
                .update();
    }

    /** Refuses versions below a number and lets the others be used. */
    void setMinimum(Tx tx, ProjectId project, int minimum, Instant at) {
        tx.db().sql("""
                        update data_key set refused_at = case when version < ? then coalesce(refused_at, ?) end
                        where project = ?""").params(minimum, KeyRingStore.time(at), project.value()).update();
    }

    /** All versions of all projects, by project and newest first. */
    List<DataKeyVersion> all(Tx tx) {
        return tx.db()
                .sql("select project, version, kek, made_at, refused_at from data_key order by project, version desc")
                .query((row, n) -> new DataKeyVersion(
                        new ProjectId(row.getObject("project", UUID.class)),
                        row.getInt("version"),
                        row.getInt("kek"),
                        Objects.requireNonNull(KeyRingStore.instant(row, "made_at")),
                        KeyRingStore.instant(row, "refused_at")))
                .list();
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                new ProjectId(row.getObject("project", UUID.class)),
                row.getInt("version"),
                row.getInt("kek"),
                row.getBytes("wrapped"),
                sealed(row),
                (int) row.getLong("key_id"),
                KeyRingStore.instant(row, "refused_at"));
    }

    private static Sealed sealed(ResultSet row) throws SQLException {
        return new Sealed(row.getBytes("columns"), row.getBytes("bytes"), row.getBytes("names"));
    }
}
