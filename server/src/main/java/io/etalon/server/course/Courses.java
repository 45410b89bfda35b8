package io.etalon.server.course;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.access.Checks;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.access.WorkforceNames;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.ClientCache;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.ObjectMapper;

/**
 * The courses of a client, and who finished them. Each version and each try is a row that is never changed; versions and
 * finished courses stand in the log, in the same transaction. What is told of who has finished is one second old at most, and
 * what this server changed counts at once. Thread-safe.
 */
@Service
public final class Courses {
    static final ErrorCode MISSING =
            ErrorCode.of("course-missing", ErrorKind.FORBIDDEN, "A course has to be finished first");
    static final ErrorCode STALE = ErrorCode.of(
            "course-stale", ErrorKind.CONFLICT, "The course has another version now, or another page is next");
    private static final int MOST = 50;

    /**
     * What one sets.
     *
     * @param retake whether who finished an older version has to take this one
     */
    record Draft(
            @Nullable ProjectId project,
            @Nullable UUID workforce,
            String title,
            CourseText text,
            boolean inForce,
            boolean retake) {}

    /** A version with what is written in it. */
    record Full(Course course, CourseText text) {}

    /** What came of a try at a page: the numbers of the questions that were answered wrong; none when it is passed. */
    record Outcome(List<Integer> wrong) {}

    /**
     * A course that a person took, for himself.
     *
     * @param finishedAt null when he has not passed its last page
     */
    public record Taken(
            UUID course,
            String title,
            int version,
            int pages,
            int passed,
            int wrongTries,
            @Nullable Instant finishedAt) {}

    private record Finisher(UUID course, PersonId person) {}

    /** All courses in force, and the newest version that each person finished. */
    private record Kept(List<Course> courses, Map<Finisher, Integer> finished) {}

    private final TenantScope scope;
    private final AuditLog audit;
    private final Ground ground;
    private final ObjectMapper json;
    private final Clock clock;
    private final CourseStore store = new CourseStore();
    private final ClientCache<Kept> kept;

    /** What courses belong to, and under which keys they lie. */
    @org.springframework.stereotype.Component
    record Ground(Projects projects, WorkforceNames workforces, ClientKeys keys, Ids ids) {}

    Courses(TenantScope scope, AuditLog audit, Ground ground, ObjectMapper json, Clock clock) {
        this.scope = scope;
        this.audit = audit;
        this.ground = ground;
        this.json = json;
        this.clock = clock;
        this.kept = new ClientCache<>(scope, clock, this::read);
    }

    /** Whether somebody with this team and these roles takes courses: people at work do. */
    static boolean takes(@Nullable UUID workforce, Set<Role> roles) {
        return workforce != null || !Collections.disjoint(roles, Set.of(Role.ANNOTATOR, Role.REVIEWER));
    }

    /** The newest version of each, with the right answers. */
    List<Full> all(ClientId client) {
        return scope.client(
                client,
                tx -> store.newest(tx).stream()
                        .map(course -> full(tx, client, course))
                        .toList());
    }

    /** Newest first. */
    List<Full> versions(ClientId client, UUID id) {
        var versions = scope.client(
                client,
                tx -> store.versions(tx, id).stream()
                        .map(course -> full(tx, client, course))
                        .toList());
        if (versions.isEmpty()) {
            throw EtalonException.notFound();
        }
        return versions;
    }

    private Full full(Tx tx, ClientId client, Course course) {
        var written = store.written(tx, course.id(), course.version());
        var project = course.project();
        var sealed = written.sealed();
        var text = project == null || sealed == null
                ? String.valueOf(written.plain())
                : new String(ground.keys().open(client, project, context(course), sealed), UTF_8);
        return new Full(course, json.readValue(text, CourseText.class));
    }

    private static String context(Course course) {
        return "course " + course.id() + " " + course.version();
    }

    /** Makes a course, in the transaction given on the client's database; call {@link #forget} after it. */
    Full make(Tx tx, ClientCaller caller, Draft draft) {
        checked(caller, draft);
        store.lock(tx);
        if (store.newest(tx).size() >= MOST) {
            throw EtalonException.invalid("A client has " + MOST + " courses at most; change one of them.");
        }
        return write(tx, caller, new Place(ground.ids().next(), 1, 1), draft);
    }

    /** Another version of a course; not twice for the same. */
    Full set(ClientCaller caller, UUID id, Draft draft) {
        checked(caller, draft);
        var client = caller.client().id();
        var set = scope.client(client, tx -> {
            store.lock(tx);
            var newest = store.versions(tx, id).stream().findFirst().orElseThrow(EtalonException::notFound);
            if (!Objects.equals(newest.project(), draft.project())) {
                throw Checks.fault("/project", "must stay as it is");
            }
            if (!Objects.equals(newest.workforce(), draft.workforce())) {
                throw Checks.fault("/workforce", "must stay as it is");
            }
            var before = full(tx, client, newest);
            if (before.text().equals(draft.text())
                    && newest.title().equals(draft.title())
                    && newest.inForce() == draft.inForce()) {
                return before;
            }
            var version = newest.version() + 1;
            return write(tx, caller, new Place(id, version, draft.retake() ? version : newest.since()), draft);
        });
        forget(client);
        return set;
    }

    /** Where in a course's history a version stands. */
    private record Place(UUID id, int version, int since) {}

    private Full write(Tx tx, ClientCaller caller, Place place, Draft draft) {
        var project = draft.project();
        var course = new Course(
                place.id(),
                place.version(),
                project,
                draft.workforce(),
                draft.title(),
                draft.text().pages().size(),
                place.since(),
                draft.inForce(),
                caller.person().value(),
                clock.instant());
        var text = json.writeValueAsString(draft.text());
        var written = project == null
                ? new CourseStore.Written(null, text)
                : new CourseStore.Written(
                        ground.keys().seal(caller.client().id(), project, context(course), text.getBytes(UTF_8)), null);
        var made = store.insert(tx, course, written);
        audit.append(
                tx, event(caller, made, draft.inForce() ? "set" : "set_off").with("since", place.since()));
        return new Full(made, draft.text());
    }

    private static AuditEvent event(ClientCaller caller, Course course, String act) {
        return AuditEvent.of(AuditOp.COURSE, caller.person(), caller.via(), course.project())
                .with("course", course.id().toString())
                .with("version", course.version())
                .with("act", act);
    }

    private void checked(ClientCaller caller, Draft draft) {
        var client = caller.client().id();
        var project = draft.project();
        var workforce = draft.workforce();
        if (project == null && workforce == null) {
            throw Checks.fault("/project", "must be there where no workforce is: a course belongs to one of them");
        }
        if (project != null
                && ground.projects().all(client).stream()
                        .noneMatch(one -> one.id().equals(project))) {
            throw Checks.fault("/project", "must be the id of a project of this client");
        }
        if (workforce != null && ground.workforces().name(client, workforce).isEmpty()) {
            throw Checks.fault("/workforce", "must be the id of a workforce of this client");
        }
    }

    /** Everybody's progress, by version. */
    List<CourseStore.Progress> progress(ClientId client, @Nullable PersonId person) {
        return scope.client(client, tx -> store.progress(tx, person));
    }

    /** The newest version that a person finished, of each course that he finished. */
    static Map<UUID, CourseStore.Progress> finished(List<CourseStore.Progress> ofPerson) {
        var newest = new HashMap<UUID, CourseStore.Progress>();
        ofPerson.stream().filter(one -> one.finishedAt() != null).forEach(one -> newest.put(one.course(), one));
        return newest;
    }

    /** The courses in force before work that a person of this team may do, in the order in which they were made. */
    List<Full> before(ClientId client, @Nullable UUID workforce) {
        return scope.client(
                client,
                tx -> store.newest(tx).stream()
                        .filter(course ->
                                course.inForce() && course.isFor(workforce) && works(client, course, workforce))
                        .map(course -> full(tx, client, course))
                        .toList());
    }

    private boolean works(ClientId client, Course course, @Nullable UUID workforce) {
        var project = course.project();
        return project == null
                || workforce == null
                || ground.projects().get(client, project).workforces().contains(workforce);
    }

    /** All that a person took at a client, finished or not. */
    public List<Taken> of(ClientId client, PersonId person) {
        return scope.client(
                client,
                tx -> store.progress(tx, person).stream()
                        .map(one -> {
                            var course = store.versions(tx, one.course()).stream()
                                    .filter(version -> version.version() == one.version())
                                    .findFirst()
                                    .orElseThrow();
                            return new Taken(
                                    one.course(),
                                    course.title(),
                                    one.version(),
                                    course.pages(),
                                    one.passed(),
                                    one.tries(),
                                    one.finishedAt());
                        })
                        .toList());
    }

    /**
     * A try at the next page, in the transaction given on the client's database; call {@link #forget} after it.
     *
     * @param given by question, the numbers of the options chosen
     * @throws EtalonException conflict, when another version counts by now or another page is next; not found
     */
    Outcome answer(Tx tx, ClientCaller caller, Try attempt) {
        // Held against a new version, and against a second try at once.
        store.lock(tx);
        var newest = store.versions(tx, attempt.course()).stream()
                .findFirst()
                .filter(course -> course.inForce()
                        && course.isFor(caller.workforce())
                        && works(caller.client().id(), course, caller.workforce()))
                .orElseThrow(EtalonException::notFound);
        var passed = store.progress(tx, caller.person()).stream()
                .filter(one -> one.course().equals(newest.id()) && one.version() == newest.version())
                .mapToInt(CourseStore.Progress::passed)
                .sum();
        if (newest.version() != attempt.version() || attempt.page() != passed + 1 || attempt.page() > newest.pages()) {
            throw new EtalonException(
                    STALE,
                    passed == newest.pages()
                            ? "You have finished version " + newest.version() + "."
                            : "Page " + (passed + 1) + " of version " + newest.version() + " is next.");
        }
        var questions = full(tx, caller.client().id(), newest)
                .text()
                .pages()
                .get(attempt.page() - 1)
                .asked();
        var wrong = attempt.wrong(questions);
        store.step(tx, newest, caller.person(), attempt.page(), wrong.isEmpty());
        if (wrong.isEmpty() && attempt.page() == newest.pages()) {
            audit.append(tx, event(caller, newest, "finish"));
        }
        return new Outcome(wrong);
    }

    /** What somebody answers to a page's questions. */
    record Try(UUID course, int version, int page, List<List<Integer>> given) {
        List<Integer> wrong(List<CourseText.Question> questions) {
            if (given.size() != questions.size()) {
                throw Checks.fault("/answers", "must be " + questions.size() + ", one for each question of the page");
            }
            var wrong = new java.util.ArrayList<Integer>();
            for (var i = 0; i < questions.size(); i++) {
                if (!questions.get(i).isAnsweredBy(given.get(i))) {
                    wrong.add(i);
                }
            }
            return List.copyOf(wrong);
        }
    }

    /** The first course in force before this work that a person has not finished in a version that counts. */
    Optional<Course> missing(ClientId client, PersonId person, @Nullable UUID workforce, @Nullable ProjectId project) {
        var now = kept.get(client);
        return now.courses().stream()
                .filter(course -> course.standsBefore(project) && course.isFor(workforce))
                .filter(course -> !course.counts(now.finished().get(new Finisher(course.id(), person))))
                .findFirst();
    }

    private Kept read(ClientId client) {
        return scope.client(client, tx -> {
            var courses = store.newest(tx).stream().filter(Course::inForce).toList();
            var finished = new HashMap<Finisher, Integer>();
            if (!courses.isEmpty()) {
                // Versions come in their order: the newest one stays.
                store.progress(tx, null).stream()
                        .filter(one -> one.finishedAt() != null)
                        .forEach(one -> finished.put(new Finisher(one.course(), one.person()), one.version()));
            }
            return new Kept(courses, finished);
        });
    }

    /** A client's courses, or who finished them, were changed in a transaction that has committed now. */
    void forget(ClientId client) {
        kept.forget(client);
    }
}
