package io.etalon.server.faults;

import io.etalon.server.feed.Listening;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A screen that follows the project and comes back after each kill with the last event that it heard. */
final class Follower implements Runnable {
    private final String url;
    private final SmallJob job;
    private final Map<String, Long> told = new ConcurrentHashMap<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private volatile @Nullable String last;
    private volatile boolean ended;

    Follower(String url, SmallJob job) {
        this.url = url;
        this.job = job;
        Thread.ofVirtual().start(this);
        Await.until("the follower hears", Duration.ofSeconds(20), () -> last != null);
    }

    @Override
    public void run() {
        while (!ended) {
            try (var stream = Listening.at(url, job.cookie("requester"), job.path() + "/events", last)) {
                for (var heard = stream.next(); !heard.name().equals("end"); heard = stream.next()) {
                    hear(heard);
                }
            } catch (Exception | AssertionError e) {
                // Nobody answers, or nothing happens: it comes back.
                LockSupport.parkNanos(50_000_000);
            }
        }
    }

    private void hear(Listening.Heard heard) {
        last = heard.id();
        if (heard.name().equals("work.done")) {
            var count = heard.data().replaceAll(".*\"submissions\": ?(\\d+).*", "$1");
            var submissions = count.equals(heard.data()) ? 0 : Long.parseLong(count);
            if (told.putIfAbsent(heard.id(), submissions) != null) {
                repeated.incrementAndGet();
            }
        }
    }

    long submissions() {
        return told.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Events that came a second time. */
    int repeated() {
        return repeated.get();
    }

    void end() {
        ended = true;
    }
}
