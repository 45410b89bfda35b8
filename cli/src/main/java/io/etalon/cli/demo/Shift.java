package io.etalon.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All people at work at once, each on a thread of his own: guidelines first, then lease, answer, submit, next; where a wall
 * closes he leaves, and where nothing waits he comes back a moment later. The first of the shared vendor's people stands by:
 * he holds leases and asks what he may still see.
 */
final class Shift implements AutoCloseable {
    private static final int IN_A_ROW = 8;
    private static final Duration REST = Duration.ofMillis(40);
    /** However little there is to do, it takes about as long: time in which something else can happen. */
    private static final Duration AT_LEAST = Duration.ofSeconds(4);

    private static final int CREATED = 201;
    private static final int NOTHING = 204;
    private static final int REFUSED = 403;
    private static final int TOO_LATE = 409;

    private final JuneWorld world;
    /** How long somebody thinks about an item. */
    private final long thinking;

    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong fenced = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    /** A submission of each client's own people, by the client's slug. */
    private final ConcurrentMap<String, Given> own = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean over;

    /** An answer and who gave it. */
    record Given(JuneWorld.Worker by, long submission) {}

    Shift(JuneWorld world) {
        this.world = world;
        this.thinking = AT_LEAST.toNanos() * world.people().size() / (world.tasks() * (long) Maker.REDUNDANCY);
        world.people().stream().skip(1).forEach(worker -> threads.submit(() -> work(worker)));
    }

    /** Who stands by. */
    JuneWorld.Worker bystander() {
        return world.people().getFirst();
    }

    long answers() {
        return answers.get();
    }

    /** How often somebody found a wall before him. */
    long refused() {
        return refused.get();
    }

    /** Answers that came after their lease had been taken away. */
    long fenced() {
        return fenced.get();
    }

    /** @throws DemoFailure when somebody met what he should not have */
    void requireSound() {
        var met = failure.get();
        if (met != null) {
            throw new DemoFailure("somebody at work met a fault: " + met.getMessage(), met);
        }
    }

    /** A submission that somebody of the client's own team made. */
    Given ownAnswer(Maker maker) {
        var given = own.get(maker.slug());
        if (given == null) {
            throw new DemoFailure("nobody of the own team of " + maker.name() + " gave an answer");
        }
        return given;
    }

    private void work(JuneWorld.Worker worker) {
        try {
            var places = new ArrayList<>(worker.makers());
            // Not all begin at the same client.
            Collections.rotate(places, -worker.number() % places.size());
            for (var maker : worker.makers()) {
                worker.api().get(maker.project() + "/guidelines");
            }
            while (!over && !places.isEmpty()) {
                var done = 0;
                for (var maker : List.copyOf(places)) {
                    var here = stretch(worker, maker);
                    if (here < 0) {
                        places.remove(maker);
                    }
                    done += Math.max(0, here);
                }
                if (done == 0) {
                    LockSupport.parkNanos(REST.toNanos());
                }
            }
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Some answers in a row; returns how many, or -1 when a wall stands there. */
    private int stretch(JuneWorld.Worker worker, Maker maker) {
        var given = 0;
        var first = worker.api().ask(maker.project() + "/leases", Map.of());
        if (isWalled(first)) {
            return -1;
        }
        var lease = first.status() == CREATED ? first.body() : null;
        if (lease == null && first.status() != NOTHING) {
            throw unexpected(worker, first);
        }
        while (lease != null && lease.isObject()) {
            LockSupport.parkNanos(thinking);
            var more = given + 1 < IN_A_ROW && !over;
            var reply = submit(worker, maker, lease, more);
            if (isWalled(reply)) {
                return -1;
            }
            if (reply.status() == TOO_LATE) {
                fenced.incrementAndGet();
                return given;
            }
            if (reply.status() != CREATED) {
                throw unexpected(worker, reply);
            }
            answers.incrementAndGet();
            given++;
            if (worker.employer().equals(Maker.OWN)) {
                own.putIfAbsent(
                        maker.slug(),
                        new Given(worker, reply.body().at("/submission/id").asLong()));
            }
            lease = reply.body().get("next");
        }
        return given;
    }

    private Api.Reply submit(JuneWorld.Worker worker, Maker maker, JsonNode lease, boolean next) {
        var item = item(lease);
        return worker.api()
                .ask(
                        maker.project() + "/leases/" + lease.get("id").asLong() + "/submission",
                        Map.of(
                                "token",
                                lease.get("token"),
                                "answer",
                                Map.of(
                                        "answers",
                                        Map.of("class", world.truths().answer(item, worker.number(), worker.skill())),
                                        "shapes",
                                        List.of()),
                                "activeSeconds",
                                4,
                                "next",
                                next));
    }

    /** The item's number, at the end of the asset's name. */
    private static int item(JsonNode lease) {
        var name = lease.get("task").get("asset").get("name").asString();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1, name.length() - ".txt".length()));
    }

    private boolean isWalled(Api.Reply reply) {
        if (reply.status() != REFUSED || !reply.code().equals("wall")) {
            return false;
        }
        refused.incrementAndGet();
        return true;
    }

    private static DemoFailure unexpected(JuneWorld.Worker worker, Api.Reply reply) {
        return new DemoFailure(worker.name() + " was answered " + reply.status() + ": " + reply.body());
    }

    @Override
    public void close() {
        over = true;
        threads.close();
    }
}
