package io.etalon.server.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One numbered entry of a client's log.
 *
 * @param index its place in the tree, from 0
 * @param entry the leaf: canonical JSON (RFC 8785), byte for byte what the tree hashes
 */
public record LogEntry(
        long index,

        @JsonRawValue @Schema(ref = "#/components/schemas/AuditLeaf")
        String entry) {}
