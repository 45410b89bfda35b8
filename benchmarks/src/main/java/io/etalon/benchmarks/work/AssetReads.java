package io.etalon.benchmarks.work;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.benchmarks.Goal;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.PersonId;
import io.etalon.server.dataset.Assets;
import io.etalon.server.dataset.Upload;
import io.etalon.server.tenant.Clients;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * A large picture read through its signed address, decrypted on the way, against the same bytes in a file in clear that the
 * same server sends: whole, and in ranges as a viewer asks for them.
 */
final class AssetReads {
    /** Bytes; a PNG may have 200 MB. */
    private static final int SIZE = 64 << 20;

    private static final int RANGE = 64 << 10;
    private static final int RANGES = 40;

    private final Cell cell;
    private final Rivals.Side side;
    private final String session;
    private final PersonId person;

    /** @param session of this person, who may see the side's assets */
    AssetReads(Cell cell, Rivals.Side side, String session, PersonId person) {
        this.cell = cell;
        this.side = side;
        this.session = session;
        this.person = person;
    }

    List<Goal> measure(int rounds) throws IOException, InterruptedException {
        var bytes = picture();
        var client = cell.part(Clients.class).find(side.slug()).orElseThrow().id();
        var upload = new Upload(client, side.project(), person, "session");
        var asset = cell.part(Assets.class).add(upload, "large.png", new ByteArrayInputStream(bytes));
        var plain = Files.createTempFile("etalon-bench-", ".png");
        try {
            Files.write(plain, bytes);
            PlainFiles.serve(plain, SIZE);
            return measure(asset.id(), rounds);
        } finally {
            Files.delete(plain);
        }
    }

    private List<Goal> measure(UUID asset, int rounds) throws IOException, InterruptedException {
        var sealed = new ArrayList<Sample>();
        var clear = new ArrayList<Sample>();
        var random = new SplittableRandom(20250613);
        // The first rounds measure the compiler.
        for (var round = -2; round < rounds; round++) {
            var first = System.nanoTime();
            var address = address(asset);
            Sample ours;
            try (var line = new Line(URI.create(address))) {
                line.get(RANGE, 2 * RANGE);
                var look = (System.nanoTime() - first) / 1e6;
                ours = sample(line, random, look);
            }
            Sample theirs;
            var origin = URI.create(
                    "http://localhost:" + cell.part(ContentOrigin.class).port() + PlainFiles.PATH);
            first = System.nanoTime();
            try (var line = new Line(origin)) {
                line.get(RANGE, 2 * RANGE);
                theirs = sample(line, random, (System.nanoTime() - first) / 1e6);
            }
            if (round >= 0) {
                sealed.add(ours);
                clear.add(theirs);
            }
        }
        var range = Medians.of(sealed, Sample::range);
        return List.of(
                Goal.ofRate(
                        "asset of 64 MiB, whole, against a file in clear",
                        "MB/s",
                        Medians.of(sealed, Sample::whole),
                        Medians.of(clear, Sample::whole),
                        0.25),
                Goal.ofCost(
                        "64 KiB of that asset, against a file in clear",
                        "ms",
                        range,
                        Medians.of(clear, Sample::range),
                        0),
                Goal.ofCost("64 KiB of that asset, against the limit", "ms", range, 10, 1),
                Goal.ofCost(
                        "its first look: signed address, both entries committed, 64 KiB, against the file's",
                        "ms",
                        Medians.of(sealed, Sample::look),
                        Medians.of(clear, Sample::look),
                        0));
    }

    /**
     * One round.
     *
     * @param whole megabytes a second of the whole file
     * @param range milliseconds of a range somewhere in it, the median of this round's
     * @param look milliseconds until the first range was there
     */
    private record Sample(double whole, double range, double look) {}

    private static Sample sample(Line line, SplittableRandom random, double look) throws IOException {
        var ranges = new ArrayList<Double>();
        for (var i = 0; i < RANGES; i++) {
            var from = random.nextInt(SIZE - RANGE);
            var begun = System.nanoTime();
            line.get(from, from + RANGE);
            ranges.add((System.nanoTime() - begun) / 1e6);
        }
        var begun = System.nanoTime();
        line.get(0, SIZE);
        return new Sample(SIZE / 1e6 / ((System.nanoTime() - begun) / 1e9), Medians.of(ranges, one -> one), look);
    }

    private String address(UUID asset) throws IOException, InterruptedException {
        var reply = cell.send(session, "POST", side.path() + "/assets/" + asset + "/view", "{}");
        var from = reply.indexOf("\"url\":\"") + 7;
        return reply.substring(from, reply.indexOf('"', from));
    }

    /** A PNG whose picture is noise, which no compression makes smaller. */
    private static byte[] picture() {
        var noise = new byte[SIZE - 57];
        new SplittableRandom(64).nextBytes(noise);
        var size = ByteBuffer.allocate(13)
                .putInt(6_000)
                .putInt(3_700)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        var out = ByteBuffer.allocate(SIZE).put(HexFormat.of().parseHex("89504e470d0a1a0a"));
        chunk(out, "IHDR", size);
        chunk(out, "IDAT", noise);
        chunk(out, "IEND", new byte[0]);
        return out.array();
    }

    private static void chunk(ByteBuffer out, String type, byte[] content) {
        var sum = new CRC32();
        sum.update(type.getBytes(UTF_8));
        sum.update(content);
        out.putInt(content.length).put(type.getBytes(UTF_8)).put(content).putInt((int) sum.getValue());
    }

    /** A connection that stays open; counts what comes and keeps nothing. */
    private static final class Line implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;
        private final String head;
        private final byte[] buffer = new byte[64 << 10];

        Line(URI address) throws IOException {
            socket = new Socket(address.getHost(), address.getPort());
            socket.setTcpNoDelay(true);
            in = socket.getInputStream();
            head = "GET " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\nRange: bytes=";
        }

        /** Reads the bytes from the first number to before the second. */
        void get(int from, int to) throws IOException {
            socket.getOutputStream().write((head + from + "-" + (to - 1) + "\r\n\r\n").getBytes(US_ASCII));
            var got = new StringBuilder();
            while (got.length() < 4 || got.indexOf("\r\n\r\n", got.length() - 4) < 0) {
                var next = in.read();
                if (next < 0) {
                    throw new EOFException("the server closed the connection");
                }
                got.append((char) next);
            }
            if (!got.toString().startsWith("HTTP/1.1 206")) {
                throw new IOException("a range was refused: " + got);
            }
            for (var left = to - from; left > 0; ) {
                var count = in.read(buffer, 0, Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("the server cut the range");
                }
                left -= count;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
