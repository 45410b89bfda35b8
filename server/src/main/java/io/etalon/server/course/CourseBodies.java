package io.etalon.server.course;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.server.access.Checks;
import io.etalon.server.base.ProjectId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What travels over HTTP about courses. */
final class CourseBodies {
    private CourseBodies() {}

    /**
     * @param project before whose work it stands; absent for all work of the workforce
     * @param workforce whose people take it; absent for everybody at work in the project
     * @param inForce absent for in force
     * @param retake whether who finished an older version has to take this one; absent for yes
     */
    @Schema(name = "CourseBody")
    record CourseBody(
            @Nullable UUID project,
            @Nullable UUID workforce,
            @Nullable String title,
            @Nullable List<CourseText.Page> pages,
            @Nullable Boolean inForce,
            @Nullable Boolean retake) {
        Courses.Draft draft() {
            return new Courses.Draft(
                    project == null ? null : new ProjectId(project),
                    workforce,
                    Checks.text(title, "/title", 200),
                    CourseText.checked(pages),
                    inForce == null || inForce,
                    retake == null || retake);
        }
    }

    /** @param since the oldest version that counts as this one */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CourseView")
    record View(
            UUID id,
            int version,
            @Nullable UUID project,
            @Nullable UUID workforce,
            String title,
            List<CourseText.Page> pages,
            int since,
            boolean inForce,
            Instant setAt) {
        static View of(Courses.Full full) {
            var course = full.course();
            return new View(
                    course.id(),
                    course.version(),
                    uuid(course.project()),
                    course.workforce(),
                    course.title(),
                    full.text().pages(),
                    course.since(),
                    course.inForce(),
                    course.setAt());
        }
    }

    private static @Nullable UUID uuid(@Nullable ProjectId project) {
        return project == null ? null : project.value();
    }

    /** A question as who takes the course sees it. */
    @Schema(name = "MyCourseQuestion")
    record AskedView(String text, List<String> options, boolean several) {
        static AskedView of(CourseText.Question question) {
            return new AskedView(
                    String.valueOf(question.text()),
                    Checks.required(question.options(), "/options"),
                    Checks.required(question.right(), "/right").size() > 1);
        }
    }

    @Schema(name = "MyCoursePage")
    record PageView(String title, String body, List<AskedView> questions) {
        static PageView of(CourseText.Page page) {
            return new PageView(
                    String.valueOf(page.title()),
                    String.valueOf(page.body()),
                    page.asked().stream().map(AskedView::of).toList());
        }
    }

    /**
     * @param pages those that the caller has passed, and the next one
     * @param pageCount how many there are
     * @param passed how many he has passed in this version
     * @param finished whether he has finished it, in this version or in one that counts as this
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "MyCourse")
    record Mine(
            UUID id,
            int version,
            @Nullable UUID project,
            String title,
            List<PageView> pages,
            int pageCount,
            int passed,
            boolean finished,
            @Nullable Instant finishedAt) {
        static Mine of(Courses.Full full, List<CourseStore.Progress> ofPerson) {
            var course = full.course();
            var passed = ofPerson.stream()
                    .filter(one -> one.course().equals(course.id()) && one.version() == course.version())
                    .mapToInt(CourseStore.Progress::passed)
                    .sum();
            var last = Courses.finished(ofPerson).get(course.id());
            var finished = course.counts(last == null ? null : last.version());
            return new Mine(
                    course.id(),
                    course.version(),
                    uuid(course.project()),
                    course.title(),
                    full.text().pages().stream()
                            .limit(finished ? course.pages() : passed + 1L)
                            .map(PageView::of)
                            .toList(),
                    course.pages(),
                    passed,
                    finished,
                    finished && last != null ? last.finishedAt() : null);
        }
    }

    /**
     * @param version that was read
     * @param answers by question, the numbers of the options chosen, from 0 on; empty for a page without questions
     */
    @Schema(name = "CourseAnswersBody")
    record AnswersBody(@Nullable Integer version, @Nullable List<List<Integer>> answers) {
        Courses.Try of(UUID course, int page) {
            var given = Checks.required(answers, "/answers");
            for (var i = 0; i < given.size(); i++) {
                for (var option : Checks.required(given.get(i), "/answers/" + i)) {
                    Checks.required(option, "/answers/" + i);
                }
            }
            return new Courses.Try(course, Checks.required(version, "/version"), page, given);
        }
    }

    /** @param wrong the numbers of the questions that were answered wrong, from 0 on; empty when the page is passed */
    @Schema(name = "CourseOutcome")
    record OutcomeView(boolean passed, List<Integer> wrong) {}

    /**
     * How far somebody came.
     *
     * @param version that he began last; absent when he has not begun
     * @param passed pages of that version
     * @param wrongTries at pages of that version
     * @param state {@code finished}, {@code outdated} for a version that no longer counts, {@code begun} or {@code missing}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CourseProgress")
    record ProgressView(
            UUID course,
            String title,
            @Nullable UUID project,
            UUID person,
            String name,
            int pageCount,
            @Nullable Integer version,
            int passed,
            int wrongTries,
            String state,
            @Nullable Instant finishedAt) {
        static ProgressView of(Course course, UUID person, String name, List<CourseStore.Progress> ofPerson) {
            var ofCourse = ofPerson.stream()
                    .filter(one -> one.course().equals(course.id()))
                    .toList();
            var begun = ofCourse.isEmpty() ? null : ofCourse.getLast();
            var last = Courses.finished(ofCourse).get(course.id());
            return new ProgressView(
                    course.id(),
                    course.title(),
                    uuid(course.project()),
                    person,
                    name,
                    course.pages(),
                    begun == null ? null : begun.version(),
                    begun == null ? 0 : begun.passed(),
                    begun == null ? 0 : begun.tries(),
                    state(course, begun, last),
                    last == null ? null : last.finishedAt());
        }

        private static String state(
                Course course, CourseStore.@Nullable Progress begun, CourseStore.@Nullable Progress last) {
            if (last != null) {
                return course.counts(last.version()) ? "finished" : "outdated";
            }
            return begun == null ? "missing" : "begun";
        }
    }
}
