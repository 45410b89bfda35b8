package io.etalon.quality.shapes;

import io.etalon.annotation.Box;
import java.util.NavigableMap;

/**
 * One object as several annotators drew it.
 *
 * @param label class id
 * @param box fused coordinates in source pixels
 * @param members the box of each supporting annotator, by annotator id; unmodifiable
 * @param annotators number of annotators who looked at the asset
 * @param meanIou mean IoU of the members with the fused box
 */
public record FusedBox(String label, Box box, NavigableMap<String, Box> members, int annotators, double meanIou) {
    /** Number of annotators who drew the object: k of n. */
    public int support() {
        return members.size();
    }
}
