package io.etalon.server.pay;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who sees whose pay: requesters and auditors all of the client, a workforce's manager his own people's. */
final class PayAccess {
    private PayAccess() {}

    static boolean seesAll(ClientCaller caller) {
        return caller.is(Role.REQUESTER) || caller.is(Role.AUDITOR);
    }

    static boolean sees(ClientCaller caller, @Nullable UUID workforce) {
        return seesAll(caller) || Objects.equals(workforce, caller.workforce());
    }
}
