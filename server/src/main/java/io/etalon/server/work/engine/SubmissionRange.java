package io.etalon.server.work.engine;

import io.etalon.server.event.Event;
import io.etalon.server.event.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** Submissions of one project by their numbers, as the news of a transaction tells them: for who counts behind the work. */
public record SubmissionRange(UUID project, long first, long last) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What some events tell of, in their order. */
    public static List<SubmissionRange> of(List<Event> events) {
        var ranges = new ArrayList<SubmissionRange>();
        for (var event : events) {
            var project = event.project();
            if (event.kind() == EventKind.WORK_DONE && project != null) {
                var payload = JSON.readTree(event.payload());
                var first = payload.path("firstSubmission").asLong(0);
                if (first > 0) {
                    ranges.add(new SubmissionRange(
                            project.value(),
                            first,
                            payload.path("lastSubmission").asLong()));
                }
            }
        }
        return ranges;
    }
}
