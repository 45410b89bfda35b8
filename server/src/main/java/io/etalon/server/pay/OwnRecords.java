package io.etalon.server.pay;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Caller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Person;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.course.Courses;
import io.etalon.server.gold.Exams;
import io.etalon.server.people.OwnWords;
import io.etalon.server.people.SelfDescription;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.vault.Identities;
import io.etalon.server.vault.Identity;
import io.etalon.server.vault.Looked;
import io.etalon.server.work.Appeals;
import io.etalon.server.workforce.Profile;
import io.etalon.server.workforce.Profiles;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * Everybody's right to what is held of him (GDPR, articles 15 and 20): one document over all clients, those that he left among
 * them. Each client's log tells that he took it. Thread-safe.
 */
@Service
final class OwnRecords {
    private final TenantScope scope;
    private final Clients clients;
    private final People people;
    private final Identities identities;
    private final Sources sources;
    private final Clock clock;
    private final StatementStore statements = new StatementStore();

    /** Where what is held at a client stands. */
    @org.springframework.stereotype.Component
    record Sources(
            Grants grants,
            Profiles profiles,
            Qualifications qualifications,
            Appeals appeals,
            Entries entries,
            Papers papers,
            AuditLog audit) {}

    /** What he accepted, showed, learned and was examined in. */
    @org.springframework.stereotype.Component
    record Papers(OwnWords words, Courses courses, Exams exams) {}

    OwnRecords(TenantScope scope, Clients clients, People people, Identities identities, Sources sources, Clock clock) {
        this.scope = scope;
        this.clients = clients;
        this.people = people;
        this.identities = identities;
        this.sources = sources;
        this.clock = clock;
    }

    /** @param identity absent when he entered none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OwnRecord")
    record OwnRecord(
            Instant at,
            UUID id,
            String email,
            String name,
            String locale,
            Instant since,
            @Nullable Identity identity,
            List<Looked> identityLooks,
            SelfDescription description,
            List<AtClient> clients) {}

    /**
     * What one client's cell and the register hold of him.
     *
     * @param pseudonym under which the client's log knows him
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OwnRecordAtClient")
    record AtClient(
            String client,
            String pseudonym,
            SortedSet<String> roles,
            @Nullable UUID workforce,
            Profile profile,
            SortedSet<String> qualifications,
            List<OwnWords.Said> acceptances,
            List<OwnWords.Shown> licences,
            List<Courses.Taken> courses,
            List<Exams.Taken> exams,
            @Nullable Engaged engaged,
            List<WorkDone> work,
            List<Appealed> appeals,
            List<PayBodies.EntryView> pay,
            List<OwnStatement> statements) {}

    /** When he first and last saw something of the client. */
    @Schema(name = "OwnRecordEngagement")
    record Engaged(Instant first, Instant last) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OwnRecordWork")
    record WorkDone(
            UUID project,
            long answers,
            long revisions,
            long activeSeconds,
            long reviews,
            @Nullable Instant first,
            @Nullable Instant last) {}

    @Schema(name = "OwnRecordAppeal")
    record Appealed(UUID project, long submission, String text, Instant at) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "OwnRecordStatement")
    record OwnStatement(
            long number,
            String month,
            String currency,
            String amount,
            Instant closedAt,
            @Nullable Instant paidAt) {}

    OwnRecord of(Caller caller) {
        var id = caller.person();
        Person person = people.get(id);
        var held = identities.own(id, "record");
        var at = new ArrayList<AtClient>();
        for (var client : clients.all()) {
            if (isKnown(client.id(), id)) {
                at.add(atClient(client, caller));
            }
        }
        return new OwnRecord(
                clock.instant(),
                id.value(),
                person.email(),
                person.name(),
                person.locale(),
                person.createdAt(),
                held.identity(),
                held.looks(),
                sources.papers().words().described(id),
                at);
    }

    /** Members, and those who ever did anything that a client's log tells. */
    private boolean isKnown(ClientId client, PersonId person) {
        return !sources.grants().rolesAt(person, client).isEmpty()
                || scope.client(
                        client,
                        tx -> tx.db()
                                .sql("select exists (select from pseudonym where person = ?)")
                                .param(person.value())
                                .query(Boolean.class)
                                .single());
    }

    private AtClient atClient(Client client, Caller caller) {
        var id = client.id();
        var person = caller.person();
        var pseudonym = scope.client(id, tx -> {
            sources.audit()
                    .append(
                            tx,
                            AuditEvent.of(AuditOp.PAY, person, caller.via(), null)
                                    .with("act", "record"));
            return sources.audit().pseudonym(tx, person);
        });
        var roles = new TreeSet<String>();
        sources.grants()
                .rolesAt(person, id)
                .forEach(role -> roles.add(role.name().toLowerCase(Locale.ROOT)));
        return new AtClient(
                client.name(),
                pseudonym,
                roles,
                sources.grants().workforceAt(person, id),
                sources.profiles().of(id, person),
                new TreeSet<>(sources.qualifications().of(id, person)),
                sources.papers().words().said(id, person),
                sources.papers().words().shown(id, person),
                sources.papers().courses().of(id, person),
                sources.papers().exams().of(id, person),
                engaged(id, person).orElse(null),
                scope.client(id, tx -> work(tx, person)),
                sources.appeals().of(id, person).stream()
                        .map(one -> new Appealed(one.project().value(), one.submission(), one.text(), one.at()))
                        .toList(),
                sources.entries().of(id, person).stream()
                        .map(entry -> PayBodies.EntryView.of(entry, pseudonym))
                        .toList(),
                scope.client(id, tx -> statements.of(tx, person.value())).stream()
                        .map(one -> new OwnStatement(
                                one.number(),
                                one.month().toString(),
                                one.currency(),
                                one.amount().toPlainString(),
                                one.closedAt(),
                                one.paidAt()))
                        .toList());
    }

    private Optional<Engaged> engaged(ClientId client, PersonId person) {
        return scope.control(tx -> tx.db()
                .sql("select first_view, last_view from engaged where client = ? and person = ?")
                .params(client.value(), person.value())
                .query((row, n) -> new Engaged(
                        row.getObject("first_view", OffsetDateTime.class).toInstant(),
                        row.getObject("last_view", OffsetDateTime.class).toInstant()))
                .optional());
    }

    private static List<WorkDone> work(Tx tx, PersonId person) {
        return tx.db()
                .sql("""
                        with done as (
                          select project, revision, active_seconds, 0 as review, submitted_at as at
                          from submission where annotator = :person
                          union all
                          select project, 0, 0, 1, decided_at from review_decision where reviewer = :person)
                        select project, count(*) filter (where revision = 1) as answers,
                          count(*) filter (where revision > 1) as revisions, sum(active_seconds) as active,
                          sum(review) as reviews, min(at) as first, max(at) as last
                        from done group by project order by project""")
                .param("person", person.value())
                .query((row, n) -> new WorkDone(
                        row.getObject("project", UUID.class),
                        row.getLong("answers"),
                        row.getLong("revisions"),
                        row.getLong("active"),
                        row.getLong("reviews"),
                        row.getObject("first", OffsetDateTime.class).toInstant(),
                        row.getObject("last", OffsetDateTime.class).toInstant()))
                .list();
    }
}
