package io.etalon.server.work.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ProjectId;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import io.etalon.server.work.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deletions of single answers as a requester does and undoes them, and what is left of one in the end. */
final class AnswerDeletionHttpTest {
    private static Deleting it;

    @BeforeAll
    static void start() throws Exception {
        it = Deleting.on(TestServer.shared(), "answer-deletions");
    }

    private static String project(int tasks) {
        var project = it.project("Answers " + UUID.randomUUID());
        for (var i = 0; i < tasks; i++) {
            it.uploads(project, "note-" + i + ".txt");
        }
        it.plan(project, tasks);
        return project;
    }

    private static long task(String project, int number) {
        return it.rita()
                .get(project + "/tasks")
                .json()
                .at("/items/" + number + "/id")
                .asLong();
    }

    private static long submission(String project, long task) {
        return it.rita()
                .get(project + "/tasks/" + task)
                .json()
                .at("/submissionList/0/id")
                .asLong();
    }

    private static Http.Answer delete(String project, Map<String, ?> which, int tasks, int answers) {
        return it.keyed(
                project + "/deletions", Map.of("answers", which, "expected", tasks, "expectedAnswers", answers));
    }

    private static int answersThatCount(String project) {
        var id = new ProjectId(UUID.fromString(Deleting.idOf(project)));
        return it.server().part(Tasks.class).snapshot(it.id(), id, snapshot -> {
            var count = new int[1];
            snapshot.each(answer -> count[0]++);
            return count[0];
        });
    }

    private static List<String> history(String project, long task) {
        return it.rita()
                .get(project + "/tasks/" + task + "/history")
                .json()
                .path("entries")
                .valueStream()
                .map(entry -> entry.path("kind").asString())
                .toList();
    }

    @Test
    void deletesWhatThePreviewCountedAndBringsItBack() {
        var project = project(2);
        var ann = it.annotator();
        it.answer(ann, project);
        it.answer(ann, project);
        var before = it.sight(project);
        var task = task(project, 0);
        var answer = submission(project, task);
        var which = Map.of("ids", List.of(answer));

        var preview = it.rita().post(project + "/deletions/preview", Map.of("answers", which));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.json().path("answers").asInt()).isEqualTo(1);
        assertThat(preview.json().path("reopened").asInt()).isEqualTo(1);
        assertThat(preview.json().path("releases").size()).isZero();
        assertThat(delete(project, which, 1, 2).code()).isEqualTo("answers-changed");
        assertThat(it.sight(project)).isEqualTo(before);

        var deleted = delete(project, which, 1, 1);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        assertThat(deleted.json().path("scope").asString()).isEqualTo("answers");
        assertThat(deleted.json().path("answersLeft").asInt()).isEqualTo(1);
        assertThat(deleted.json().at("/answerFilter/ids/0").asLong()).isEqualTo(answer);
        assertThat(it.count(project, "submissions")).isEqualTo("1");
        assertThat(it.count(project, "open")).isEqualTo("1");
        assertThat(answersThatCount(project)).isEqualTo(1);
        assertThat(it.rita()
                        .get(project + "/tasks/" + task)
                        .json()
                        .path("submissionList")
                        .size())
                .isZero();
        assertThat(it.rita()
                        .get(project + "/submissions/" + answer + "/comments")
                        .status())
                .isEqualTo(404);
        assertThat(history(project, task)).endsWith("answer_deleted").contains("submitted");
        assertThat(ann.post(project + "/leases", Map.of()).status()).isEqualTo(204);

        assertThat(it.undo(project, deleted.json()).json().path("undoneAt").asString())
                .isNotEmpty();
        assertThat(it.sight(project)).isEqualTo(before);
        assertThat(answersThatCount(project)).isEqualTo(2);
        assertThat(history(project, task)).endsWith("answer_restored");
    }

    @Test
    void leavesAnAnswerDeletedWhosePlaceAnotherHas() {
        var project = project(2);
        var ann = it.annotator();
        it.answer(ann, project);
        it.answer(ann, project);
        var gone = task(project, 0);
        var deleted = delete(project, Map.of("tasks", List.of(gone)), 1, 1);
        assertThat(deleted.status()).as(deleted.body()).isEqualTo(201);
        it.answer(it.annotator(), project);
        var refused = it.undo(project, deleted.json());
        assertThat(refused.code()).as(refused.body()).isEqualTo("deletion-over");
        assertThat(refused.status()).isEqualTo(409);

        var instead = submission(project, gone);
        assertThat(delete(project, Map.of("ids", List.of(instead)), 1, 1).status())
                .isEqualTo(201);
        assertThat(it.undo(project, deleted.json()).json().path("answersLeft").asInt(-1))
                .isZero();
        assertThat(answersThatCount(project)).isEqualTo(2);
    }

    @Test
    void leavesATombstoneAfterThirtyDays() throws Exception {
        var project = project(1);
        it.answer(it.annotator(), project);
        var task = task(project, 0);
        var answer = submission(project, task);
        var deleted = delete(project, Map.of("ids", List.of(answer)), 1, 1).json();
        it.purge();
        assertThat(it.rows("submission", "id = " + answer + " and jsonb_exists(answer, 'answers')"))
                .isEqualTo(1);
        it.age(deleted.path("id").asLong(), Duration.ofDays(30).plusSeconds(1));
        assertThat(it.undo(project, deleted).code()).isEqualTo("deletion-over");
        assertThat(it.purge().deletions()).isEqualTo(1);
        assertThat(it.rows("submission", "id = " + answer + " and answer = '{\"shapes\": []}' and texts is null"))
                .isEqualTo(1);
        assertThat(it.rows("lease", "task = " + task)).isEqualTo(1);
        assertThat(history(project, task)).contains("leased", "submitted", "answer_deleted");
        assertThat(answersThatCount(project)).isZero();
        it.answer(it.annotator(), project);
        assertThat(answersThatCount(project)).isEqualTo(1);
    }

    @Test
    void refusesNonsenseAndOthers() {
        var project = project(1);
        var address = project + "/deletions/preview";
        var nothing = it.rita().post(address, Map.of("answers", Map.of()));
        assertThat(nothing.json().at("/faults/0/pointer").asString()).isEqualTo("/answers");
        var both = it.rita().post(address, Map.of("answers", Map.of("batch", 0), "filter", Map.of()));
        assertThat(both.status()).isEqualTo(400);
        assertThat(delete(project, Map.of("ids", List.of(-1)), 0, 0).status()).isEqualTo(400);
        assertThat(it.annotator()
                        .post(address, Map.of("answers", Map.of("batch", 0)))
                        .status())
                .isEqualTo(403);
    }
}
