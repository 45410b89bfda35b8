package io.etalon.server.course;

import io.etalon.server.access.Allow;
import io.etalon.server.access.Attempt;
import io.etalon.server.access.Caller;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Credentials;
import io.etalon.server.access.Grants;
import io.etalon.server.access.Idempotency;
import io.etalon.server.access.Listing;
import io.etalon.server.access.Role;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Courses: written by those who answer for the work, taken by those who do it. */
@RestController
@RequestMapping("/api/v1/clients/{client}/courses")
@Tag(name = "Workforce")
final class CourseController {
    private final Courses courses;
    private final Grants grants;
    private final Credentials credentials;
    private final Idempotency idempotency;
    private final TenantScope scope;

    CourseController(
            Courses courses, Grants grants, Credentials credentials, Idempotency idempotency, TenantScope scope) {
        this.courses = courses;
        this.grants = grants;
        this.credentials = credentials;
        this.idempotency = idempotency;
        this.scope = scope;
    }

    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(
            summary = "List courses",
            description = "The newest version of each, in force or not, with its right answers.")
    Page<CourseBodies.View> all(ClientCaller caller) {
        return Page.all(courses.all(caller.client().id()).stream()
                .map(CourseBodies.View::of)
                .toList());
    }

    @PostMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Make a course",
            description =
                    "Of a project, of a workforce, or of a workforce's people in a project. In force at once unless inForce"
                            + " is false: from then on nobody whom it concerns is shown or given that work, or the"
                            + " project's entry exam, before he has finished it.")
    CourseBodies.View make(ClientCaller caller, Attempt attempt, @RequestBody CourseBodies.CourseBody body) {
        var draft = body.draft();
        var client = caller.client().id();
        var made = scope.client(
                client,
                tx -> idempotency.once(
                        tx,
                        attempt,
                        body,
                        CourseBodies.View.class,
                        same -> CourseBodies.View.of(courses.make(same, caller, draft))));
        courses.forget(client);
        return made;
    }

    @PutMapping("/{course}")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD})
    @Operation(
            summary = "Change a course",
            description = "Another version under the same id. Who finished an older one takes it anew, unless retake is"
                    + " false: then older versions that counted go on to count.")
    CourseBodies.View set(ClientCaller caller, @PathVariable UUID course, @RequestBody CourseBodies.CourseBody body) {
        return CourseBodies.View.of(courses.set(caller, course, body.draft()));
    }

    @GetMapping("/{course}/versions")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR})
    @Operation(summary = "List a course's versions", description = "Newest first.")
    Page<CourseBodies.View> versions(ClientCaller caller, @PathVariable UUID course) {
        return Page.all(courses.versions(caller.client().id(), course).stream()
                .map(CourseBodies.View::of)
                .toList());
    }

    @GetMapping("/progress")
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.WORKFORCE_MANAGER, Role.AUDITOR})
    @Operation(
            summary = "List how far people came in the courses in force",
            description = "Everybody whom a course concerns; a manager sees his own workforce.")
    Page<CourseBodies.ProgressView> progress(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var client = caller.client().id();
        var all = caller.is(Role.REQUESTER) || caller.is(Role.QUALITY_LEAD) || caller.is(Role.AUDITOR);
        var steps =
                courses.progress(client, null).stream().collect(Collectors.groupingBy(CourseStore.Progress::person));
        Map<@Nullable UUID, List<Courses.Full>> before = new HashMap<>();
        var views = grants.members(client).stream()
                .filter(member ->
                        all || (caller.workforce() != null && caller.workforce().equals(member.workforce())))
                .filter(member -> Courses.takes(member.workforce(), member.roles()))
                .flatMap(member ->
                        before
                                .computeIfAbsent(member.workforce(), workforce -> courses.before(client, workforce))
                                .stream()
                                .map(full -> CourseBodies.ProgressView.of(
                                        full.course(),
                                        member.person().id().value(),
                                        member.person().name(),
                                        steps.getOrDefault(member.person().id(), List.of()))))
                .toList();
        return Listing.page(views, view -> view.course() + " " + view.name() + " " + view.person(), limit, cursor);
    }

    @GetMapping("/mine")
    @Allow({})
    @Operation(
            summary = "List the courses that one has to finish",
            description = "Those in force before work that the caller may do, with the pages up to the next one and"
                    + " without the right answers. One that a wall or an open text keeps him from is left out.")
    Page<CourseBodies.Mine> mine(ClientCaller caller, HttpServletRequest request) {
        var client = caller.client().id();
        if (!Courses.takes(caller.workforce(), caller.roles())) {
            return Page.all(List.of());
        }
        var steps = courses.progress(client, caller.person());
        return Page.all(courses.before(client, caller.workforce()).stream()
                .filter(full -> mayTake(caller, full.course(), request.getRemoteAddr()))
                .map(full -> CourseBodies.Mine.of(full, steps))
                .toList());
    }

    @PostMapping("/{course}/pages/{page}/answers")
    @Allow({})
    @Operation(
            summary = "Answer a course's next page",
            description =
                    "A page without questions is passed by an empty list. The last page finishes the course. A key"
                            + " finishes no course for a person.")
    CourseBodies.OutcomeView answer(
            ClientCaller caller,
            Attempt attempt,
            HttpServletRequest request,
            @PathVariable UUID course,
            @PathVariable int page,
            @RequestBody CourseBodies.AnswersBody body) {
        if (!caller.via().equals(Caller.VIA_SESSION)) {
            throw new EtalonException(ErrorCode.FORBIDDEN, "Sign in to do this: a key takes no course for a person.");
        }
        var given = body.of(course, page);
        var client = caller.client().id();
        var newest = courses.before(client, caller.workforce()).stream()
                .map(Courses.Full::course)
                .filter(one -> one.id().equals(course))
                .findFirst()
                .filter(one -> mayTake(caller, one, request.getRemoteAddr()));
        if (newest.isEmpty() || !Courses.takes(caller.workforce(), caller.roles())) {
            throw EtalonException.notFound();
        }
        var outcome = scope.client(
                client,
                tx -> idempotency.once(tx, attempt, body, CourseBodies.OutcomeView.class, same -> {
                    var wrong = courses.answer(same, caller, given).wrong();
                    return new CourseBodies.OutcomeView(wrong.isEmpty(), wrong);
                }));
        courses.forget(client);
        return outcome;
    }

    /** Only this course, or another one, may stand between him and the work that it is for. */
    private boolean mayTake(ClientCaller caller, Course course, String address) {
        return credentials
                .closed(caller, address, course.project())
                .filter(refusal -> !refusal.code().equals(Courses.MISSING))
                .isEmpty();
    }
}
