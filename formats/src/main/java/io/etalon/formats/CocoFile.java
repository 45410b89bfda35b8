package io.etalon.formats;

import io.etalon.formats.LossReport.Loss;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/** One pass over COCO instances JSON. Python writes NaN into such files; a box that has one is no box. */
final class CocoFile {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonReader.MAX_DEPTH)
                    .maxStringLength(64 << 20)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int MAX_TEXT = 4096;
    private static final int BOX = 4;

    /** Hears what the file holds, in the file's order. */
    interface Sink {
        default void image(Image image) {}

        default void category(long id, String name) {}

        default void annotation(Annotation annotation) {}
    }

    record Image(long id, String fileName, int width, int height, int annotations) {
        Image withAnnotations(int count) {
            return new Image(id, fileName, width, height, count);
        }
    }

    /** An annotation; without a box, or with a broken one, its sides are NaN. */
    record Annotation(
            String shapeId,
            long imageId,
            long categoryId,
            double x,
            double y,
            double width,
            double height,
            boolean crowd,
            Map<String, Values.Loose> attributes) {
        boolean hasBox() {
            return Double.isFinite(x + y + width + height) && width > 0 && height > 0;
        }
    }

    private final JsonParser json;
    private final LossReport.Counter losses;
    private final Sink sink;
    private long unnamed;

    private CocoFile(JsonParser json, LossReport.Counter losses, Sink sink) {
        this.json = json;
        this.losses = losses;
        this.sink = sink;
    }

    static void read(CocoReader.Source source, LossReport.Counter losses, Sink sink) throws IOException {
        try (var in = source.open();
                var json = FACTORY.createParser(ObjectReadContext.empty(), in)) {
            try {
                new CocoFile(json, losses, sink).root();
            } catch (StreamConstraintsException e) {
                throw new FormatException(at(json), "the file nests too deep or has a text that is too long", e);
            } catch (JacksonException e) {
                throw new FormatException(at(json), "the file is not JSON from here on", e);
            }
        }
    }

    private static String at(JsonParser json) {
        return json.streamReadContext().pathAsPointer().toString();
    }

    private FormatException wrong(String message) {
        return new FormatException(at(json), message);
    }

    private void root() {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw wrong("the file is no JSON object; COCO has images, annotations and categories");
        }
        var parts = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "images" -> parts += each(this::image);
                case "annotations" -> parts += each(this::annotation);
                case "categories" -> parts += each(this::category);
                case "info", "licenses", "type" -> json.skipChildren();
                default -> {
                    losses.add(Loss.UNKNOWN_MEMBERS);
                    json.skipChildren();
                }
            }
        }
        if (parts < 3) {
            throw new FormatException("", "the file has not all of images, annotations and categories");
        }
    }

    private int each(Runnable element) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong("the value is not an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw wrong("the value is not an object");
            }
            element.run();
        }
        return 1;
    }

    private void image() {
        Long id = null;
        String fileName = null;
        var width = 0;
        var height = 0;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer();
                case "file_name" -> fileName = text();
                case "width" -> width = pixels();
                case "height" -> height = pixels();
                case "license", "flickr_url", "coco_url", "date_captured" -> lose(Loss.IMAGE_METADATA);
                default -> lose(Loss.UNKNOWN_MEMBERS);
            }
        }
        if (id == null || fileName == null || width <= 0 || height <= 0) {
            throw wrong("the image lacks an id, a file_name, or a width and height in pixels");
        }
        sink.image(new Image(id, fileName, width, height, 0));
    }

    private void category() {
        Long id = null;
        String categoryName = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer();
                case "name" -> categoryName = text();
                case "supercategory" -> json.skipChildren();
                case "keypoints", "skeleton" -> lose(Loss.KEYPOINTS);
                default -> lose(Loss.UNKNOWN_MEMBERS);
            }
        }
        if (id == null || categoryName == null) {
            throw wrong("the category lacks an id or a name");
        }
        sink.category(id, categoryName);
    }

    private void annotation() {
        Long id = null;
        Long imageId = null;
        Long categoryId = null;
        var box = new double[] {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        var crowd = false;
        Map<String, Values.Loose> attributes = Map.of();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer();
                case "image_id" -> imageId = integer();
                case "category_id" -> categoryId = integer();
                case "bbox" -> box = box(box);
                case "iscrowd" -> crowd = integer() != 0;
                case "attributes" -> attributes = attributes();
                case "area" -> json.skipChildren();
                case "segmentation" -> loseUnlessEmpty(Loss.SEGMENTATIONS);
                case "keypoints" -> loseUnlessEmpty(Loss.KEYPOINTS);
                case "num_keypoints" -> json.skipChildren();
                default -> lose(Loss.UNKNOWN_MEMBERS);
            }
        }
        if (imageId == null || categoryId == null) {
            throw wrong("the annotation lacks an image_id or a category_id");
        }
        var shapeId = id == null ? "unnamed-" + ++unnamed : Long.toString(id);
        sink.annotation(
                new Annotation(shapeId, imageId, categoryId, box[0], box[1], box[2], box[3], crowd, attributes));
    }

    private double[] box(double[] none) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return none;
        }
        var box = none.clone();
        var count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count < BOX && json.currentToken().isNumeric()) {
                box[count] = number();
            } else {
                json.skipChildren();
            }
            count++;
        }
        return count == BOX ? box : none;
    }

    private double number() {
        return json.isNaN() ? Double.NaN : json.getDoubleValue();
    }

    private Map<String, Values.Loose> attributes() {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            lose(Loss.UNKNOWN_MEMBERS);
            return Map.of();
        }
        var attributes = new TreeMap<String, Values.Loose>();
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            var name = json.currentName();
            json.nextToken();
            var value = loose();
            if (value == null) {
                lose(Loss.ATTRIBUTES);
            } else {
                attributes.put(name, value);
            }
        }
        return attributes;
    }

    private Values.@Nullable Loose loose() {
        var token = json.currentToken();
        if (token == JsonToken.VALUE_STRING && json.getStringLength() <= MAX_TEXT) {
            return new Values.Loose.Str(json.getString());
        } else if (token.isNumeric() && Double.isFinite(number())) {
            return new Values.Loose.Num(number());
        } else if (token.isBoolean()) {
            return new Values.Loose.Flag(token == JsonToken.VALUE_TRUE);
        }
        return null;
    }

    private void lose(Loss loss) {
        losses.add(loss);
        json.skipChildren();
    }

    private void loseUnlessEmpty(Loss loss) {
        var isArray = json.currentToken() == JsonToken.START_ARRAY;
        if (isArray && json.nextToken() == JsonToken.END_ARRAY) {
            return;
        }
        losses.add(loss);
        if (!isArray) {
            json.skipChildren();
            return;
        }
        do {
            json.skipChildren();
        } while (json.nextToken() != JsonToken.END_ARRAY);
    }

    private long integer() {
        if (json.currentToken() == JsonToken.VALUE_TRUE || json.currentToken() == JsonToken.VALUE_FALSE) {
            return json.currentToken() == JsonToken.VALUE_TRUE ? 1 : 0;
        }
        if (json.currentToken().isNumeric()) {
            var value = number();
            if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
                return (long) value;
            }
        }
        throw wrong("the value is not a whole number");
    }

    private int pixels() {
        var pixels = integer();
        if (pixels <= 0 || pixels > Integer.MAX_VALUE) {
            throw wrong("the value is not a size in pixels");
        }
        return (int) pixels;
    }

    private String text() {
        if (json.currentToken() != JsonToken.VALUE_STRING || json.getStringLength() > MAX_TEXT) {
            throw wrong("the value is not a text of at most " + MAX_TEXT + " characters");
        }
        return json.getString();
    }
}
