package io.etalon.server.course;

import io.etalon.server.access.ClientGate;
import io.etalon.server.access.Grants;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Nobody at work sees anything of a project, its entry exam included, before he has finished its courses. The last of the gates:
 * who is refused here passes all others. He is not denied by a wall, so that nothing is written. Thread-safe.
 */
@Component
@Order(40)
final class CourseGate implements ClientGate {
    private final Courses courses;
    private final Grants grants;

    CourseGate(Courses courses, Grants grants) {
        this.courses = courses;
        this.grants = grants;
    }

    @Override
    public Optional<EtalonException> refusal(ClientId client, Visitor visitor, Door door, @Nullable ProjectId project) {
        var person = visitor.person();
        if (door != Door.PROJECT || person == null) {
            return Optional.empty();
        }
        if (!Courses.takes(visitor.workforce(), grants.rolesAt(person, client))) {
            return Optional.empty();
        }
        return courses.missing(client, person, visitor.workforce(), project)
                .map(course -> new EtalonException(
                        Courses.MISSING,
                        "Finish the course “" + course.title() + "”, version " + course.version()
                                + ", before this work. Course " + course.id() + "."));
    }

    /** Nothing is written in any case. */
    @Override
    public Optional<EtalonException> look(ClientId client, Visitor visitor, ProjectId project) {
        return refusal(client, visitor, Door.PROJECT, project);
    }
}
