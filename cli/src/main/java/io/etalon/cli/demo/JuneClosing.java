package io.etalon.cli.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** The first outcome: the stake is entered, and the four competitors' walls close before the vendor at once. */
final class JuneClosing {
    /** What is promised. */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int REFUSED = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LATE = 409;

    private final JuneWorld world;
    private final List<Held> held = new ArrayList<>();
    private double answered;
    private double ended;
    private int people;
    private int leases;

    JuneClosing(JuneWorld world) {
        this.world = world;
    }

    /** What one of the vendor's people holds when it happens. */
    private record Held(Maker maker, JsonNode lease, String url) {}

    /** Has one of the vendor's people take a lease at each competitor, and see what it shows. */
    void hold(Shift shift) {
        var bystander = shift.bystander().api();
        world.competitors().forEach(maker -> held.add(hold(bystander, maker)));
    }

    /** Enters the stake, and asks until nothing is open to who could see everything a moment before. */
    void buy(Shift shift) {
        var bystander = shift.bystander().api();
        var begun = System.nanoTime();
        world.operator()
                .post(
                        "/api/v1/stakes",
                        Map.of(
                                "owner",
                                world.buyer().organisation(),
                                "held",
                                world.foundry(),
                                "percent",
                                49,
                                "voting",
                                false,
                                "since",
                                "2025-06-13",
                                "source",
                                "the press of 13 June 2025"));
        answered = seconds(begun);
        while (!held.stream().allMatch(one -> isShut(bystander, one))) {
            if (seconds(begun) > LIMIT.toSeconds()) {
                throw new DemoFailure("access goes on " + LIMIT.toSeconds() + " s after the change");
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        ended = seconds(begun);
        for (var one : held) {
            var late = bystander.ask(
                    one.maker().project() + "/leases/" + one.lease().get("id").asLong() + "/submission",
                    Map.of(
                            "token",
                            one.lease().get("token"),
                            "answer",
                            Map.of(
                                    "answers",
                                    Map.of("class", world.truths().classes().getFirst()),
                                    "shapes",
                                    List.of()),
                            "activeSeconds",
                            1));
            Check.equal("an answer to a fenced lease of " + one.maker().name(), TOO_LATE, late.status());
        }
        world.competitors().forEach(this::requireClosed);
        Check.equal("walls closed at the buyer", 0, closings(world.buyer()).size());
        Check.equal(
                "the vendor's leases at its owner",
                OK,
                bystander.look(world.buyer().project() + "/leases").status());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Held hold(Api person, Maker maker) {
        var lease = person.ask(maker.project() + "/leases", Map.of());
        Check.equal("a lease at " + maker.name() + " before the change", CREATED, lease.status());
        var url = lease.body().at("/task/content/url").asString();
        Check.equal("the signed address before the change", OK, person.statusOf(url));
        Check.equal(
                "the session before the change",
                OK,
                person.look(maker.project() + "/leases").status());
        return new Held(maker, lease.body(), url);
    }

    private static boolean isShut(Api person, Held held) {
        return person.look(held.maker().project() + "/leases").status() == REFUSED
                && person.look(held.maker().project() + "/guidelines").status() == REFUSED
                && person.statusOf(held.url()) == NOT_FOUND;
    }

    private static List<JsonNode> closings(Maker maker) {
        return maker.officer()
                .get(maker.at() + "/walls/closings")
                .get("items")
                .valueStream()
                .toList();
    }

    private void requireClosed(Maker maker) {
        var closing = closings(maker).stream()
                .filter(one -> one.get("subject").asString().equals(maker.team(world.foundry())))
                .findFirst()
                .orElseThrow(() -> new DemoFailure("no wall of " + maker.name() + " closed"));
        Check.that(
                "open leases of " + maker.name() + " are fenced",
                closing.path("leases").asInt(0) > 0);
        people += closing.get("people").asInt();
        leases += closing.get("leases").asInt();
    }

    String said() {
        return String.format(
                Locale.ROOT,
                "Llama maker holds 49 %% of Foundry: answered in %.2f s, last access refused after %.2f s",
                answered,
                ended);
    }

    /** Reads the four logs from the change on: no lease, no look by anybody of the vendor's. */
    String check() {
        var others = 0L;
        for (var maker : world.competitors()) {
            var change = maker.entries("OWNERSHIP", 0).keySet().stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElseThrow(() -> new DemoFailure(maker.name() + " was not told of the change"));
            var gone = new HashSet<>(maker.people(maker.team(world.foundry())));
            for (var op : List.of("LEASE", "VIEW", "READ")) {
                for (var entry : maker.entries(op, change).entrySet()) {
                    if (gone.contains(entry.getValue().path("actor").asString(""))) {
                        throw new DemoFailure("entry " + entry.getKey() + " of " + maker.name() + " is a " + op
                                + " by the vendor after the change at entry " + change);
                    }
                    others += op.equals("LEASE") ? 1 : 0;
                }
            }
        }
        Check.that("others take leases after the change", others > 0);
        return String.format(
                Locale.ROOT,
                "4 walls closed in %.2f s, %d times somebody shut out, %d open leases fenced, access (session, signed"
                        + " address) ended after %.2f s of %d allowed; leases after the change: 0 by the vendor, %d by"
                        + " others",
                answered,
                people,
                leases,
                ended,
                LIMIT.toSeconds(),
                others);
    }
}
