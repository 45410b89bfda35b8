package io.etalon.server.residency;

import io.etalon.server.access.ClientGate;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Lists of countries at every door: no server in the wrong place serves a client, nobody in one sees its projects. Thread-safe. */
@Component
@Order(20)
final class ResidencyGate implements ClientGate {
    private final Residency residency;

    ResidencyGate(Residency residency) {
        this.residency = residency;
    }

    @Override
    public Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project) {
        var person = visitor.person();
        return switch (door) {
            case SERVING ->
                residency
                        .unserved(client)
                        .map(rule -> new EtalonException(
                                Residency.ELSEWHERE,
                                rule.sentence() + " " + residency.here() + " Rule " + rule.id() + "."));
            case PROJECT ->
                person == null
                        ? Optional.empty()
                        : residency
                                .outside(client, person, visitor.address(), project)
                                .map(rule -> residency.refused(client, person, visitor.via(), project, rule));
            // Who says where he is, or reads the rules, sees nothing of the client's data.
            case CLIENT, PRESENCE, MEMBERSHIP -> Optional.empty();
        };
    }

    @Override
    public Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project) {
        var person = visitor.person();
        return person == null
                ? Optional.empty()
                : residency
                        .outside(client, person, visitor.address(), project)
                        .map(rule -> new EtalonException(Residency.ELSEWHERE, rule.sentence()));
    }
}
