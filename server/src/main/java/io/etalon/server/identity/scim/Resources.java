package io.etalon.server.identity.scim;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The resources of one kind in a directory, as RFC 7644 speaks of them. Whom another provider named is not found.
 * Implementations are thread-safe.
 */
interface Resources {
    /** A resource as SCIM's JSON, whole. */
    record Shown(UUID id, long version, ObjectNode json) {}

    Schemas.Kind kind();

    /** The attributes that a filter may name, in lower case, with their columns. */
    Map<String, String> filters();

    int count(UUID provider, Filter.Condition where);

    List<Shown> page(UUID provider, Filter.Condition where, int offset, int limit);

    Shown get(UUID provider, UUID id);

    Shown create(UUID provider, JsonNode body);

    /**
     * @param ifMatch the version that the caller has read; null for any
     * @param change makes of what a directory may change, as it is, what it is to be; may change it in place
     */
    Shown change(UUID provider, UUID id, @Nullable String ifMatch, UnaryOperator<ObjectNode> change);

    void delete(UUID provider, UUID id, @Nullable String ifMatch);
}
