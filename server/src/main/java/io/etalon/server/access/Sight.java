package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.PersonId;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one rule of what the people of a workforce see of others at a client: the work of their own workforce's people, and
 * nothing that tells of everybody's. Who holds a role there without a workforce is the client's own and sees all that his
 * role lets him see. What is leased to somebody he sees besides; that is the lease's to say. Thread-safe.
 */
@Component
public final class Sight {
    private final Grants grants;

    Sight(Grants grants) {
        this.grants = grants;
    }

    /** Whether the caller is the client's own: for none of the workforces, or in one of the roles of this credential for none. */
    public boolean seesAll(ClientCaller caller) {
        return caller.workforce() == null
                || grants.of(caller.person()).stream()
                        .anyMatch(grant -> caller.client().id().equals(grant.client())
                                && grant.workforce() == null
                                && caller.is(grant.role()));
    }

    /** Whether the caller may see a person's work. Of who left the workforce only the client's own do. */
    public boolean sees(ClientCaller caller, PersonId author) {
        return seesAll(caller)
                || author.equals(caller.person())
                || isOfSame(caller, grants.workforceAt(author, caller.client().id()));
    }

    private static boolean isOfSame(ClientCaller caller, @Nullable UUID workforce) {
        return workforce != null && workforce.equals(caller.workforce());
    }

    /** Whether a project that draws on these workforces is there for the caller. */
    public boolean seesProjectOf(ClientCaller caller, Collection<UUID> workforces) {
        var own = caller.workforce();
        return seesAll(caller) || (own != null && workforces.contains(own));
    }

    /** @throws EtalonException forbidden to people of a workforce */
    public void requireAll(ClientCaller caller) {
        if (!seesAll(caller)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN,
                    "This tells of everybody's work; the client's own people see it. You see your workforce's.");
        }
    }
}
