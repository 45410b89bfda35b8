package io.etalon.server.transfer;

import io.etalon.quality.choice.TruthMethod;
import io.etalon.server.base.EtalonException;
import io.etalon.server.quality.MethodNames;
import io.etalon.server.transfer.TransferBodies.NewExport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an export is to write.
 *
 * @param what null in requests from before there was a choice: answers
 * @param method of the consensus; null for answers
 */
record ExportRequest(
        Format format, @Nullable What what, @Nullable TruthMethod method) {
    enum What {
        ANSWERS,
        CONSENSUS
    }

    enum Format {
        /** An object a line: an answer with who gave it, when, on what, and how it stands; or a task's consensus. */
        JSONL("application/x-ndjson"),
        /** A table: a row for each question that an answer or a consensus says something about. */
        CSV("text/csv;charset=utf-8"),
        /** A table: of answers a row each, of the consensus as in the other table. */
        PARQUET("application/vnd.apache.parquet");

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

    /** @throws EtalonException invalid, when something is none of what there is */
    static ExportRequest of(NewExport body) {
        var what = what(body.what());
        if (body.method() != null && what == What.ANSWERS) {
            throw EtalonException.invalidAt("/method", "is for an export of the consensus only; what is “answers”");
        }
        var method = body.method() == null ? TruthMethod.DAWID_SKENE : MethodNames.method(body.method());
        return new ExportRequest(format(body.format()), what, what == What.ANSWERS ? null : method);
    }

    private static What what(@Nullable String what) {
        return switch (what == null ? "answers" : what) {
            case "answers" -> What.ANSWERS;
            case "consensus" -> What.CONSENSUS;
            default -> throw EtalonException.invalidAt("/what", "is “" + what + "”; it must be answers or consensus");
        };
    }

    private static Format format(@Nullable String format) {
        return switch (format == null ? "jsonl" : format) {
            case "jsonl" -> Format.JSONL;
            case "csv" -> Format.CSV;
            case "parquet" -> Format.PARQUET;
            default ->
                throw EtalonException.invalidAt("/format", "is “" + format + "”; it must be jsonl, csv or parquet");
        };
    }

    /** How the file's name begins. */
    String stem() {
        return what == What.CONSENSUS ? "consensus" : "answers";
    }
}
