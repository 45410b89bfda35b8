package io.etalon.server.discussion;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and adds to the tables {@code submission_comment}, {@code comment_mention} and {@code thread_resolution}. */
final class CommentStore {
    /** A comment as it is kept, with who closed its thread. */
    record Row(
            UUID id,
            ProjectId project,
            long submission,
            UUID thread,
            PersonId person,
            byte[] sealed,
            List<PersonId> mentions,
            Instant at,
            @Nullable PersonId resolvedBy,
            @Nullable Instant resolvedAt) {}

    /** A comment on its way in. */
    record New(UUID id, ProjectId project, long submission, UUID thread, PersonId person, byte[] sealed) {}

    private static final String COLUMNS = """
            select c.id, c.project, c.submission, c.thread, c.person, c.sealed, c.at, r.person as r_person, r.at as r_at,
              (select array_agg(m.person order by m.person) from comment_mention m where m.comment = c.id) as mentions
            from submission_comment c left join thread_resolution r on r.thread = c.thread
            """;

    void add(Tx tx, New comment, List<PersonId> mentions) {
        tx.db()
                .sql("""
                        insert into submission_comment (id, project, submission, thread, person, sealed)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        comment.id(),
                        comment.project().value(),
                        comment.submission(),
                        comment.thread(),
                        comment.person().value(),
                        comment.sealed())
                .update();
        for (var person : mentions) {
            tx.db()
                    .sql("insert into comment_mention (comment, person) values (?, ?)")
                    .params(comment.id(), person.value())
                    .update();
        }
    }

    /** All comments on a submission, in the order in which they were made. */
    List<Row> of(Tx tx, ProjectId project, long submission) {
        return tx.db()
                .sql(COLUMNS + "where c.project = ? and c.submission = ? order by c.at, c.id")
                .params(project.value(), submission)
                .query((row, n) -> read(row))
                .list();
    }

    Optional<Row> find(Tx tx, ProjectId project, UUID comment) {
        return tx.db()
                .sql(COLUMNS + "where c.project = ? and c.id = ?")
                .params(project.value(), comment)
                .query((row, n) -> read(row))
                .optional();
    }

    /** The comments that call upon a person, the newest first. */
    List<Row> calling(Tx tx, PersonId person, int most) {
        return tx.db()
                .sql(COLUMNS + """
                        where c.id in (select m.comment from comment_mention m where m.person = ?)
                          and not exists (select 1 from submission s join deleted_task g on g.task = s.task
                                where s.id = c.submission)
                          and not exists (select 1 from deleted_answer y where y.submission = c.submission and y.undo is null)
                        order by c.at desc, c.id desc limit ?""")
                .params(person.value(), most)
                .query((row, n) -> read(row))
                .list();
    }

    /** Whether somebody called upon a person about a submission. */
    boolean calls(Tx tx, long submission, PersonId person) {
        return tx.db()
                .sql("""
                        select exists (select 1 from submission_comment c join comment_mention m on m.comment = c.id
                          where c.submission = ? and m.person = ?)""")
                .params(submission, person.value())
                .query(Boolean.class)
                .single();
    }

    /** Closes a thread; false when it was closed before. */
    boolean resolve(Tx tx, UUID thread, PersonId person) {
        return tx.db()
                        .sql("insert into thread_resolution (thread, person) values (?, ?) on conflict do nothing")
                        .params(thread, person.value())
                        .update()
                == 1;
    }

    private static Row read(ResultSet row) throws SQLException {
        var mentions = row.getArray("mentions");
        var resolvedBy = row.getObject("r_person", UUID.class);
        return new Row(
                row.getObject("id", UUID.class),
                new ProjectId(row.getObject("project", UUID.class)),
                row.getLong("submission"),
                row.getObject("thread", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                row.getBytes("sealed"),
                mentions == null
                        ? List.of()
                        : Stream.of((UUID[]) mentions.getArray())
                                .map(PersonId::new)
                                .toList(),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                resolvedBy == null ? null : new PersonId(resolvedBy),
                resolvedBy == null
                        ? null
                        : row.getObject("r_at", OffsetDateTime.class).toInstant());
    }
}
