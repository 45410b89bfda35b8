package io.etalon.quality.shapes;

import io.etalon.annotation.Box;
import java.util.Comparator;

/** A box with the id of its class, as one annotator drew it. */
public record LabelledBox(String label, Box box) {
    /** An order by content alone: label, then left, top, width, height. */
    static final Comparator<LabelledBox> BY_CONTENT = Comparator.comparing(LabelledBox::label)
            .thenComparingDouble(b -> b.box.x())
            .thenComparingDouble(b -> b.box.y())
            .thenComparingDouble(b -> b.box.width())
            .thenComparingDouble(b -> b.box.height());
}
