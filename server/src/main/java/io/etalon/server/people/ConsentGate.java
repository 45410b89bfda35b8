package io.etalon.server.people;

import io.etalon.server.access.ClientGate;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Nobody at work sees anything of a project before he has accepted what its client asks him to. Who is refused is not denied
 * by a wall: he reads the text and comes in, so that nothing is written. Thread-safe.
 */
@Component
@Order(30)
final class ConsentGate implements ClientGate {
    static final ErrorCode MISSING =
            ErrorCode.of("consent-missing", ErrorKind.FORBIDDEN, "A text has to be accepted first");
    private static final Set<Role> AT_WORK = Set.of(Role.ANNOTATOR, Role.REVIEWER);

    private final Documents documents;
    private final Grants grants;

    ConsentGate(Documents documents, Grants grants) {
        this.documents = documents;
        this.grants = grants;
    }

    @Override
    public Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project) {
        var person = visitor.person();
        if (door != Door.PROJECT || person == null) {
            return Optional.empty();
        }
        var concerned = visitor.workforce() != null || !Collections.disjoint(grants.rolesAt(person, client), AT_WORK);
        return concerned
                ? documents
                        .missing(client, person, visitor.workforce())
                        .map(document -> new EtalonException(
                                MISSING,
                                "Read and accept “" + document.title() + "”, version " + document.version()
                                        + ", among your consents. Document " + document.id() + "."))
                : Optional.empty();
    }

    /** Nothing is written in any case. */
    @Override
    public Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project) {
        return refusal(client, visitor, Door.PROJECT, project);
    }
}
