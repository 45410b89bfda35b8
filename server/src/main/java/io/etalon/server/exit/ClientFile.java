package io.etalon.server.exit;

import io.etalon.server.base.ClientId;
import io.etalon.server.tenant.Client;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The archive's {@code client.json}. */
record ClientFile(UUID id, String slug, String name, Instant createdAt) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static ClientFile of(Client client) {
        return new ClientFile(client.id().value(), client.slug(), client.name(), client.createdAt());
    }

    static ClientFile read(byte[] json) {
        return JSON.readValue(json, ClientFile.class);
    }

    Client client() {
        return new Client(new ClientId(id), slug, name, createdAt);
    }

    String json() {
        return JSON.writeValueAsString(this);
    }
}
