package io.etalon.server.access;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rule of one handler, as its annotation says it. */
public sealed interface Rule {
    /** Everyone, also without credentials. */
    record Anyone() implements Rule {}

    /** Everyone with credentials; or with a session only; also without a second factor where one is asked for. */
    record SignedIn(boolean sessionOnly, boolean weakToo) implements Rule {}

    /** Operators of the installation. */
    record Operator() implements Rule {}

    /**
     * Members of the client with one of the roles; any member when the set is empty; also those whom a gate keeps out; none of
     * a workforce's people.
     */
    record Member(Set<Role> roles, boolean operatorToo, boolean behindWalls, boolean ownPeopleOnly) implements Rule {}

    /** The handler's one rule; null when it has none or several. */
    static @Nullable Rule of(Method handler) {
        List<Rule> found = new ArrayList<>();
        if (handler.isAnnotationPresent(AllowAnyone.class)) {
            found.add(new Anyone());
        }
        var signedIn = handler.getAnnotation(AllowSignedIn.class);
        if (signedIn != null) {
            found.add(new SignedIn(signedIn.sessionOnly(), signedIn.weakToo()));
        }
        if (handler.isAnnotationPresent(AllowOperator.class)) {
            found.add(new Operator());
        }
        var allow = handler.getAnnotation(Allow.class);
        if (allow != null) {
            found.add(new Member(
                    Set.of(allow.value()),
                    allow.operatorToo(),
                    handler.isAnnotationPresent(OpenBehindWalls.class),
                    allow.ownPeopleOnly()));
        }
        return found.size() == 1 ? found.getFirst() : null;
    }
}
