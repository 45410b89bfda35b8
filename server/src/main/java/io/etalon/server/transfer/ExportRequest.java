package io.etalon.server.transfer;

import io.etalon.server.base.EtalonException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an export is to write. */
record ExportRequest(Format format) {
    enum Format {
        /** An object a line: the answer with who gave it, when, on what, and how it stands. */
        JSONL("application/x-ndjson"),
        /** A table: a row for each question that an answer says something about. */
        CSV("text/csv;charset=utf-8");

        private final String type;

        Format(String type) {
            this.type = type;
        }

        String type() {
            return type;
        }

        String ending() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static ExportRequest of(@Nullable String format) {
        return switch (format == null ? "jsonl" : format) {
            case "jsonl" -> new ExportRequest(Format.JSONL);
            case "csv" -> new ExportRequest(Format.CSV);
            default -> throw EtalonException.invalidAt("/format", "is “" + format + "”; it must be jsonl or csv");
        };
    }
}
