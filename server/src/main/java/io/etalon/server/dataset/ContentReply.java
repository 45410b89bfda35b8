package io.etalon.server.dataset;

import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/**
 * Sends an asset's bytes, whole or one range of them, under headers that let a browser do nothing with them but show
 * pixels and plain text.
 */
final class ContentReply {
    private static final int CHUNK = 64 << 10;

    private ContentReply() {}

    /**
     * Answers a GET or HEAD; conditional and range headers as in RFC 9110, sections 13 and 14.
     *
     * @param open commits the VIEW entry and opens the bytes; called only when bytes are to be sent
     */
    static void send(
            Asset asset,
            boolean inline,
            HttpServletRequest request,
            HttpServletResponse response,
            Supplier<SeekableByteChannel> open)
            throws IOException {
        var tag = '"' + asset.sha256() + '"';
        guard(asset, inline, tag, response);
        if (matches(request.getHeader("If-None-Match"), tag)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        var condition = request.getHeader("If-Range");
        var mayCut = condition == null || condition.strip().equals(tag);
        var asked = ByteRange.parse(mayCut ? request.getHeader("Range") : null, asset.size());
        if (asked.isPresent() && !asked.get().isSatisfiable()) {
            response.setHeader("Content-Range", "bytes */" + asset.size());
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            return;
        }
        var range = asked.orElse(new ByteRange(0, asset.size() - 1));
        if (asked.isPresent()) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader("Content-Range", "bytes " + range.first() + "-" + range.last() + "/" + asset.size());
        }
        response.setContentLengthLong(range.length());
        if (!request.getMethod().equals("HEAD")) {
            try (var bytes = open.get()) {
                copy(asset, bytes, range, response);
            }
        }
    }

    private static void guard(Asset asset, boolean inline, String tag, HttpServletResponse response) {
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-store");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setContentType(asset.type().startsWith("image/") ? asset.type() : "text/plain;charset=utf-8");
        if (!inline) {
            response.setHeader(
                    "Content-Disposition",
                    ContentDisposition.attachment()
                            .filename(asset.name(), StandardCharsets.UTF_8)
                            .build()
                            .toString());
        }
    }

    private static boolean matches(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        for (var one : header.split(",", -1)) {
            var text = one.strip();
            if (text.equals("*") || text.equals(tag) || text.equals("W/" + tag)) {
                return true;
            }
        }
        return false;
    }

    private static void copy(Asset asset, SeekableByteChannel bytes, ByteRange range, HttpServletResponse response)
            throws IOException {
        var out = response.getOutputStream();
        var buffer = ByteBuffer.allocate(CHUNK);
        var left = range.length();
        read(asset, bytes.position(range.first()), buffer, left);
        while (left > 0) {
            out.write(buffer.array(), 0, buffer.position());
            left -= buffer.position();
            if (left > 0) {
                read(asset, bytes, buffer, left);
            }
        }
    }

    /** A cipher tells changed or cut bytes by an I/O error: here, before any of them is sent. */
    private static void read(Asset asset, SeekableByteChannel bytes, ByteBuffer buffer, long left) {
        try {
            buffer.clear().limit((int) Math.min(CHUNK, left));
            while (buffer.hasRemaining()) {
                if (bytes.read(buffer) < 0) {
                    throw new IOException("the object is shorter than its asset");
                }
            }
        } catch (IOException e) {
            throw new EtalonException(
                    AssetFaults.BYTES_LOST, "The bytes of asset " + asset.id() + " were changed or cut.", e);
        }
    }
}
