package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * One connection of one person, over which one request at a time is under way. Reads a reply where it lies: taking each
 * line of its head for a text cost the people half of what a reply cost the server. Not thread-safe.
 */
final class HttpLine {
    private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(US_ASCII);
    private static final byte[] CHUNKED = "\r\ntransfer-encoding: chunked\r\n".getBytes(US_ASCII);
    private static final byte[] END = "\r\n\r\n".getBytes(US_ASCII);
    private static final int SENT = 4_096;
    private static final int USUAL = 16_384;
    private static final int NEEDS_MORE = -1;

    private final URI server;
    private final String head;
    private final SplittableRandom keys = new SplittableRandom();
    /** Outside the heap: a channel copies what lies inside it. */
    private final ByteBuffer out = ByteBuffer.allocateDirect(SENT).limit(0);

    private final ByteBuffer in = ByteBuffer.allocateDirect(USUAL);
    private SocketChannel channel;
    /** What has come of the reply under way. */
    private byte[] read = new byte[USUAL];

    private int size;
    private int body;
    private int length;
    private String asked = "";

    HttpLine(URI server, String token) throws IOException {
        this.server = server;
        channel = connected();
        head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nCookie: etalon_session=" + token
                + "\r\nX-Etalon-Csrf: 1\r\nContent-Type: application/json\r\nIdempotency-Key: ";
    }

    private SocketChannel connected() throws IOException {
        var made = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        made.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return made;
    }

    /** Comes again by another connection: a server that is too busy ends the one on which it said so. */
    void reopen() throws IOException {
        channel.close();
        channel = connected();
        size = 0;
    }

    /** From now on requests and replies are moved by {@link #progress} when the selector says so. */
    SelectionKey register(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /** Back to waiting for each reply; the selector must have let go. */
    void block() throws IOException {
        channel.configureBlocking(true);
    }

    /** Sends a request, whose texts are ASCII; what the socket does not take at once is left to {@link #progress}. */
    void send(String method, String path, String text) throws IOException {
        asked = method + " " + path;
        var request = method + " /api/v1" + path + head + new UUID(keys.nextLong(), keys.nextLong())
                + "\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
        out.clear().put(request.getBytes(ISO_8859_1)).flip();
        channel.write(out);
    }

    /** Whether a part of the request has not gone yet. */
    boolean isSending() {
        return out.hasRemaining();
    }

    /** Moves what can be moved without waiting; true when the whole reply is there. */
    boolean progress(SelectionKey key) throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
            if (!out.hasRemaining()) {
                key.interestOps(SelectionKey.OP_READ);
            }
        }
        return key.isReadable() && fill() && isWhole();
    }

    /** Sends a request and waits for the body of its reply, which must be of the 2xx kind. */
    String ask(String method, String path, String text) throws IOException {
        send(method, path, text);
        return await();
    }

    /** Waits for the reply to what was sent. */
    String await() throws IOException {
        while (out.hasRemaining()) {
            channel.write(out);
        }
        while (!isWhole()) {
            fill();
        }
        return reply();
    }

    /** The body of the reply that is there, which must be of the 2xx kind. */
    String reply() throws IOException {
        var status = new String(read, 0, 12, US_ASCII);
        var text = length < 0 ? unchunked() : new String(read, body, length, UTF_8);
        size = 0;
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException(status + " to " + asked + ": " + text);
        }
        return text;
    }

    private boolean fill() throws IOException {
        in.clear();
        var count = channel.read(in);
        if (count < 0) {
            throw new EOFException("the server closed the connection");
        }
        if (size + count > read.length) {
            read = Arrays.copyOf(read, 2 * read.length);
        }
        in.flip().get(read, size, count);
        size += count;
        return count > 0;
    }

    /** Finds where the body begins and how long it is; a length of -1 stands for chunks. */
    private boolean isWhole() {
        var end = find(END, 0, size);
        if (end < 0) {
            return false;
        }
        body = end + END.length;
        var at = find(LENGTH, 0, body);
        if (at >= 0) {
            length = number(at + LENGTH.length);
            return size >= body + length;
        }
        length = find(CHUNKED, 0, body) >= 0 ? -1 : 0;
        return length == 0 || chunk(lastChunk()) != NEEDS_MORE;
    }

    /** Where lower-case bytes stand between two places, in any case; -1 when they do not. */
    private int find(byte[] what, int start, int end) {
        for (var at = start; at <= end - what.length; at++) {
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

    /** The size of the chunk whose line begins here; {@link #NEEDS_MORE} when its end has not come yet. */
    private int chunk(int at) {
        var number = 0;
        for (var i = at; i < size; i++) {
            if (read[i] == '\r') {
                return i + 4 + number <= size ? number : NEEDS_MORE;
            }
            number = 16 * number + Character.digit(read[i], 16);
        }
        return NEEDS_MORE;
    }

    /** Where the chunk begins that ends the reply, or the first one that is not there as a whole. */
    private int lastChunk() {
        var at = body;
        for (var count = chunk(at); count > 0; count = chunk(at)) {
            at = content(at) + count + 2;
        }
        return at;
    }

    private int content(int at) {
        var line = at;
        while (read[line] != '\n') {
            line++;
        }
        return line + 1;
    }

    private String unchunked() {
        var all = new StringBuilder();
        var at = body;
        for (var count = chunk(at); count > 0; count = chunk(at)) {
            all.append(new String(read, content(at), count, ISO_8859_1));
            at = content(at) + count + 2;
        }
        return all.toString();
    }

    void close() throws IOException {
        channel.close();
    }
}
