package io.etalon.server.people;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Person;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import io.etalon.server.tenant.TenantScope;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * How a person who has left is taken out of a client's log: the key behind his pseudonym is destroyed, asked for by one person and
 * done by another. The log stays as it is and verifies as before; nobody can say any more whose name the pseudonym was. The
 * entry that tells of it names the pseudonym; those of the request do not, since its row names the person until then.
 * Thread-safe.
 */
@Service
public final class Unlinkings {
    static final ErrorCode MEMBER =
            ErrorCode.of("unlinking-member", ErrorKind.CONFLICT, "The person is a member of this client");
    static final ErrorCode WAITS =
            ErrorCode.of("unlinking-waits", ErrorKind.CONFLICT, "This was asked for and waits for a decision");
    static final ErrorCode DECIDED = ErrorCode.of("unlinking-decided", ErrorKind.CONFLICT, "The request was decided");
    static final ErrorCode SAME_PERSON =
            ErrorCode.of("unlinking-second-person", ErrorKind.FORBIDDEN, "Another person has to decide");

    private final People people;
    private final Grants grants;
    private final AuditLog audit;
    private final TenantScope scope;
    private final Ids ids;
    private final UnlinkingStore store = new UnlinkingStore();

    Unlinkings(People people, Grants grants, AuditLog audit, TenantScope scope, Ids ids) {
        this.people = people;
        this.grants = grants;
        this.audit = audit;
        this.scope = scope;
        this.ids = ids;
    }

    /** Who is named in the log, by a key that is there, and is no member: whose key may be destroyed. By name. */
    List<Person> left(ClientId client) {
        var members = members(client);
        return scope.client(client, audit::linked).stream()
                .filter(person -> !members.contains(person))
                .map(people::get)
                .sorted(Comparator.comparing(Person::name)
                        .thenComparing(person -> person.id().toString()))
                .toList();
    }

    private Set<PersonId> members(ClientId client) {
        return grants.members(client).stream()
                .map(member -> member.person().id())
                .collect(Collectors.toSet());
    }

    /** Oldest first. */
    List<UnlinkingStore.Unlinking> all(ClientId client) {
        return scope.client(client, store::all);
    }

    /**
     * Asks a second person, in the client's transaction given.
     *
     * @throws EtalonException invalid, for who is not named in the log; conflict, for a member, and while another request waits
     */
    UnlinkingStore.Unlinking ask(Tx tx, ClientCaller caller, PersonId person, @Nullable String reason) {
        var why = Checks.text(reason, "/reason", 500);
        if (!audit.linked(tx).contains(person)) {
            throw Checks.fault(
                    "/person", "must be the id of a person whom a key links to a pseudonym of this client's log");
        }
        refuseMember(caller.client().id(), person);
        var id = ids.next();
        if (!store.insert(tx, id, person, why, caller.person())) {
            throw new EtalonException(WAITS, "Somebody asked already; another person decides.");
        }
        audit.append(tx, entry(caller, id, "asked"));
        return store.find(tx, id).orElseThrow();
    }

    /**
     * Destroys the key, or refuses to, in the client's transaction given.
     *
     * @throws EtalonException not found; forbidden to who asked; conflict, when it was decided, and for who is a member again
     */
    UnlinkingStore.Unlinking decide(Tx tx, ClientCaller caller, UUID id, boolean approved) {
        var request = store.find(tx, id).orElseThrow(EtalonException::notFound);
        if (request.requestedBy().equals(caller.person())) {
            throw new EtalonException(SAME_PERSON, "You asked for it yourself; somebody else decides.");
        }
        var person = request.person();
        if (person != null && approved) {
            refuseMember(caller.client().id(), person);
        }
        if (person == null || !store.decide(tx, id, caller.person(), approved)) {
            throw new EtalonException(DECIDED, "It was decided already.");
        }
        if (approved) {
            audit.append(tx, entry(caller, id, "destroyed").with("pseudonym", audit.pseudonym(tx, person)));
            audit.forget(tx, person);
        } else {
            audit.append(tx, entry(caller, id, "refused"));
        }
        return store.find(tx, id).orElseThrow();
    }

    private void refuseMember(ClientId client, PersonId person) {
        if (members(client).contains(person)) {
            throw new EtalonException(
                    MEMBER, "Take the person's roles here away first: whoever acts is named in the log.");
        }
    }

    private static AuditEvent entry(ClientCaller caller, UUID id, String state) {
        return AuditEvent.of(AuditOp.PSEUDONYM, caller.person(), caller.via(), null)
                .with("request", id.toString())
                .with("state", state);
    }
}
