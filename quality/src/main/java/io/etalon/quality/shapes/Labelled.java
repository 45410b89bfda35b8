package io.etalon.quality.shapes;

/** A shape with the id of its class, as one annotator drew it; ordered by label, then by the shape's content. */
public record Labelled<S extends Comparable<S>>(String label, S shape) implements Comparable<Labelled<S>> {
    @Override
    public int compareTo(Labelled<S> other) {
        var byLabel = label.compareTo(other.label);
        return byLabel != 0 ? byLabel : shape.compareTo(other.shape);
    }
}
