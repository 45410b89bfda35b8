package io.etalon.formats;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a conversion could not carry, counted: a conversion loses nothing silently.
 *
 * @param counts how often each kind of loss happened; kinds that did not happen are absent
 */
public record LossReport(Map<Loss, Long> counts) {
    /** A kind of loss. */
    public enum Loss {
        ASSET_ANSWERS("answers to questions about the whole image have no place in the format"),
        SHAPE_IDS("ids of shapes are replaced by the format's own numbers"),
        LOCAL_NAMES("names, and names in other languages, of label classes are left out"),
        COLORS("colors of label classes are left out"),
        ATTRIBUTE_DEFINITIONS("attributes keep their values but lose their types, options and names"),
        SEGMENTATIONS("polygons and masks are left out; the boxes stay"),
        KEYPOINTS("keypoints are left out; the boxes stay"),
        CROWDS("boxes around crowds (iscrowd 1) are left out: they do not mark one thing"),
        CLIPPED_BOXES("boxes that reached over the image's edge are cut at it"),
        UNUSABLE_BOXES("annotations without a box that has an extent inside its image are left out"),
        ORPHANS("annotations of an unknown image or category are left out"),
        ATTRIBUTES("attributes whose names or values the ontology cannot hold are left out"),
        IMAGE_METADATA("licences, dates and addresses of images are left out"),
        UNKNOWN_MEMBERS("members that the format does not define are left out");

        private final String sentence;

        Loss(String sentence) {
            this.sentence = sentence;
        }

        /** The loss as a sentence without a full stop. */
        public String sentence() {
            return sentence;
        }
    }

    public LossReport {
        var copy = new EnumMap<Loss, Long>(Loss.class);
        copy.putAll(counts);
        counts = Collections.unmodifiableMap(copy);
    }

    /** How often a loss happened. */
    public long count(Loss loss) {
        return counts.getOrDefault(loss, 0L);
    }

    /** Whether everything was carried over. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** Counts while a conversion runs. */
    static final class Counter {
        private final EnumMap<Loss, Long> counts = new EnumMap<>(Loss.class);

        void add(Loss loss) {
            add(loss, 1);
        }

        void add(Loss loss, long times) {
            if (times > 0) {
                counts.merge(loss, times, Long::sum);
            }
        }

        LossReport report() {
            return new LossReport(counts);
        }
    }
}
