package io.etalon.server.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One numbered entry of a client's log.
 *
 * @param index its place in the tree, from 0
 * @param entry the leaf: canonical JSON (RFC 8785), byte for byte what the tree hashes
 */
public record LogEntry(long index, @JsonRawValue String entry) {}
