package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The people at their desks, in a process of their own: each hands in an answer and gets the next task with one request
 * over a connection that stays open. One thread waits for all their replies, and HTTP is spoken by hand, since people take
 * nothing of the machine that is measured: what their process takes is missing to the server.
 */
public final class HttpLoad {
    private final Selector selector;
    private final List<Desk> desks = new ArrayList<>();
    /** Nanoseconds that each request took. */
    private final Latencies latencies = new Latencies();

    private boolean workedOut;
    /** How often each of them begins a request; 0 for as often as he can. */
    private final long every;

    private HttpLoad(Selector selector, long every) {
        this.selector = selector;
        this.every = every;
    }

    /**
     * Takes loads as lines of standard input, {@code path connections seconds rate answer}, and answers each with a line: the
     * rate, the 99th percentile in milliseconds, and the processor seconds that this process took for it. One process
     * for all, so that what is measured is not its compiler.
     *
     * @param arguments the server's address and the file with the people's sessions
     */
    public static void main(String[] arguments) throws IOException {
        var server = URI.create(arguments[0]);
        var tokens = Files.readAllLines(Path.of(arguments[1]));
        var asked = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (var line = asked.readLine(); line != null; line = asked.readLine()) {
            var words = line.split(" ", 5);
            var before = processorNanos();
            var done = run(server, tokens, words);
            System.out.println(
                    String.format(Locale.ROOT, "%f %f %f", done.rate(), done.p99(), (processorNanos() - before) / 1e9));
        }
    }

    /**
     * What was done.
     *
     * @param p99 milliseconds that 99 of 100 requests took at most
     */
    private record Done(double rate, double p99) {}

    private static Done run(URI server, List<String> tokens, String[] words) throws IOException {
        var path = words[0];
        var connections = Integer.parseInt(words[1]);
        var seconds = Double.parseDouble(words[2]);
        var rate = Double.parseDouble(words[3]);
        var pages = path.contains("?");
        try (var selector = Selector.open()) {
            var load = new HttpLoad(selector, rate == 0 ? 0 : (long) (connections / rate * 1e9));
            for (var i = 0; i < connections; i++) {
                // Pages are got by the requester, who comes last.
                var line = new HttpLine(server, pages ? tokens.getLast() : tokens.get(i));
                load.desks.add(new Desk(line, path, !pages, words[4]));
            }
            load.sitDown();
            var done = load.run((long) (seconds * 1e9));
            load.leave();
            return done;
        }
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Runs until the time is over or the work runs out; what is under way then counts for nothing. */
    private Done run(long nanos) throws IOException {
        var begun = System.nanoTime();
        var end = begun + nanos;
        for (var i = 0; i < desks.size(); i++) {
            var desk = desks.get(i);
            desk.register(selector);
            desk.due = begun + every * i / desks.size();
        }
        var now = begun;
        while (now < end && !workedOut) {
            var wait = Math.min(end, begin(now)) - now;
            selector.select(this::ready, Math.max(1, wait / 1_000_000));
            now = System.nanoTime();
        }
        var done = latencies.size() / ((now - begun) / 1e9);
        return new Done(done, latencies.p99());
    }

    /** Sends the requests that are due, and returns when the next one is. */
    private long begin(long now) throws IOException {
        var next = Long.MAX_VALUE;
        if (every > 0 || latencies.size() == 0) {
            for (var desk : desks) {
                if (!desk.waits && desk.due <= now) {
                    desk.begin(every == 0 ? now : desk.due);
                }
                next = desk.waits ? next : Math.min(next, desk.due);
            }
        }
        return next;
    }

    private void ready(SelectionKey key) {
        var desk = (Desk) key.attachment();
        try {
            if (!desk.line.progress(key)) {
                return;
            }
            desk.take(desk.line.reply());
            var now = System.nanoTime();
            latencies.add(now - desk.begun);
            if (!desk.hasWork()) {
                workedOut = true;
            } else if (every == 0) {
                desk.begin(now);
            } else {
                // What comes late because the request before took long has waited since its own time.
                desk.due += every;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All ask for their first task at the same time. */
    private void sitDown() throws IOException {
        for (var desk : desks) {
            desk.ask();
        }
        for (var desk : desks) {
            desk.begun();
        }
    }

    /** Who leaves gives back what he holds: the next measurement begins with free hands. */
    private void leave() throws IOException {
        for (var desk : desks) {
            desk.key().cancel();
        }
        selector.selectNow();
        for (var desk : desks) {
            desk.giveBack();
        }
        for (var desk : desks) {
            desk.close();
        }
    }

    /** One person with one connection, who annotates or turns pages. */
    private static final class Desk {
        final HttpLine line;
        private final String path;
        private final boolean annotates;
        private final String answer;
        private String lease = "";
        private @Nullable SelectionKey key;
        /** When the next request is to begin. */
        long due;

        long begun;
        boolean waits;

        Desk(HttpLine line, String path, boolean annotates, String answer) {
            this.line = line;
            this.path = path;
            this.annotates = annotates;
            this.answer = answer;
        }

        void ask() throws IOException {
            if (annotates) {
                line.send("POST", path + "/leases", "{}");
            }
        }

        /** Hundreds who sign in at the same moment may be told to come again; what is measured begins after it. */
        void begun() throws IOException {
            for (var left = 50; annotates && lease.isEmpty(); left--) {
                try {
                    lease = line.await();
                } catch (IOException e) {
                    if (left == 0 || !String.valueOf(e.getMessage()).matches("HTTP/1.1 (429|503) .*")) {
                        throw e;
                    }
                    LockSupport.parkNanos(100_000_000);
                    line.reopen();
                    ask();
                }
            }
        }

        void register(Selector selector) throws IOException {
            key = line.register(selector, this);
        }

        SelectionKey key() {
            return Objects.requireNonNull(key);
        }

        boolean hasWork() {
            return !annotates || !lease.isEmpty();
        }

        void begin(long at) throws IOException {
            begun = at;
            waits = true;
            if (annotates) {
                var body =
                        "{\"token\":\"" + token() + "\",\"activeSeconds\":9,\"next\":true,\"answer\":" + answer + "}";
                line.send("POST", path + "/leases/" + number() + "/submission", body);
            } else {
                line.send("GET", path, "");
            }
            if (line.isSending()) {
                key().interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
        }

        void take(String reply) {
            waits = false;
            if (annotates) {
                var next = reply.indexOf("\"next\":{");
                lease = next < 0 ? "" : reply.substring(next + 7);
            }
        }

        /** What is under way counts for nothing any more, but its reply tells what is held. */
        void giveBack() throws IOException {
            line.block();
            if (waits) {
                take(line.await());
            }
            if (!lease.isEmpty()) {
                line.send("POST", path + "/leases/" + number() + "/release", "{\"token\":\"" + token() + "\"}");
            }
        }

        void close() throws IOException {
            if (!lease.isEmpty()) {
                line.await();
            }
            line.close();
        }

        /** A lease's body begins with its number. */
        private String number() {
            var from = lease.indexOf("\"id\":") + 5;
            var to = from;
            while (Character.isDigit(lease.charAt(to))) {
                to++;
            }
            return lease.substring(from, to);
        }

        private String token() {
            var from = lease.indexOf("\"token\":\"") + 9;
            return lease.substring(from, lease.indexOf('"', from));
        }
    }
}
