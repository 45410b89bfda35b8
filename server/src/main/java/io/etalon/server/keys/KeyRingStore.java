package io.etalon.server.keys;

import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cell's tables {@code client_key} and {@code key_state}. */
final class KeyRingStore {
    KeyStanding standing(Tx tx) {
        var versions = tx.db()
                .sql("select version, provider, reference, made_at, retired_at from client_key order by version desc")
                .query((row, n) -> new KeyVersion(
                        row.getInt("version"),
                        row.getString("provider"),
                        row.getString("reference"),
                        row.getObject("made_at", OffsetDateTime.class).toInstant(),
                        instant(row, "retired_at")))
                .list();
        var disabled = tx.db()
                .sql("select disabled_at from key_state")
                .query((row, n) -> Optional.ofNullable(instant(row, "disabled_at")))
                .single();
        return new KeyStanding(versions, disabled.orElse(null));
    }

    /** False, when there is a version of this number already. */
    boolean insert(Tx tx, KeyVersion version, byte[] probe) {
        return tx.db()
                        .sql("""
                        insert into client_key (version, provider, reference, probe, made_at) values (?, ?, ?, ?, ?)
                        on conflict do nothing""")
                        .params(
                                version.number(),
                                version.provider(),
                                version.reference(),
                                probe,
                                time(version.madeAt()))
                        .update()
                == 1;
    }

    Optional<byte[]> probe(Tx tx, int version) {
        return tx.db()
                .sql("select probe from client_key where version = ? and probe is not null")
                .param(version)
                .query(byte[].class)
                .optional();
    }

    void setProbe(Tx tx, int version, byte[] probe) {
        tx.db()
                .sql("update client_key set probe = ? where version = ?")
                .params(probe, version)
                .update();
    }

    /** Keeps a version from being retired until the transaction ends; false when it is retired. */
    boolean hold(Tx tx, int version) {
        return tx.db()
                .sql("select true from client_key where version = ? and retired_at is null for share")
                .param(version)
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    /** Retires every version but the newest under which no data key lies, and which was not retired before. */
    void retireEmpty(Tx tx, Instant now) {
        var older = tx.db().sql("""
                        select version from client_key where retired_at is null
                          and version < (select max(version) from client_key) order by version for update""").query(Integer.class).list();
        for (var version : older) {
            tx.db().sql("""
                            update client_key set retired_at = ?, probe = null
                            where version = ? and not exists (select from data_key where kek = ?)""").params(time(now), version, version).update();
        }
    }

    /** False, when it stands so already. */
    boolean setDisabled(Tx tx, @Nullable Instant at) {
        return tx.db()
                        .sql("update key_state set disabled_at = ? where (disabled_at is null) <> ?")
                        .param(at == null ? null : time(at))
                        .param(at == null)
                        .update()
                == 1;
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
