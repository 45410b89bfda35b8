package io.etalon.server.identity;

import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whoever is in this group of the provider holds this role at this client, for this workforce if one is named. */
record GroupRule(
        String group, ClientId client, Role role, @Nullable UUID workforce) {}
