package io.etalon.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What was done to a person's account, until he has read it: the control table {@code account_notice}. Thread-safe. */
@Component
final class AccountNotices {
    private static final int NEWEST = 20;

    /** What was done. The names stand in the API and the database. */
    enum Act {
        /** Somebody made a link by which the account can be set up anew. */
        RESET_ISSUED,
        /** The account was set up anew by such a link. */
        RESET_USED,
        /** A link of an operator that still waited was voided, by a sign-in, by the person or by a requester. */
        RESET_VOIDED,
        SESSIONS_ENDED,
        DISABLED,
        ENABLED;

        @JsonValue
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Act of(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    /**
     * One thing that was done.
     *
     * @param by the name of who did it; absent where that was whoever had the person's own link
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Notice(UUID id, Act act, Instant at, @Nullable String by) {}

    private final TenantScope scope;
    private final Ids ids;
    private final Clock clock;

    AccountNotices(TenantScope scope, Ids ids, Clock clock) {
        this.scope = scope;
        this.ids = ids;
        this.clock = clock;
    }

    void tell(Tx tx, PersonId person, Act act, @Nullable PersonId by) {
        tx.db()
                .sql("insert into account_notice (id, person, act, by, at) values (?, ?, ?, ?, ?)")
                .param(ids.next())
                .param(person.value())
                .param(act.text())
                .param(by == null ? null : by.value())
                .param(Sql.time(clock.instant()))
                .update();
    }

    List<Notice> of(PersonId person) {
        return scope.control(tx -> tx.db()
                .sql("""
                        select n.id, n.act, n.at, p.name from account_notice n left join person p on p.id = n.by
                        where n.person = ? order by n.at desc, n.id desc limit ?
                        """)
                .params(person.value(), NEWEST)
                .query((row, n) -> new Notice(
                        row.getObject("id", UUID.class),
                        Act.of(row.getString("act")),
                        Sql.instant(row, "at"),
                        row.getString("name")))
                .list());
    }

    /** @throws EtalonException not found, also for a notice to another person */
    void read(PersonId person, UUID notice) {
        int gone = scope.control(tx -> tx.db()
                .sql("delete from account_notice where person = ? and id = ?")
                .params(person.value(), notice)
                .update());
        if (gone == 0) {
            throw EtalonException.notFound();
        }
    }
}
