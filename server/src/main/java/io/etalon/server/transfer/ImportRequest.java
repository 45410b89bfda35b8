package io.etalon.server.transfer;

import io.etalon.server.base.EtalonException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an import is to do.
 *
 * @param name of the file, 1 to 200 characters
 * @param size of the file in bytes
 */
record ImportRequest(String name, Format format, long size) {
    enum Format {
        JSONL,
        CSV
    }

    /** The format that is named, or that the file's name ends in. */
    static Format format(String name, @Nullable String asked) {
        var text = asked == null ? ending(name) : asked;
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "jsonl", "ndjson", "json" -> Format.JSONL;
            case "csv", "tsv", "txt" -> Format.CSV;
            default ->
                throw EtalonException.invalidAt(
                        "/format", "is “" + text + "”; it must be jsonl or csv, or the name end so");
        };
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    static String checkedName(String name) {
        if (name.isBlank() || name.length() > 200 || name.chars().anyMatch(Character::isISOControl)) {
            throw EtalonException.invalidAt("/name", "must have 1 to 200 characters and no control character");
        }
        return name;
    }
}
