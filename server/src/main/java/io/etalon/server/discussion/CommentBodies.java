package io.etalon.server.discussion;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of comments take and give. */
final class CommentBodies {
    private CommentBodies() {}

    /** A part of the asset, in pixels of the displayed image. */
    record CommentRegion(double x, double y, double width, double height) {}

    /** What a comment is about: a question or a shape of the answer, a part of the asset, or the answer as a whole. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommentPlace(
            @Nullable String question,
            @Nullable String shape,
            @Nullable CommentRegion region) {}

    /**
     * A comment on its way in.
     *
     * @param replyTo the thread it belongs to; a new one without it
     * @param mentions who is called upon
     */
    record NewComment(
            String text,
            @Nullable CommentPlace place,
            @Nullable UUID replyTo,
            @Nullable List<UUID> mentions) {}

    /** Author and mentions are names in the client's log. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CommentBody(
            UUID id, String author, String text, @Nullable CommentPlace place, List<String> mentions, Instant at) {}

    /** A comment and its replies, which bear its id. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ThreadBody(
            UUID id,
            List<CommentBody> comments,
            @Nullable String resolvedBy,
            @Nullable Instant resolvedAt) {}

    /** Where somebody was called upon; the client by its address and the project by its code name, as in work lists. */
    record MentionBody(
            String client,
            UUID project,
            String codeName,
            long submission,
            UUID thread,
            boolean resolved,
            CommentBody comment) {}
}
