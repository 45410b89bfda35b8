package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * One client asks ten times as often as the server can answer, while another client's people work. The server admits as it
 * does where nobody configured it. The whole experiment asks for longer.
 */
final class OverloadTest {
    private static final Duration PEAK = Duration.ofMillis(Faults.times(1_000, 5_000));
    private static final Duration FLOOD = Duration.ofMillis(Faults.times(3_000, 15_000));
    /** Before the flood is looked at: the lines are full then. */
    private static final Duration RISING = Duration.ofSeconds(Faults.times(1, 3));

    /** An answer that comes later is of no use to who asked. */
    private static final Duration USEFUL = Duration.ofSeconds(2);

    private static final int TASKS = 200;

    /** The quiet client's people have more to do than they manage. */
    private static final int QUIET_TASKS = Faults.times(200, 2_000);

    private static final List<String> PEOPLE = List.of("anna", "ben", "cleo", "dora");

    private static final String SLOTS = "etalon.admission.slots";
    private static final long END = Long.MIN_VALUE;
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    /**
     * What came of a flood.
     *
     * @param busy what the other client's people saw while as much was asked as can just be served
     * @param others what they saw in the flood
     */
    private record Seen(double peak, double offered, double good, int refused, int late, Work busy, Work others) {
        boolean holds() {
            return good >= 0.8 * peak;
        }
    }

    /** What the other client's people got done, and how long a task took them. */
    private record Work(int done, int failed, long p50Millis, long p99Millis) {}

    @Test
    void goesOnServingWhatItCanAndRefusesTheRestEarly() throws Exception {
        var seen = flood();
        Faults.saw(seen.toString());
        if (Faults.whole()) {
            // In every test run other programs have the machine too, and a second's rates say little.
            assertThat(seen.offered()).isGreaterThan(7 * seen.peak());
            assertThat(seen.holds()).as("%s", seen).isTrue();
            assertThat(seen.others().p99Millis())
                    .as("a quiet client waits as on a server that is just busy: %s", seen)
                    .isLessThan(2 * seen.busy().p99Millis());
        }
        assertThat(seen.refused()).isPositive();
        assertThat(seen.others().done()).as("the other client's people worked").isPositive();
        assertThat(seen.others().failed()).as("and lost no lease").isZero();
    }

    /** The control: with no gate the same flood leaves little that comes in time. */
    @Test
    void servesLittleInTimeWithoutAGate() throws Exception {
        assumeThat(Faults.whole())
                .as("a control; it runs with ./etalon test faults")
                .isTrue();
        System.setProperty(SLOTS, "0");
        try {
            var seen = flood();
            Faults.saw("without a gate: " + seen);
            assertThat(seen.holds()).as("%s", seen).isFalse();
        } finally {
            System.clearProperty(SLOTS);
        }
    }

    private static Seen flood() throws Exception {
        try (var server = TestServer.start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var noisy = SmallJob.on(server, "noisy").project(1, 0).images(TASKS).plan();
            var quiet = SmallJob.on(server, "quiet", PEOPLE.toArray(String[]::new))
                    .project(2, 0)
                    .images(QUIET_TASKS)
                    .plan();
            var asker = new Asker(
                    URI.create(server.url()).getPort(),
                    "/api/v1" + noisy.path() + "/assets?limit=" + TASKS,
                    noisy.cookie("requester"));
            peak(asker);
            var before = peak(asker);
            var beside = new Desks(quiet, threads, "busy");
            for (var i = 0; i < Faults.times(1, 3); i++) {
                peak(asker);
            }
            var busy = beside.end();
            var desks = new Desks(quiet, threads, "flood");
            var replies = asker.flood(10 * before);
            assertThat(Http.at(server.url()).get("//health").status()).isEqualTo(200);
            var others = desks.end();
            return new Seen(
                    // Other programs of the machine take now more and now less of it.
                    Math.min(before, peak(asker)),
                    replies.sent.get() / seconds(RISING.plus(FLOOD)),
                    replies.good.get() / seconds(FLOOD),
                    replies.refused.get(),
                    replies.late.get(),
                    busy,
                    others);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    /** The most that is served, in requests a second: sixteen ask, each again as soon as it is answered. */
    private static double peak(Asker asker) throws Exception {
        var done = new AtomicInteger();
        var until = System.nanoTime() + PEAK.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 16; i++) {
                threads.submit(() -> {
                    try (var line = asker.connect()) {
                        while (System.nanoTime() < until) {
                            assertThat(line.ask()).isEqualTo(200);
                            done.incrementAndGet();
                        }
                    }
                    return null;
                });
            }
        }
        return done.get() / seconds(PEAK);
    }

    private static final class Replies {
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger good = new AtomicInteger();
        private final AtomicInteger refused = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();

        private volatile long from = Long.MAX_VALUE;
        private volatile long until = Long.MAX_VALUE;

        /** Counts what comes while the flood is looked at; what comes after it is of no use. A refusal is one at any time. */
        void count(int status, long nanos) {
            var now = System.nanoTime();
            if (status == 429 || status == 503) {
                refused.incrementAndGet();
                return;
            }
            if (now < from || now > until) {
                return;
            }
            if (nanos > USEFUL.toNanos()) {
                late.incrementAndGet();
            } else if (status == 200) {
                good.incrementAndGet();
            } else {
                late.incrementAndGet();
            }
        }
    }

    /** Sends one request again and again over open connections, at little cost of its own. */
    private record Asker(int port, String address, String cookie) {
        /** More than the lines hold also while the gate is cold, as it may be still where a machine is slow. */
        private static final int CONNECTIONS = Faults.times(1_000, 1_200);

        Line connect() throws IOException {
            var request = "GET " + address + " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nCookie: "
                    + cookie + "\r\n\r\n";
            return new Line(new Socket(InetAddress.getLoopbackAddress(), port), request.getBytes(US_ASCII));
        }

        /** Asks at this rate, whatever comes of it: a request that finds no connection free waits for one, and its time runs. */
        Replies flood(double rate) {
            var replies = new Replies();
            var due = new LinkedBlockingQueue<Long>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var i = 0; i < CONNECTIONS; i++) {
                    threads.submit(() -> answer(due, replies));
                }
                var began = System.nanoTime();
                replies.from = began + RISING.toNanos();
                replies.until = replies.from + FLOOD.toNanos();
                for (var now = began; now < replies.until; now = System.nanoTime()) {
                    var until = (int) (rate * (now - began) / TimeUnit.SECONDS.toNanos(1));
                    for (; replies.sent.get() < until; replies.sent.incrementAndGet()) {
                        due.add(now);
                    }
                    LockSupport.parkNanos(2_000_000);
                }
                for (var i = 0; i < CONNECTIONS; i++) {
                    due.add(END);
                }
            }
            return replies;
        }

        private Void answer(LinkedBlockingQueue<Long> due, Replies replies) throws Exception {
            try (var line = connect()) {
                for (var began = due.take(); began != END; began = due.take()) {
                    // Who has waited in vain for so long gives up.
                    var status = System.nanoTime() - began > USEFUL.toNanos() ? 0 : line.ask();
                    replies.count(status, System.nanoTime() - began);
                }
            }
            return null;
        }
    }

    private record Line(Socket socket, byte[] request) implements AutoCloseable {
        /** Returns the status; what refuses must say when to come back. */
        int ask() throws IOException {
            socket.getOutputStream().write(request);
            var in = socket.getInputStream();
            var bytes = new byte[16_384];
            var read = in.read(bytes);
            var head = new String(bytes, 0, Math.max(0, read), ISO_8859_1);
            var status = Integer.parseInt(head.substring(9, 12));
            if (status != 200) {
                assertThat(head).contains("Retry-After: ", "application/problem+json", "\"code\"");
                return status;
            }
            for (var tail = tail(head); !tail.equals(LAST_CHUNK); ) {
                read = in.read(bytes);
                if (read < 0) {
                    throw new IOException("cut off");
                }
                tail = tail(tail + new String(bytes, 0, read, ISO_8859_1));
            }
            return status;
        }

        private static String tail(String text) {
            return text.substring(Math.max(0, text.length() - LAST_CHUNK.length()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Takes and hands in work as desks do. */
    private static final class Desks {
        private final ConcurrentLinkedQueue<Long> latencies = new ConcurrentLinkedQueue<>();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();
        private final List<Future<?>> workers = new ArrayList<>();

        Desks(SmallJob job, ExecutorService threads, String keys) {
            for (var who : PEOPLE) {
                workers.add(threads.submit(() -> work(job, who, keys + who)));
            }
        }

        private void work(SmallJob job, String who, String keys) {
            for (var turn = 0; !ended.get(); turn++) {
                var began = System.nanoTime();
                var lease = job.lease(who);
                if (lease.status() != 201) {
                    failed.addAndGet(lease.status() == 204 ? 0 : 1);
                    return;
                }
                var handed = job.submit(who, lease.json(), SmallJob.answer("note"), keys + turn);
                if (handed.status() != 201) {
                    failed.incrementAndGet();
                }
                latencies.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                LockSupport.parkNanos(10_000_000);
            }
        }

        Work end() throws Exception {
            ended.set(true);
            for (var worker : workers) {
                worker.get();
            }
            var sorted = latencies.stream().sorted().toList();
            return new Work(sorted.size(), failed.get(), at(sorted, 50), at(sorted, 99));
        }

        private static long at(List<Long> sorted, int percent) {
            return sorted.isEmpty() ? -1 : sorted.get((sorted.size() - 1) * percent / 100);
        }
    }
}
