package io.etalon.server.course;

import io.etalon.server.access.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is written in a course, with the right answers. Immutable. */
record CourseText(List<Page> pages) {
    private static final int MOST_PAGES = 50;
    private static final int MOST_QUESTIONS = 20;
    private static final int MOST_OPTIONS = 12;
    private static final int LONGEST_PAGE = 20_000;
    private static final int LONGEST_TEXT = 500;

    /**
     * @param body in Markdown
     * @param questions that have to be answered right to go on; absent for none
     */
    @Schema(name = "CoursePage")
    record Page(
            @Nullable String title,
            @Nullable String body,
            @Nullable List<Question> questions) {
        List<Question> asked() {
            return questions == null ? List.of() : questions;
        }
    }

    /** @param right the numbers of the right options, from 0 on */
    @Schema(name = "CourseQuestion")
    record Question(
            @Nullable String text,
            @Nullable List<String> options,
            @Nullable List<Integer> right) {
        boolean isAnsweredBy(@Nullable List<Integer> given) {
            return given != null && right != null && new HashSet<>(given).equals(new HashSet<>(right));
        }
    }

    /**
     * The pages as they are kept.
     *
     * @throws io.etalon.server.base.EtalonException invalid, naming the member
     */
    static CourseText checked(@Nullable List<Page> given) {
        var pages = atMost(Checks.required(given, "/pages"), MOST_PAGES, "/pages");
        if (pages.isEmpty()) {
            throw Checks.fault("/pages", "must have one page at least");
        }
        var checked = new java.util.ArrayList<Page>();
        for (var i = 0; i < pages.size(); i++) {
            checked.add(page(pages.get(i), "/pages/" + i));
        }
        return new CourseText(List.copyOf(checked));
    }

    private static Page page(@Nullable Page given, String at) {
        var page = Checks.required(given, at);
        var body = Checks.required(page.body(), at + "/body").strip();
        if (body.isEmpty() || body.length() > LONGEST_PAGE || body.indexOf('\0') >= 0) {
            throw Checks.fault(at + "/body", "must have 1 to " + LONGEST_PAGE + " characters and no NUL");
        }
        var asked = atMost(page.asked(), MOST_QUESTIONS, at + "/questions");
        var questions = new java.util.ArrayList<Question>();
        for (var i = 0; i < asked.size(); i++) {
            questions.add(question(asked.get(i), at + "/questions/" + i));
        }
        return new Page(Checks.text(page.title(), at + "/title", 200), body, List.copyOf(questions));
    }

    private static Question question(@Nullable Question given, String at) {
        var question = Checks.required(given, at);
        var listed = atMost(Checks.required(question.options(), at + "/options"), MOST_OPTIONS, at + "/options");
        var options = new java.util.ArrayList<String>();
        for (var i = 0; i < listed.size(); i++) {
            options.add(Checks.text(listed.get(i), at + "/options/" + i, LONGEST_TEXT));
        }
        if (options.size() < 2 || new HashSet<>(options).size() < options.size()) {
            throw Checks.fault(at + "/options", "must be two at least, none of them twice");
        }
        var right = new TreeSet<Integer>();
        for (var one : atMost(Checks.required(question.right(), at + "/right"), MOST_OPTIONS, at + "/right")) {
            right.add(Checks.required(one, at + "/right"));
        }
        if (right.isEmpty() || right.first() < 0 || right.last() >= options.size()) {
            throw Checks.fault(at + "/right", "must be numbers of options, from 0 to " + (options.size() - 1));
        }
        return new Question(
                Checks.text(question.text(), at + "/text", LONGEST_TEXT), List.copyOf(options), List.copyOf(right));
    }

    private static <T> List<T> atMost(List<T> given, int most, String pointer) {
        if (given.size() > most) {
            throw Checks.fault(pointer, "may be " + most + " at most");
        }
        return given;
    }
}
