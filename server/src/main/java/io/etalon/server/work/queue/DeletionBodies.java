package io.etalon.server.work.queue;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of deletions take and give. */
final class DeletionBodies {
    private DeletionBodies() {}

    /**
     * Which assets; what is absent does not restrict, but one of both is there.
     *
     * @param name the whole name, in which a star stands for any characters or none
     */
    record AssetFilter(@Nullable List<UUID> ids, @Nullable String name) {}

    /**
     * Which answers; what is absent does not restrict, but one member is there. A person's answer to a task in a round goes
     * with all its revisions.
     *
     * @param ids numbers of submissions
     * @param tasks they are answers to
     * @param person who wrote them
     * @param batch their tasks stand in; 0 for those in none
     * @param from given from this moment on
     * @param to given before this moment
     */
    record AnswerFilter(
            @Nullable List<Long> ids,
            @Nullable List<Long> tasks,
            @Nullable UUID person,
            @Nullable Integer batch,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /**
     * What is to be deleted: the tasks of a filter, assets with their tasks, or single answers.
     *
     * @param expected how many tasks the preview found
     * @param expectedAnswers how many answers it found
     * @param expectedAssets how many assets it found, when assets are deleted; with any other number nothing is deleted
     */
    record DeletionRequest(
            QueueBodies.@Nullable TaskFilter filter,
            @Nullable AssetFilter assets,
            @Nullable AnswerFilter answers,
            @Nullable Integer expected,
            @Nullable Long expectedAnswers,
            @Nullable Long expectedAssets) {}

    /**
     * What would be deleted now.
     *
     * @param answers that count for the tasks
     * @param decisions on answers to them
     * @param inWork how many people hold one of the tasks, or of the answers; what they do is lost to them
     * @param assets 0 when the tasks of a filter, or answers, are deleted, whose assets stay
     * @param reopened of how many tasks an answer is needed again; 0 when the tasks themselves are deleted
     * @param releases the numbers of the finished releases that may hold the answers, and keep them; of answers only
     */
    record DeletionPreview(
            int tasks, long answers, long decisions, long inWork, long assets, int reopened, List<Integer> releases) {}

    /**
     * What was deleted together.
     *
     * @param filter as it was asked for, of tasks
     * @param assetFilter as it was asked for, of assets
     * @param answerFilter as it was asked for, of answers
     * @param answersLeft of single answers how many are deleted still: others had their places when the rest was brought back
     * @param purgeAt from when on it is gone for good
     * @param undoneAt when it was brought back
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeletionBody(
            long id,
            DeletionScope scope,
            QueueBodies.@Nullable TaskFilter filter,
            @Nullable AssetFilter assetFilter,
            @Nullable AnswerFilter answerFilter,
            int tasks,
            long answers,
            long decisions,
            long assets,
            @Nullable Long answersLeft,
            UUID by,
            Instant at,
            Instant purgeAt,
            @Nullable Instant undoneAt,
            @Nullable UUID undoneBy,
            @Nullable Instant purgedAt) {}

    /** The project that might be deleted. */
    record ProjectPreviewRequest(@Nullable UUID project) {}

    /**
     * What goes with a project.
     *
     * @param inWork how many people hold one of its tasks
     * @param releases the numbers of its finished releases, which have to be named to delete them with it
     */
    record ProjectDeletionPreview(
            UUID project, String name, int tasks, long answers, long assets, long inWork, List<Integer> releases) {}

    /**
     * The project that is to be deleted.
     *
     * @param name its name as it is, so that none is deleted by a slip
     * @param releases the numbers of all its finished releases; absent when it has none
     */
    record ProjectDeletionRequest(
            @Nullable UUID project,
            @Nullable String name,
            @Nullable List<Integer> releases) {}

    /**
     * A project that was deleted.
     *
     * @param name absent once it is gone for good
     * @param releases the numbers of the releases that went with it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ProjectDeletionBody(
            long id,
            UUID project,
            @Nullable String name,
            String codeName,
            List<Integer> releases,
            int tasks,
            long answers,
            long assets,
            UUID by,
            Instant at,
            Instant purgeAt,
            @Nullable Instant undoneAt,
            @Nullable UUID undoneBy,
            @Nullable Instant purgedAt) {}
}
