package io.etalon.server.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.egress.Outcome.Answered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the status and a few headers of an HTTP/1.1 answer (RFC 9112), and of its body no more than is kept or courtesy asks for. */
final class ReplyReader {
    private static final int MOST_HEADER_BYTES = 16 * 1024;
    private static final int MOST_BODY_BYTES = 16 * 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final Pattern HEX = Pattern.compile("([0-9A-Fa-f]{1,7})(;.*)?");

    private final InputStream in;
    private final int most;
    private int left = MOST_HEADER_BYTES;

    private ReplyReader(InputStream in, int most) {
        this.in = in;
        this.most = most;
    }

    /** @param most how many bytes of the body are kept */
    static Answered read(InputStream in, int most) throws IOException {
        return new ReplyReader(in, most).reply();
    }

    private Answered reply() throws IOException {
        while (true) {
            var status = status();
            var length = Long.MAX_VALUE;
            var chunked = false;
            @Nullable Duration wait = null;
            for (var line = line(); !line.isEmpty(); line = line()) {
                var colon = line.indexOf(':');
                var name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
                var value = line.substring(colon + 1).strip();
                if (name.equals("content-length") && SECONDS.matcher(value).matches()) {
                    length = Long.parseLong(value);
                } else if (name.equals("transfer-encoding")) {
                    chunked = value.equalsIgnoreCase("chunked");
                } else if (name.equals("retry-after") && SECONDS.matcher(value).matches()) {
                    var asked = Duration.ofSeconds(Long.parseLong(value));
                    wait = asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
                }
            }
            // 1xx announces another one.
            if (status >= 200) {
                return new Answered(status, wait, body(status == 204 || status == 304 ? 0 : length, chunked));
            }
        }
    }

    private int status() throws IOException {
        var match = STATUS.matcher(line());
        if (!match.matches()) {
            throw new ProtocolException("not the first line of an answer");
        }
        return Integer.parseInt(match.group(1));
    }

    private String line() throws IOException {
        var bytes = new ByteArrayOutputStream();
        for (var one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0 || --left < 0) {
                throw new ProtocolException("headers without an end");
            }
            bytes.write(one);
        }
        return bytes.toString(ISO_8859_1).stripTrailing();
    }

    private String body(long length, boolean chunked) throws IOException {
        if (most == 0) {
            drain(length);
            return "";
        }
        var kept = chunked ? chunks() : in.readNBytes((int) Math.min(length, most));
        return new String(kept, UTF_8);
    }

    private byte[] chunks() throws IOException {
        var kept = new ByteArrayOutputStream();
        while (kept.size() < most) {
            var size = HEX.matcher(line());
            if (!size.matches()) {
                throw new ProtocolException("not the size of a chunk");
            }
            var bytes = Integer.parseInt(size.group(1), 16);
            if (bytes == 0) {
                break;
            }
            kept.write(in.readNBytes(Math.min(bytes, most - kept.size())));
            if (kept.size() < most && !line().isEmpty()) {
                throw new ProtocolException("a chunk longer than it says");
            }
        }
        return kept.toByteArray();
    }

    /** Who is still writing when the connection closes would take that for a fault. The status counts whatever happens here. */
    private void drain(long length) {
        try {
            for (var rest = Math.min(length, MOST_BODY_BYTES); rest > 0; ) {
                var skipped = in.readNBytes((int) Math.min(rest, 1_024)).length;
                if (skipped == 0) {
                    return;
                }
                rest -= skipped;
            }
        } catch (IOException e) {
            // The answer is known.
            left = 0;
        }
    }
}
