package io.etalon.server.access;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** All gates of the features above, in their order. They are looked up late since they need what this package offers. Thread-safe. */
@Component
final class Gates {
    private final ObjectProvider<ClientGate> provider;
    private volatile @Nullable List<ClientGate> standing;

    Gates(ObjectProvider<ClientGate> provider) {
        this.provider = provider;
    }

    /** What the first gate that stays closed says. */
    Optional<EtalonException> refusal(
            ClientId client, ClientGate.Visitor visitor, ClientGate.Door door, @Nullable ProjectId project) {
        for (var gate : all()) {
            var refusal = gate.refusal(client, visitor, door, project);
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private List<ClientGate> all() {
        var known = standing;
        if (known == null) {
            known = provider.orderedStream().toList();
            standing = known;
        }
        return known;
    }
}
