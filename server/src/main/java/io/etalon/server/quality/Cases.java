package io.etalon.server.quality;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.work.AnswerSnapshot;
import io.etalon.server.work.EffectiveAnswer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;

/** Reads the cases of a project from a snapshot of its answers, {@value #AT_ONCE} in memory at a time. Not thread-safe. */
final class Cases {
    private static final int AT_ONCE = 2_000;

    /** Whose cases. */
    record Place(ClientId client, ProjectId project) {}

    /** Hears of a case. */
    @FunctionalInterface
    interface Reader {
        void read(Evidence.Case about) throws IOException;
    }

    /** A task whose answers are being gathered. */
    private record Open(UUID asset, List<GivenAnswer> answers) {}

    private final Assets assets;
    private final Place place;
    private final AnswerSnapshot snapshot;

    Cases(Assets assets, Place place, AnswerSnapshot snapshot) {
        this.assets = assets;
        this.place = place;
        this.snapshot = snapshot;
    }

    /** Tells of each task that somebody answered, in the order of tasks, and how many they were. */
    long each(LongPredicate finished, Reader reader) throws Exception {
        var gathered = new LinkedHashMap<Long, Open>();
        var told = new long[1];
        snapshot.each(answer -> {
            // The answers come task by task: with the next one, those before are complete.
            if (gathered.size() == AT_ONCE && !gathered.containsKey(answer.task())) {
                told[0] += tell(gathered, finished, reader);
                gathered.clear();
            }
            gathered.computeIfAbsent(answer.task(), task -> new Open(answer.asset(), new ArrayList<>()))
                    .answers()
                    .add(given(answer));
        });
        return told[0] + tell(gathered, finished, reader);
    }

    private long tell(LinkedHashMap<Long, Open> gathered, LongPredicate finished, Reader reader) {
        if (gathered.isEmpty()) {
            return 0;
        }
        var tasks = gathered.sequencedKeySet();
        var merged = snapshot.merges(tasks.getFirst(), tasks.getLast());
        var found = assets.getAll(
                place.client(),
                place.project(),
                gathered.values().stream().map(Open::asset).toList());
        var told = 0L;
        for (var entry : gathered.entrySet()) {
            var task = entry.getKey();
            // A task whose asset is gone is left out.
            var asset = found.get(entry.getValue().asset());
            if (asset != null) {
                var answered = new AnsweredTask(
                        task, asset.id(), finished.test(task), entry.getValue().answers(), merged.get(task));
                read(new Evidence.Case(answered, asset), reader);
                told++;
            }
        }
        return told;
    }

    private static void read(Evidence.Case about, Reader reader) {
        try {
            reader.read(about);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static GivenAnswer given(EffectiveAnswer answer) {
        return new GivenAnswer(
                answer.person(),
                answer.round(),
                answer.ontologyVersion(),
                answer.guidelineVersion(),
                answer.activeSeconds(),
                answer.submittedAt(),
                answer.state(),
                answer.own(),
                answer.answer(),
                answer.reviewer());
    }
}
