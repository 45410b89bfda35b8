package io.etalon.server.dataset;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends a file to be kept, whole or one range of it; conditional and range headers as in RFC 9110, sections 13 and 14. */
public final class RangeReply {
    private static final int CHUNK = 64 << 10;

    private RangeReply() {}

    /**
     * What is sent.
     *
     * @param name of the download; letters, digits, hyphens and dots
     * @param lost the code to answer with when the bytes were changed or cut
     */
    public record File(String name, String type, String sha256, long size, ErrorCode lost) {}

    /**
     * Answers a GET or HEAD.
     *
     * @param open commits the EXPORT entry and opens the bytes; called only when bytes are to be sent
     */
    public static void send(
            File file, HttpServletRequest request, HttpServletResponse response, Supplier<SeekableByteChannel> open)
            throws IOException {
        var tag = '"' + file.sha256() + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
        response.setContentType(file.type());
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var condition = request.getHeader("If-Range");
        var mayCut = condition == null || condition.strip().equals(tag);
        var asked = ByteRange.parse(mayCut ? request.getHeader("Range") : null, file.size());
        if (asked.isPresent() && !asked.get().isSatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + file.size());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        var range = asked.orElse(new ByteRange(0, file.size() - 1));
        if (asked.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + file.size());
        }
        response.setContentLengthLong(range.length());
        if (!request.getMethod().equals("HEAD")) {
            try (var bytes = open.get()) {
                copy(file, bytes.position(range.first()), range.length(), response);
            }
        }
    }

    private static boolean matches(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    private static void copy(File file, SeekableByteChannel bytes, long length, HttpServletResponse response)
            throws IOException {
        var buffer = ByteBuffer.allocate(CHUNK);
        for (var left = length; left > 0; left -= buffer.position()) {
            buffer.clear().limit((int) Math.min(CHUNK, left));
            read(file, bytes, buffer);
            response.getOutputStream().write(buffer.array(), 0, buffer.position());
        }
    }

    /** A cipher tells changed or cut bytes by an I/O error: here, before any of them is sent. */
    private static void read(File file, SeekableByteChannel bytes, ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                if (bytes.read(buffer) < 0) {
                    throw new IOException("the object is shorter than the file");
                }
            }
        } catch (IOException e) {
            throw new EtalonException(file.lost(), "The file was changed or cut.", e);
        }
    }
}
