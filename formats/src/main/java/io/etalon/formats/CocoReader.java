package io.etalon.formats;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.OntologyCheck;
import io.etalon.annotation.Shape;
import io.etalon.formats.CocoFile.Annotation;
import io.etalon.formats.CocoFile.Image;
import io.etalon.formats.CocoLabels.Category;
import io.etalon.formats.LossReport.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads COCO instances JSON (cocodataset.org, "Data format", section 1) as boxes grouped by image.
 *
 * <p>COCO puts annotations in any order, so the file is read several times: once for images, categories and counts, then
 * once for every {@value #BOXES_A_PASS} annotations. Memory grows with the number of images (some 200 bytes each), never
 * with the number of annotations, and nothing is spilled to a disk. Polygons, masks and keypoints are passed over and
 * counted. Boxes are cut at the image's edge, where real files overshoot by fractions. Not thread-safe.
 */
public final class CocoReader {
    static final int BOXES_A_PASS = 500_000;

    /** A file that can be read again from its beginning. */
    @FunctionalInterface
    public interface Source {
        InputStream open() throws IOException;
    }

    private final Source source;
    private final int boxesAPass;
    private final Map<Long, Image> images = new HashMap<>();
    private final List<Image> order = new ArrayList<>();
    private final CocoLabels labels = new CocoLabels();
    private final LossReport.Counter firstLosses = new LossReport.Counter();
    private final Ontology ontology;

    private CocoReader(Source source, int boxesAPass) throws IOException {
        this.source = source;
        this.boxesAPass = boxesAPass;
        var annotationsOf = new HashMap<Long, Integer>();
        CocoFile.read(source, firstLosses, new CocoFile.Sink() {
            @Override
            public void image(Image image) {
                if (images.put(image.id(), image) != null) {
                    throw new FormatException("/images", "two images have the id " + image.id() + "; ids are unique");
                }
                order.add(image);
            }

            @Override
            public void category(long id, String name) {
                labels.add(id, name);
            }

            @Override
            public void annotation(Annotation annotation) {
                annotationsOf.merge(annotation.imageId(), 1, Integer::sum);
                labels.see(annotation);
            }
        });
        order.replaceAll(image -> image.withAnnotations(annotationsOf.getOrDefault(image.id(), 0)));
        order.forEach(image -> images.put(image.id(), image));
        countOrphans(annotationsOf);
        ontology = labels.ontology();
        if (!ontology.labels().isEmpty()) {
            OntologyCheck.check(ontology).stream().findFirst().ifPresent(fault -> {
                throw new FormatException("/categories", "the categories make no ontology: " + fault);
            });
        }
    }

    /**
     * Reads the file once for its images and categories.
     *
     * @throws FormatException with a JSON pointer when it is not COCO instances JSON
     */
    public static CocoReader open(Source source) throws IOException {
        return new CocoReader(source, BOXES_A_PASS);
    }

    static CocoReader open(Source source, int boxesAPass) throws IOException {
        return new CocoReader(source, boxesAPass);
    }

    /**
     * The label classes that the categories make, in their order, with the attributes that the annotations carry. Ids are
     * made from the names: {@code Traffic light} becomes {@code traffic-light}.
     */
    public Ontology ontology() {
        return ontology;
    }

    /** How many images the file has. */
    public int imageCount() {
        return order.size();
    }

    /** Gives every image with its boxes, in the order of the file; says what could not be carried over. */
    public LossReport read(Consumer<LabelledImage> sink) throws IOException {
        var losses = new LossReport.Counter();
        firstLosses.report().counts().forEach(losses::add);
        for (var from = 0; from < order.size(); ) {
            var to = from;
            var boxes = 0L;
            while (to < order.size() && (to == from || boxes + order.get(to).annotations() <= boxesAPass)) {
                boxes += order.get(to++).annotations();
            }
            emit(order.subList(from, to), boxes, losses, sink);
            from = to;
        }
        return losses.report();
    }

    private void emit(List<Image> chunk, long boxes, LossReport.Counter losses, Consumer<LabelledImage> sink)
            throws IOException {
        var rows = new HashMap<Long, List<Annotation>>();
        chunk.forEach(image -> rows.put(image.id(), new ArrayList<>(image.annotations())));
        if (boxes > 0) {
            CocoFile.read(source, new LossReport.Counter(), new CocoFile.Sink() {
                @Override
                public void annotation(Annotation annotation) {
                    var row = rows.get(annotation.imageId());
                    if (row != null) {
                        row.add(annotation);
                    }
                }
            });
        }
        for (var image : chunk) {
            var annotations = rows.remove(image.id());
            if (annotations != null) {
                sink.accept(labelled(image, annotations, losses));
            }
        }
    }

    private LabelledImage labelled(Image image, List<Annotation> annotations, LossReport.Counter losses) {
        var shapes = new ArrayList<Shape>();
        var taken = new HashSet<String>();
        for (var annotation : annotations) {
            var category = labels.category(annotation.categoryId());
            if (category.isEmpty()) {
                losses.add(Loss.ORPHANS);
            } else if (annotation.crowd()) {
                losses.add(Loss.CROWDS);
            } else {
                box(image, annotation, losses)
                        .ifPresentOrElse(
                                box -> shapes.add(shape(annotation, category.get(), box, taken, losses)),
                                () -> losses.add(Loss.UNUSABLE_BOXES));
            }
        }
        return new LabelledImage(image.fileName(), image.width(), image.height(), new Answer(Map.of(), shapes));
    }

    private static Shape shape(
            Annotation annotation, Category category, Box box, Set<String> taken, LossReport.Counter losses) {
        var id = annotation.shapeId();
        for (var copy = 2; !taken.add(id); copy++) {
            id = annotation.shapeId() + "-" + copy;
        }
        var attributes = new TreeMap<String, AnswerValue>();
        annotation.attributes().forEach((name, value) -> {
            var resolved = category.attribute(name, value);
            if (resolved.isEmpty() || attributes.putIfAbsent(CocoLabels.slug(name), resolved.get()) != null) {
                losses.add(Loss.ATTRIBUTES);
            }
        });
        return new Shape(id, category.labelId(), box, attributes);
    }

    private static Optional<Box> box(Image image, Annotation annotation, LossReport.Counter losses) {
        if (!annotation.hasBox()) {
            return Optional.empty();
        }
        var x = Math.max(0, annotation.x());
        var y = Math.max(0, annotation.y());
        // An image's side is a whole number, so that x + width rounds to no place behind it.
        var width = Math.min(annotation.x() + annotation.width(), image.width()) - x;
        var height = Math.min(annotation.y() + annotation.height(), image.height()) - y;
        if (!(width > 0 && height > 0)) {
            return Optional.empty();
        }
        var inside = annotation.x() >= 0
                && annotation.y() >= 0
                && annotation.x() + annotation.width() <= image.width()
                && annotation.y() + annotation.height() <= image.height();
        if (inside) {
            return Optional.of(new Box(x, y, annotation.width(), annotation.height()));
        }
        losses.add(Loss.CLIPPED_BOXES);
        return Optional.of(new Box(x, y, width, height));
    }

    private void countOrphans(Map<Long, Integer> annotationsOf) {
        annotationsOf.forEach((imageId, count) -> {
            if (!images.containsKey(imageId)) {
                firstLosses.add(Loss.ORPHANS, count);
            }
        });
    }
}
