package io.etalon.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of one file of a bundle, readable more than once: first measured, then copied. */
@FunctionalInterface
public interface BundleContent {
    /** Opens the bytes from their beginning; the caller closes. Every call yields the same bytes. */
    InputStream open() throws IOException;

    /** Bytes in memory. */
    static BundleContent of(byte[] bytes) {
        var copy = bytes.clone();
        return () -> new ByteArrayInputStream(copy);
    }

    /** The bytes of a file. */
    static BundleContent of(Path file) {
        return () -> Files.newInputStream(file);
    }
}
