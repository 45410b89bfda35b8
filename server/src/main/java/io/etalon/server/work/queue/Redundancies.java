package io.etalon.server.work.queue;

import io.etalon.annotation.Ontology;
import io.etalon.annotation.Question;
import io.etalon.annotation.QuestionType;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.engine.Dispatcher;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.policy.Opinions;
import io.etalon.server.work.policy.QueuePolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Decides after an answer whether its task needs another one, or none any more, by the answers to its questions with
 * options. Runs on the caller's thread, so that the writers wait for nobody's arithmetic. Thread-safe.
 */
@Component
public final class Redundancies {
    private static final Logger LOG = LoggerFactory.getLogger(Redundancies.class);
    /** Answers whose decision may have been cut off when a server died: more than can be under way at once. */
    private static final int UNDER_WAY = 16_384;

    private final Projects projects;
    private final TenantScope scope;
    private final ObjectMapper json;
    private final OpinionStore store = new OpinionStore();

    Redundancies(Projects projects, TenantScope scope, ObjectMapper json) {
        this.projects = projects;
        this.scope = scope;
        this.json = json;
    }

    /**
     * Decides on a task to which an answer was committed. The answer stands whatever happens here; what cannot be decided
     * now is when the queue is opened again.
     */
    public void consider(ClientId client, ProjectId project, long task, Dispatcher engine) {
        try {
            var rule = engine.with(project, WorkQueue::policy).adaptive();
            if (rule != null) {
                decide(client, project, task, engine, rule);
            }
        } catch (RuntimeException e) {
            LOG.warn("redundancy undecided client={} task={} reason={}", client, task, e.toString());
        }
    }

    /** Decides again on the tasks that were answered last, in the background: after a queue was opened. */
    public void reconsider(ClientId client, ProjectId project, QueuePolicy policy, Dispatcher engine) {
        if (policy.adaptive() != null) {
            Thread.ofVirtual().name("redundancy-" + client).start(() -> {
                try {
                    scope.client(client, tx -> store.newest(tx, project, UNDER_WAY))
                            .forEach(task -> consider(client, project, task, engine));
                } catch (RuntimeException e) {
                    LOG.warn("redundancy undecided client={} reason={}", client, e.toString());
                }
            });
        }
    }

    private void decide(ClientId client, ProjectId project, long task, Dispatcher engine, QueuePolicy.Adaptive rule) {
        var settings = projects.get(client, project);
        var questions = comparable(
                projects.ontology(client, project, settings.ontologyVersion()).ontology());
        var given = scope.client(client, tx -> store.given(tx, task));
        var opinions = opinions(questions, given);
        engine.decideNeed(
                project,
                new Dispatcher.Seen(task, given.size()),
                needed -> opinions.needed(rule, given.size(), needed));
    }

    private Opinions opinions(List<Question> questions, List<OpinionStore.Given> given) {
        // A person's repeated judgement is no second opinion.
        var first = given.stream()
                .filter(one -> one.round() == 1)
                .map(one -> json.readTree(one.answers()))
                .toList();
        var compared = new ArrayList<Opinions.Question>();
        for (var question : questions) {
            var answers = new ArrayList<String>();
            for (var answer : first) {
                var option = option(answer.get(question.id()));
                if (option != null) {
                    answers.add(option);
                }
            }
            if (!answers.isEmpty()) {
                // Older answers may name options that the ontology has retired.
                var options = Math.max(
                        question.type() == QuestionType.BOOLEAN
                                ? 2
                                : question.options().size(),
                        new HashSet<>(answers).size());
                compared.add(new Opinions.Question(Math.max(2, options), answers));
            }
        }
        return new Opinions(compared);
    }

    private static @Nullable String option(@Nullable JsonNode value) {
        return value == null || !(value.isString() || value.isBoolean()) ? null : value.asString();
    }

    /** The questions whose answers can be compared: one of several options, or yes and no. */
    static List<Question> comparable(Ontology ontology) {
        return ontology.questions().stream()
                .filter(question -> question.type() == QuestionType.CHOICE || question.type() == QuestionType.BOOLEAN)
                .toList();
    }
}
