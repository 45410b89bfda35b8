package io.etalon.server.dataset;

import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import org.jspecify.annotations.Nullable;

/**
 * What a list of assets shows, and in which order.
 *
 * @param type an exact media type; null for any
 * @param namePrefix the beginning of the name; null for any
 */
record AssetQuery(
        Sort sort,
        boolean descending,
        @Nullable String type,
        @Nullable String namePrefix,
        @Nullable String cursor,
        int limit) {

    /** The fields by which a list may be sorted. */
    enum Sort {
        NAME,
        /** The order of arrival, which is that of the ids. */
        CREATED_AT
    }

    /** Reads the parameters of a request. */
    static AssetQuery of(
            @Nullable String sort,
            @Nullable String type,
            @Nullable String namePrefix,
            @Nullable String cursor,
            @Nullable Integer limit) {
        var text = sort == null ? "createdAt" : sort;
        var descending = text.startsWith("-");
        var field = switch (descending ? text.substring(1) : text) {
            case "name" -> Sort.NAME;
            case "createdAt" -> Sort.CREATED_AT;
            default ->
                throw EtalonException.invalid(
                        "sort is “" + text + "”; it must be name or createdAt, with - before it for descending");
        };
        return new AssetQuery(field, descending, type, namePrefix, cursor, Page.limit(limit));
    }
}
