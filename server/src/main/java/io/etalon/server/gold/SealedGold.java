package io.etalon.server.gold;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.formats.AnswerJson;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.project.Projects;
import io.etalon.server.work.AnswerSeal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Known answers and feedback under the project's key, bound to their task; and people's answers opened. Thread-safe. */
@Component
final class SealedGold {
    private final ClientKeys keys;
    private final Projects projects;

    SealedGold(ClientKeys keys, Projects projects) {
        this.keys = keys;
        this.projects = projects;
    }

    byte[] answer(ClientId client, ProjectId project, long task, Answer answer) {
        return keys.seal(client, project, answerOf(task), AnswerJson.write(answer));
    }

    byte[] feedback(ClientId client, ProjectId project, long task, String text) {
        return keys.seal(client, project, feedbackOn(task), text.getBytes(UTF_8));
    }

    Answer known(ClientId client, ProjectId project, GoldStore.Row gold) {
        var plain = keys.open(client, project, answerOf(gold.item().task()), gold.answer());
        return read(client, project, gold.ontologyVersion(), plain);
    }

    @Nullable
    String feedback(ClientId client, ProjectId project, GoldStore.Row gold) {
        var text = gold.feedback();
        return text == null
                ? null
                : new String(keys.open(client, project, feedbackOn(gold.item().task()), text), UTF_8);
    }

    /** What somebody answered, from the tables of work. */
    Answer given(ClientId client, ProjectId project, GoldStore.Stored stored) {
        var plain = stored.texts() == null
                ? stored.json().getBytes(UTF_8)
                : keys.open(client, project, AnswerSeal.context(stored.lease()), stored.texts());
        return read(client, project, stored.ontologyVersion(), plain);
    }

    private Answer read(ClientId client, ProjectId project, int version, byte[] plain) {
        return AnswerJson.read(projects.ontology(client, project, version).ontology(), plain)
                .orThrow();
    }

    private static String answerOf(long task) {
        return "gold answer " + task;
    }

    private static String feedbackOn(long task) {
        return "gold feedback " + task;
    }
}
