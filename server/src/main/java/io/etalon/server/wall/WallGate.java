package io.etalon.server.wall;

import io.etalon.server.access.ClientGate;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Walls at every door of a client. Thread-safe. */
@Component
@Order(10)
final class WallGate implements ClientGate {
    private final Walls walls;

    WallGate(Walls walls) {
        this.walls = walls;
    }

    @Override
    public Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project) {
        return switch (door) {
            case SERVING, PRESENCE -> Optional.empty();
            case CLIENT -> refusal(client, visitor, Act.ENTER, project);
            case PROJECT -> refusal(client, visitor, Act.VIEW, project);
            case MEMBERSHIP -> refusal(client, visitor, Act.ADMINISTER, project);
        };
    }

    private Optional<EtalonException> refusal(ClientId client, Visitor visitor, Act act, @Nullable ProjectId project) {
        var person = visitor.person();
        var workforce = visitor.workforce();
        // Of who becomes a member nothing is asked but whose people he joins: what he did before is not his new
        // client's to know.
        var denial = person == null || act == Act.ADMINISTER
                ? workforce == null ? Optional.<Denial>empty() : walls.look(client, workforce)
                : walls.decide(client, person, workforce, act);
        return denial.map(found -> walls.refused(client, person, visitor.via(), project, act, found));
    }

    @Override
    public Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project) {
        var person = visitor.person();
        return person == null
                ? Optional.empty()
                : walls.look(client, person, visitor.workforce(), Act.VIEW).map(Walls::refusal);
    }
}
