package io.etalon.server.work.prelabel;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The pre-label that an answer's author was shown.
 *
 * @param id of the pre-label
 * @param confidence that the model told
 * @param unchanged whether the author left it as it was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "PreLabelOrigin")
public record Origin(
        long id, String model, String version, @Nullable Double confidence, boolean unchanged) {}
