package io.etalon.server.qualification;

import io.etalon.server.access.Grants;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** The client's table {@code qualification}. */
final class QualificationStore {
    void append(Tx tx, PersonId person, Qualification act, Grants.By by) {
        var expiresAt = act.expiresAt();
        tx.db()
                .sql("""
                        insert into qualification (person, key, act, expires_at, by, evidence, at)
                        values (:person, :key, :act, :expires, :by, :evidence::jsonb, :at)""")
                .param("person", person.value())
                .param("key", act.key())
                .param("act", act.granted() ? "grant" : "revoke")
                .param(
                        "expires",
                        expiresAt == null ? null : expiresAt.atOffset(ZoneOffset.UTC),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param("by", by.person() == null ? null : by.person().value(), Types.OTHER)
                .param("evidence", act.evidence())
                .param("at", act.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest act of each key, in order of the keys. */
    List<Qualification> newest(Tx tx, PersonId person) {
        return tx.db()
                .sql("""
                        select distinct on (key) key, act, expires_at, evidence::text as evidence, at
                        from qualification where person = ? order by key, id desc""")
                .param(person.value())
                .query((row, n) -> {
                    var expires = row.getObject("expires_at", OffsetDateTime.class);
                    return new Qualification(
                            row.getString("key"),
                            row.getString("act").equals("grant"),
                            expires == null ? null : expires.toInstant(),
                            row.getString("evidence"),
                            row.getObject("at", OffsetDateTime.class).toInstant());
                })
                .list();
    }
}
