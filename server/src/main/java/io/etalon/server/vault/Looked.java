package io.etalon.server.vault;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That somebody's entry in the vault was looked at or changed.
 *
 * @param act {@code set}, {@code read}, {@code record} and {@code destroyed} by himself; {@code pay} by who pays him; {@code
 *     break-glass} by an operator
 * @param client at which he was paid, or whose glass was broken
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "IdentityAccess")
public record Looked(
        String act, boolean byYourself, @Nullable UUID client, Instant at) {}
