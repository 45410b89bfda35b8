package io.etalon.server.people;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The cell's tables {@code document} and {@code document_acceptance}. */
final class DocumentStore {
    private static final String NEWEST = "select distinct on (id) * from document order by id, version desc";

    /** Adds a version; the time is the database's. */
    Document insert(Tx tx, UUID id, int version, Documents.Text text, UUID by) {
        var sha256 = text.sha256();
        var at = tx.db()
                .sql("""
                insert into document (id, version, kind, workforce, title, body, sha256, in_force, set_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning set_at
                """)
                .params(id, version, text.kind())
                .param(text.workforce())
                .params(text.title(), text.body(), sha256, text.inForce(), by)
                .query((row, n) -> time(row, "set_at"))
                .single();
        return new Document(
                id, version, text.kind(), text.workforce(), text.title(), text.body(), sha256, text.inForce(), by, at);
    }

    /** Nobody else adds a version, or says a word on one, before this transaction ends. */
    void lock(Tx tx) {
        tx.db()
                .sql("select pg_advisory_xact_lock(hashtextextended('document', 0))")
                .query()
                .listOfRows();
    }

    /** The newest version of each, in force or not, oldest first. */
    List<Document> newest(Tx tx) {
        return tx.db().sql(NEWEST).query((row, n) -> document(row)).list();
    }

    /** Newest first. */
    List<Document> versions(Tx tx, UUID id) {
        return tx.db()
                .sql("select * from document where id = ? order by version desc")
                .param(id)
                .query((row, n) -> document(row))
                .list();
    }

    void say(Tx tx, Document document, PersonId person, boolean accepted) {
        tx.db()
                .sql("insert into document_acceptance (document, version, person, act) values (?, ?, ?, ?)")
                .params(document.id(), document.version(), person.value(), accepted ? "accept" : "withdraw")
                .update();
    }

    /**
     * The last word of each person on each text.
     *
     * @param person whose; null for everybody's
     */
    List<Acceptance> newest(Tx tx, @Nullable PersonId person) {
        var asked = tx.db()
                .sql("select distinct on (document, person) * from document_acceptance "
                        + (person == null ? "" : "where person = ? ")
                        + "order by document, person, id desc");
        return (person == null ? asked : asked.param(person.value()))
                .query((row, n) -> new Acceptance(
                        row.getObject("document", UUID.class),
                        row.getInt("version"),
                        new PersonId(row.getObject("person", UUID.class)),
                        row.getString("act").equals("accept"),
                        time(row, "at")))
                .list();
    }

    /** Every word of a person, oldest first. */
    List<OwnWords.Said> said(Tx tx, PersonId person) {
        return tx.db()
                .sql("""
                        select a.document, a.version, d.title, d.sha256, a.act, a.at
                        from document_acceptance a join document d on d.id = a.document and d.version = a.version
                        where a.person = ? order by a.id""")
                .param(person.value())
                .query((row, n) -> new OwnWords.Said(
                        row.getObject("document", UUID.class),
                        row.getInt("version"),
                        row.getString("title"),
                        row.getString("sha256"),
                        row.getString("act"),
                        time(row, "at")))
                .list();
    }

    private static Document document(ResultSet row) throws SQLException {
        return new Document(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                row.getString("kind"),
                row.getObject("workforce", UUID.class),
                row.getString("title"),
                row.getString("body"),
                row.getString("sha256"),
                row.getBoolean("in_force"),
                row.getObject("set_by", UUID.class),
                time(row, "set_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
