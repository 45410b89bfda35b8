package io.etalon.annotation;

import java.util.Map;

/**
 * One thing marked on an asset.
 *
 * @param id unique within its answer ({@link Ids#isShapeId})
 * @param label id of its label class
 * @param geometry where it lies
 * @param attributes answers to the label's attributes, by id
 */
public record Shape(String id, String label, Geometry geometry, Map<String, AnswerValue> attributes) {
    public Shape {
        attributes = Names.sorted(attributes);
    }
}
