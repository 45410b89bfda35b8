package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The people at their desks, in a process of their own: each hands in an answer and gets the next task with one request
 * over a connection that stays open. Speaks HTTP by hand, since a client library would take more of the machine than the
 * server that is measured.
 */
public final class HttpLoad {
    private static final int MAX_HEAD = 16_384;

    private HttpLoad() {}

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

    private static Load.Done run(URI server, List<String> tokens, String[] words) {
        var path = words[0];
        var connections = Integer.parseInt(words[1]);
        var rate = Double.parseDouble(words[3]);
        var every = rate == 0 ? 0 : (long) (connections / rate * 1e9);
        var load = new Load(connections, Double.parseDouble(words[2]), every);
        var pages = path.contains("?");
        return load.run(Thread.ofVirtual().factory(), number -> {
            try {
                // Pages are got by the requester, who comes last.
                var connection = new Line(server, pages ? tokens.getLast() : tokens.get(number));
                return pages ? page(connection, path) : desk(connection, path, words[4]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static long processorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Load.Step page(Line line, String path) {
        return new Load.Step() {
            @Override
            public boolean run() throws IOException {
                line.send("GET", path, "");
                return true;
            }

            @Override
            public void close() throws IOException {
                line.close();
            }
        };
    }

    private static Load.Step desk(Line line, String project, String answer) throws IOException {
        var given = begun(line, project);
        return new Load.Step() {
            private String lease = given;

            @Override
            public boolean run() throws IOException {
                if (lease.isEmpty()) {
                    return false;
                }
                var path = project + "/leases/" + number(lease) + "/submission";
                var body = "{\"token\":\"" + token(lease) + "\",\"activeSeconds\":9,\"next\":true,\"answer\":" + answer
                        + "}";
                var reply = line.send("POST", path, body);
                var next = reply.indexOf("\"next\":{");
                lease = next < 0 ? "" : reply.substring(next + 7);
                return true;
            }

            @Override
            public void close() throws IOException {
                // Who leaves gives back what he holds: the next measurement begins with free hands.
                if (!lease.isEmpty()) {
                    line.send(
                            "POST",
                            project + "/leases/" + number(lease) + "/release",
                            "{\"token\":\"" + token(lease) + "\"}");
                }
                line.close();
            }
        };
    }

    /** Hundreds who sign in at the same moment may be told to come again; what is measured begins after it. */
    private static String begun(Line line, String project) throws IOException {
        for (var left = 50; ; left--) {
            try {
                return line.send("POST", project + "/leases", "{}");
            } catch (IOException e) {
                if (left == 0 || !String.valueOf(e.getMessage()).startsWith("HTTP/1.1 503")) {
                    throw e;
                }
                LockSupport.parkNanos(100_000_000);
                line.reopen();
            }
        }
    }

    /** A lease's body begins with its number. */
    private static String number(String lease) {
        var from = lease.indexOf("\"id\":") + 5;
        var to = from;
        while (Character.isDigit(lease.charAt(to))) {
            to++;
        }
        return lease.substring(from, to);
    }

    private static String token(String lease) {
        var from = lease.indexOf("\"token\":\"") + 9;
        return lease.substring(from, lease.indexOf('"', from));
    }

    /**
     * One connection of one person. Reads a reply's head where it lies: taking each of its lines for a text cost the people
     * half of what a reply cost the server.
     */
    private static final class Line {
        private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(US_ASCII);
        private static final byte[] CHUNKED = "\r\ntransfer-encoding: chunked\r\n".getBytes(US_ASCII);
        private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);

        private final URI server;
        private Socket socket;
        private InputStream in;
        private OutputStream out;
        private final SplittableRandom keys = new SplittableRandom();
        private final byte[] read = new byte[MAX_HEAD];
        private final String head;
        /** What was read and not yet taken: from here to there. */
        private int from;

        private int to;

        Line(URI server, String token) throws IOException {
            this.server = server;
            socket = connected();
            in = socket.getInputStream();
            out = socket.getOutputStream();
            head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nCookie: etalon_session=" + token
                    + "\r\nX-Etalon-Csrf: 1\r\nContent-Type: application/json\r\nIdempotency-Key: ";
        }

        private Socket connected() throws IOException {
            var made = new Socket(server.getHost(), server.getPort());
            made.setTcpNoDelay(true);
            return made;
        }

        /** Comes again by another connection: a server that is too busy ends the one on which it said so. */
        void reopen() throws IOException {
            socket.close();
            socket = connected();
            in = socket.getInputStream();
            out = socket.getOutputStream();
            from = 0;
            to = 0;
        }

        /** Sends a request, whose texts are ASCII, and returns the body of its reply, which must be of the 2xx kind. */
        String send(String method, String path, String body) throws IOException {
            var request = method + " /api/v1" + path + head + new UUID(keys.nextLong(), keys.nextLong())
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            out.write(request.getBytes(US_ASCII));
            var end = head();
            var status = new String(read, from, 12, US_ASCII);
            var length = find(LENGTH, end);
            var chunked = length < 0 && find(CHUNKED, end) >= 0;
            var size = length < 0 ? 0 : number(length + LENGTH.length);
            from = end;
            var reply = chunked ? chunks() : text(size);
            if (!status.startsWith("HTTP/1.1 2")) {
                throw new IOException(status + " to " + method + " " + path + ": " + reply);
            }
            return reply;
        }

        /** Reads until the head is there as a whole; returns where the body begins. */
        private int head() throws IOException {
            for (var end = find(END, to); ; end = find(END, to)) {
                if (end >= 0) {
                    return end + END.length;
                }
                fill();
            }
        }

        private void fill() throws IOException {
            if (from > 0) {
                System.arraycopy(read, from, read, 0, to - from);
                to -= from;
                from = 0;
            }
            if (to == read.length) {
                throw new IOException("the reply's head has no end");
            }
            var count = in.read(read, to, read.length - to);
            if (count < 0) {
                throw new EOFException("the server closed the connection");
            }
            to += count;
        }

        /** Where lower-case bytes stand between here and an end, in any case; -1 when they do not. */
        private int find(byte[] what, int end) {
            for (var at = from; at <= end - what.length; at++) {
                var i = 0;
                while (i < what.length && lower(read[at + i]) == what[i]) {
                    i++;
                }
                if (i == what.length) {
                    return at;
                }
            }
            return -1;
        }

        private static int lower(byte character) {
            return character >= 'A' && character <= 'Z' ? character + 32 : character;
        }

        private int number(int at) {
            var number = 0;
            for (var i = at; read[i] != '\r'; i++) {
                number = read[i] == ' ' ? number : 10 * number + read[i] - '0';
            }
            return number;
        }

        private String text(int length) throws IOException {
            var bytes = new byte[length];
            var ready = Math.min(length, to - from);
            System.arraycopy(read, from, bytes, 0, ready);
            from += ready;
            if (in.readNBytes(bytes, ready, length - ready) < length - ready) {
                throw new EOFException("the reply's body is cut");
            }
            return new String(bytes, UTF_8);
        }

        private String chunks() throws IOException {
            var all = new StringBuilder();
            while (true) {
                var size = Integer.parseInt(line(), 16);
                all.append(text(size));
                line();
                if (size == 0) {
                    return all.toString();
                }
            }
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            while (true) {
                if (from == to) {
                    fill();
                }
                var next = (char) read[from++];
                if (next == '\n') {
                    return line.toString().strip();
                }
                line.append(next);
            }
        }

        void close() throws IOException {
            socket.close();
        }
    }
}
