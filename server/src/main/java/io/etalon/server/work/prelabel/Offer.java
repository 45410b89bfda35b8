package io.etalon.server.work.prelabel;

import io.etalon.annotation.Answer;
import org.jspecify.annotations.Nullable;

/**
 * A pre-label on its way in: read, and under an ontology that it was read with.
 *
 * @param confidence of the model in the whole answer, 0 to 1; null when it says none
 */
public record Offer(String model, String version, @Nullable Double confidence, int ontologyVersion, Answer answer) {}
