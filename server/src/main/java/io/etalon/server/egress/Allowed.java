package io.etalon.server.egress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The networks that the operator opens though they are not public: receivers in the same building. The file holds
 * {@code {"networks": ["10.20.0.0/16"]}}; it is read again at every look, so that a change needs no restart. One that cannot
 * be read opens nothing. Thread-safe.
 */
final class Allowed {
    private static final Logger LOG = LoggerFactory.getLogger(Allowed.class);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Content(List<String> networks) {}

    private final Path file;

    Allowed(Path file) {
        this.file = file;
    }

    boolean has(InetAddress address) {
        return networks().stream().anyMatch(network -> network.has(address));
    }

    private List<Network> networks() {
        try {
            var content = JSON.readValue(Files.readString(file, UTF_8), Content.class);
            return content.networks().stream().map(Network::parse).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
            LOG.warn("event=egress-file-unreadable file={} reason={}", file, e.toString());
            return List.of();
        }
    }
}
