package io.etalon.benchmarks.work;

import io.etalon.server.access.AllowAnyone;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.dataset.RangeReply;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The yardstick of reading assets: a file in clear, from the same server and with the same headers. Thread-safe. */
@RestController
public class PlainFiles {
    static final String PATH = "/content/bench/plain";

    private static volatile @Nullable Path file;
    private static volatile long size;

    static void serve(Path plain, long bytes) {
        file = plain;
        size = bytes;
    }

    /** Sends the file, or the range of it that is asked for. */
    @GetMapping(PATH)
    @AllowAnyone
    public void plain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var served = file;
        if (served == null) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var lost = ErrorCode.of("bench-file-lost", ErrorKind.INTERNAL, "The file is gone");
        var head = new RangeReply.File("plain.png", "image/png", "0".repeat(64), size, lost);
        RangeReply.send(head, request, response, () -> {
            try {
                return FileChannel.open(served, StandardOpenOption.READ);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
