package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.feed.Listening;
import io.etalon.server.testing.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The process that brings events to screens is killed (SIGKILL) in the midst of changes; who comes back with the last event
 * he heard has missed none of those that were acknowledged.
 */
final class KilledFeedTest {
    private static final int CHANGES = 12;

    @Test
    void whoComesBackAfterAKillHasMissedNothing() throws Exception {
        var data = TestServer.freshData();
        var port = KilledServerTest.twoFreePorts();
        var child = ChildServer.start(data, port, "killed-feed");
        try {
            var job = new SmallJob(child.url(), "killed-feed", child.sessions()).project(1, 0);
            var heard = new ArrayList<Listening.Heard>();
            try (var stream = Listening.at(child.url(), job.cookie("requester"), job.path() + "/events", null)) {
                stream.next("ready");
                change(job, 0);
                heard.add(stream.next("project.changed"));
                for (var n = 1; n < CHANGES; n++) {
                    change(job, n);
                }
                child.kill();
                heard.addAll(stream.rest());
            }
            heard.removeIf(event -> !event.name().equals("project.changed"));
            child = ChildServer.start(data, port);
            var last = heard.getLast().id();
            try (var stream = Listening.at(child.url(), job.cookie("requester"), job.path() + "/events", last)) {
                while (versions(heard).size() < CHANGES) {
                    heard.add(stream.next("project.changed"));
                }
            }
            assertThat(versions(heard)).as("every acknowledged change, in order").isSorted();
            assertThat(new TreeSet<>(heard.stream().map(Listening.Heard::id).toList()))
                    .as("each once")
                    .hasSameSizeAs(heard);
        } finally {
            child.kill();
        }
    }

    private static void change(SmallJob job, int number) {
        var changed = job.as("requester").post(job.path() + "/guidelines", Map.of("markdown", "# " + number));
        assertThat(changed.status()).as(changed.body()).isEqualTo(201);
    }

    /** The versions of the guidelines that were heard of, without the first, which came with the project. */
    private static List<Integer> versions(List<Listening.Heard> heard) {
        return heard.stream()
                .map(event -> event.data().replaceAll(".*\"guidelineVersion\": ?(\\d+).*", "$1"))
                .map(Integer::valueOf)
                .filter(version -> version > 1)
                .toList();
    }
}
