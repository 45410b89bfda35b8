package io.etalon.server.release;

import io.etalon.server.base.EtalonException;
import io.etalon.server.dataset.ByteRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends an archive, whole or one range of it; conditional and range headers as in RFC 9110, sections 13 and 14. */
final class ArchiveReply {
    private static final int CHUNK = 64 << 10;

    private ArchiveReply() {}

    /**
     * Answers a GET or HEAD.
     *
     * @param fileName of the download; letters, digits, hyphens and dots
     * @param open commits the EXPORT entry and opens the bytes; called only when bytes are to be sent
     */
    static void send(
            Release.Built archive,
            String fileName,
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<SeekableByteChannel> open)
            throws IOException {
        var tag = '"' + archive.sha256() + '"';
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        response.setContentType("application/zip");
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var condition = request.getHeader("If-Range");
        var mayCut = condition == null || condition.strip().equals(tag);
        var asked = ByteRange.parse(mayCut ? request.getHeader("Range") : null, archive.size());
        if (asked.isPresent() && !asked.get().isSatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + archive.size());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        var range = asked.orElse(new ByteRange(0, archive.size() - 1));
        if (asked.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + archive.size());
        }
        response.setContentLengthLong(range.length());
        if (!request.getMethod().equals("HEAD")) {
            try (var bytes = open.get()) {
                copy(bytes.position(range.first()), range.length(), response);
            }
        }
    }

    private static boolean matches(@Nullable String header, String tag) {
        return header != null
                && Arrays.stream(header.split(",", -1))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    private static void copy(SeekableByteChannel bytes, long length, HttpServletResponse response) throws IOException {
        var buffer = ByteBuffer.allocate(CHUNK);
        for (var left = length; left > 0; left -= buffer.position()) {
            buffer.clear().limit((int) Math.min(CHUNK, left));
            read(bytes, buffer);
            response.getOutputStream().write(buffer.array(), 0, buffer.position());
        }
    }

    /** A cipher tells changed or cut bytes by an I/O error: here, before any of them is sent. */
    private static void read(SeekableByteChannel bytes, ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                if (bytes.read(buffer) < 0) {
                    throw new IOException("the object is shorter than its archive");
                }
            }
        } catch (IOException e) {
            throw new EtalonException(ReleaseCodes.BYTES_LOST, "The archive was changed or cut.", e);
        }
    }
}
