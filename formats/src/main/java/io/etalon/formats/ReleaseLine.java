package io.etalon.formats;

import io.etalon.annotation.Answer;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One asset of a release: what it is, what is said about it, and how sure that is. */
public record ReleaseLine(Asset asset, Answer annotation, Consensus consensus) {
    /**
     * An asset.
     *
     * @param name its name in the data set
     * @param sha256 SHA-256 of its bytes, 64 lower-case hexadecimal digits
     * @param type media type, for example {@code image/png}
     * @param size its size as displayed; null for what is no image
     */
    public record Asset(
            String name,
            String sha256,
            String type,
            @Nullable Size size) {}

    /** Columns and rows of an image as displayed. */
    public record Size(int width, int height) {}

    /**
     * How the annotation came about.
     *
     * @param method name of the aggregation, for example {@code dawid-skene}
     * @param confidence by question id: the probability of the answer, 0 to 1, written with 6 decimals
     * @param support by shape id: the share of annotators who drew it, 0 to 1, written with 6 decimals
     */
    public record Consensus(String method, Map<String, Double> confidence, Map<String, Double> support) {
        public Consensus {
            confidence = Collections.unmodifiableMap(new TreeMap<>(confidence));
            support = Collections.unmodifiableMap(new TreeMap<>(support));
        }
    }
}
