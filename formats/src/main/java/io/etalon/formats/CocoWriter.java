package io.etalon.formats;

import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.Box;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Shape;
import io.etalon.formats.LossReport.Loss;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes COCO instances JSON for object detection (cocodataset.org, "Data format", section 1).
 *
 * <p>Ids count from 1 in the order given. A category's {@code name} is the label's id, which never changes when people
 * rename the label. {@code segmentation} is the empty list, as other exporters of pure boxes write it: readers that index
 * the member keep working. Attributes go into an {@code attributes} object, as CVAT does. Reads the images twice (first
 * the images array, then the annotations), so that memory stays constant and nothing is spilled to a disk.
 */
public final class CocoWriter {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final Ontology ontology;
    private final Map<String, Integer> categories = new HashMap<>();
    private final LossReport.Counter losses = new LossReport.Counter();

    private CocoWriter(Ontology ontology) {
        this.ontology = ontology;
        for (var label : ontology.labels()) {
            categories.put(label.id(), categories.size() + 1);
        }
    }

    /**
     * Writes a data set; the stream stays open.
     *
     * @param images gives the same images in the same order each time it is iterated
     * @return what COCO cannot carry
     * @throws IllegalArgumentException when a shape has a label class that the ontology lacks
     * @throws IllegalStateException when the images differ between the two passes
     */
    public static LossReport write(Ontology ontology, Iterable<LabelledImage> images, OutputStream out) {
        return new CocoWriter(ontology).write(images, out);
    }

    private LossReport write(Iterable<LabelledImage> images, OutputStream out) {
        try (var json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("info").writeStartObject();
            json.writeStringProperty("description", "");
            json.writeStringProperty("version", "1.0");
            json.writeEndObject();
            json.writeName("licenses").writeStartArray().writeEndArray();
            categories(json);
            var written = images(images, json);
            annotations(images, written, json);
            json.writeEndObject();
        }
        return losses.report();
    }

    private void categories(JsonGenerator json) {
        json.writeName("categories").writeStartArray();
        for (var label : ontology.labels()) {
            json.writeStartObject();
            json.writeNumberProperty("id", id(label.id()));
            json.writeStringProperty("name", label.id());
            json.writeStringProperty("supercategory", "");
            json.writeEndObject();
            lose(label);
        }
        json.writeEndArray();
    }

    private void lose(LabelClass label) {
        losses.add(Loss.COLORS);
        if (!label.names().isEmpty() || !label.name().equals(label.id())) {
            losses.add(Loss.LOCAL_NAMES);
        }
        losses.add(Loss.ATTRIBUTE_DEFINITIONS, label.attributes().size());
    }

    private int id(String label) {
        var id = categories.get(label);
        if (id == null) {
            throw new IllegalArgumentException("a shape has the label class " + label + ", which the ontology lacks");
        }
        return id;
    }

    private long images(Iterable<LabelledImage> images, JsonGenerator json) {
        json.writeName("images").writeStartArray();
        var id = 0L;
        for (var image : images) {
            json.writeStartObject();
            json.writeNumberProperty("id", ++id);
            json.writeStringProperty("file_name", image.fileName());
            json.writeNumberProperty("width", image.width());
            json.writeNumberProperty("height", image.height());
            json.writeEndObject();
            losses.add(Loss.ASSET_ANSWERS, image.answer().answers().size());
        }
        json.writeEndArray();
        return id;
    }

    private void annotations(Iterable<LabelledImage> images, long written, JsonGenerator json) {
        json.writeName("annotations").writeStartArray();
        var imageId = 0L;
        var id = 0L;
        for (var image : images) {
            imageId++;
            for (var shape : image.answer().shapes()) {
                annotation(++id, imageId, shape, json);
            }
        }
        json.writeEndArray();
        if (imageId != written) {
            throw new IllegalStateException(
                    "the first pass gave " + written + " images, the second " + imageId + "; give a fixed list");
        }
        losses.add(Loss.SHAPE_IDS, id);
    }

    private void annotation(long id, long imageId, Shape shape, JsonGenerator json) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeNumberProperty("image_id", imageId);
        json.writeNumberProperty("category_id", id(shape.label()));
        switch (shape.geometry()) {
            case Box box -> {
                json.writeName("bbox").writeStartArray();
                number(json, box.x());
                number(json, box.y());
                number(json, box.width());
                number(json, box.height());
                json.writeEndArray();
                json.writeName("area");
                number(json, box.area());
            }
        }
        json.writeNumberProperty("iscrowd", 0);
        json.writeName("segmentation").writeStartArray().writeEndArray();
        if (!shape.attributes().isEmpty()) {
            json.writeName("attributes").writeStartObject();
            shape.attributes().forEach((name, value) -> {
                json.writeName(name);
                attribute(value, json);
            });
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void attribute(AnswerValue value, JsonGenerator json) {
        switch (value) {
            case AnswerValue.Choice(var optionId) -> json.writeString(optionId);
            case AnswerValue.Choices(var optionIds) -> {
                json.writeStartArray();
                optionIds.forEach(json::writeString);
                json.writeEndArray();
            }
            case AnswerValue.Text(var text) -> json.writeString(text);
            case AnswerValue.Number(var number) -> number(json, number);
            case AnswerValue.Flag(var flag) -> json.writeBoolean(flag);
        }
    }

    private static void number(JsonGenerator json, double value) {
        json.writeNumber(CanonicalJson.number(value));
    }
}
