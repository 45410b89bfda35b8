package io.etalon.quality.shapes;

import java.util.Collections;
import java.util.NavigableMap;

/**
 * One object as several annotators drew it.
 *
 * @param label class id
 * @param shape fused, in source pixels
 * @param members the shape of each supporting annotator, by annotator id; unmodifiable
 * @param annotators number of annotators who looked at the asset
 * @param meanOverlap mean overlap of the members with the fused shape
 */
public record Fused<S extends Comparable<S>>(
        String label, S shape, NavigableMap<String, S> members, int annotators, double meanOverlap) {
    public Fused {
        members = Collections.unmodifiableNavigableMap(members);
    }

    /** Number of annotators who drew the object: k of n. */
    public int support() {
        return members.size();
    }
}
