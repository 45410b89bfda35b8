package io.etalon.server.dataset;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of bytes that a request asks for (RFC 9110, section 14).
 *
 * @param first the first byte, from 0
 * @param last the last byte, inclusive; before {@code first} when nothing can be satisfied
 */
public record ByteRange(long first, long last) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final ByteRange UNSATISFIABLE = new ByteRange(0, -1);

    /**
     * Reads a Range header.
     *
     * @return empty, when there is none or the whole may be sent instead: several ranges or another unit
     */
    public static Optional<ByteRange> parse(@Nullable String header, long size) {
        var matcher = ONE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var from = matcher.group(1);
        var to = matcher.group(2);
        if (from.isEmpty() && to.isEmpty()) {
            return Optional.empty();
        }
        if (from.isEmpty()) {
            var count = Math.min(size, Long.parseLong(to));
            return Optional.of(count == 0 ? UNSATISFIABLE : new ByteRange(size - count, size - 1));
        }
        var first = Long.parseLong(from);
        var last = to.isEmpty() ? size - 1 : Long.parseLong(to);
        if (last < first && !to.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(first >= size ? UNSATISFIABLE : new ByteRange(first, Math.min(last, size - 1)));
    }

    public boolean isSatisfiable() {
        return last >= first;
    }

    public long length() {
        return last - first + 1;
    }
}
