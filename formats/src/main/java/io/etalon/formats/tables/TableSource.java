package io.etalon.formats.tables;

import java.io.InputStream;
import java.nio.file.Path;

/** Where the bytes of a table are. */
public sealed interface TableSource {
    /** A file: CSV, JSON lines or Parquet, told by its first bytes and not by its name. */
    record File(Path path) implements TableSource {}

    /** A stream, such as standard input: CSV or JSON lines. It stays open. */
    record Stream(InputStream bytes) implements TableSource {}
}
