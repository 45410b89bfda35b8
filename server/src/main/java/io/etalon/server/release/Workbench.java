package io.etalon.server.release;

import io.etalon.ledger.BundleContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Where the files of a release lie until its archive is written. Belongs to one thread; closing it takes them away. */
interface Workbench extends AutoCloseable {
    /** A new file; it is there once the stream is closed. */
    OutputStream create(String path) throws IOException;

    /** The files that are there, by path; readable until the workbench is closed. */
    Map<String, BundleContent> files();

    @Override
    void close() throws IOException;
}
