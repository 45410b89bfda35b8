package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Clients' keys in a transit engine of OpenBao or Vault (openbao.org/api-docs/secret/transit): derived AES-256-GCM keys named
 * {@code etalon-<client>}. What a wrapped key is bound to is the derivation's context, so that another context is another key;
 * a key that is not derived is refused, since the engine would ignore the context. The engine's version of a key stands behind
 * a colon in its name. Each use bears its id in the header {@code X-Etalon-Unwrap}, which the engine's audit devices write down
 * when told to. Thread-safe.
 */
final class TransitKeys implements KeyEncryption {
    /**
     * Where the engine is.
     *
     * @param address such as {@code https://bao.example:8200}
     * @param mount the engine's path
     * @param namespace or null
     * @param tokenFile a file with the token, read for every use, so that an agent may renew it
     * @param caFile PEM certificates to trust instead of the machine's; null for those
     */
    record Settings(
            URI address,
            String mount,
            @Nullable String namespace,
            Path tokenFile,
            @Nullable Path caFile) {}

    static final String ID_HEADER = "X-Etalon-Unwrap";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final Settings settings;
    private final HttpClient http;

    TransitKeys(String name, Settings settings) {
        this.name = name;
        this.settings = settings;
        var builder = HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        if (settings.caFile() != null) {
            builder.sslContext(trusting(settings.caFile()));
        }
        this.http = builder.build();
    }

    @Override
    public String make(ClientId client, int version) {
        var key = "etalon-" + client;
        var known = find(key);
        if (known == null) {
            send("keys/" + key, Map.of("type", "aes256-gcm96", "derived", true), null);
        } else {
            requireDerived(key, known);
            send("keys/" + key + "/rotate", Map.of(), null);
        }
        var made = find(key);
        if (made == null) {
            throw fault(KeyFaults.MISSING, "has no key " + key + " after it was made", null);
        }
        requireDerived(key, made);
        return key + ":" + made.path("latest_version").asInt();
    }

    @Override
    public void reach(ClientId client) {
        var known = find("etalon-" + client);
        if (known != null) {
            requireDerived("etalon-" + client, known);
        }
    }

    private @Nullable JsonNode find(String key) {
        var response = exchange(request("keys/" + key).GET().build());
        return response.statusCode() == 404 ? null : data(response);
    }

    private void requireDerived(String key, JsonNode known) {
        if (!known.path("derived").asBoolean(false)) {
            throw fault(
                    KeyFaults.REFUSED,
                    "has a key " + key + " that is not derived; make one with “derived” set, or let Etalon make it",
                    null);
        }
    }

    @Override
    public DataKey dataKey(Use use) {
        // This path takes the newest version alone; another is not asked for before it was retired.
        var data = send("datakey/plaintext/" + keyOf(use), Map.of("context", base64(use.bound()), "bits", 256), use);
        return new DataKey(bytes(data, "plaintext"), ciphertext(data));
    }

    @Override
    public byte[] wrap(Use use, byte[] plain) {
        var data = send(
                "encrypt/" + keyOf(use),
                Map.of(
                        "plaintext",
                        base64(plain),
                        "context",
                        base64(use.bound()),
                        "key_version",
                        Integer.parseInt(versionOf(use.key()))),
                use);
        return ciphertext(data);
    }

    @Override
    public byte[] unwrap(Use use, byte[] wrapped) {
        var data = send(
                "decrypt/" + keyOf(use),
                Map.of("ciphertext", new String(wrapped, UTF_8), "context", base64(use.bound())),
                use);
        return bytes(data, "plaintext");
    }

    /** Has the engine refuse this version and those before it; where its policy does not let us, its owner may do so. */
    @Override
    public void retire(ClientId client, String key) {
        var version = Integer.parseInt(versionOf(key));
        send("keys/" + keyOf(key) + "/config", Map.of("min_decryption_version", version + 1), null);
    }

    private static String keyOf(Use use) {
        return keyOf(use.key());
    }

    private static String keyOf(String key) {
        return key.substring(0, key.lastIndexOf(':'));
    }

    private static String versionOf(String key) {
        return key.substring(key.lastIndexOf(':') + 1);
    }

    private JsonNode send(String path, Map<String, Object> body, @Nullable Use use) {
        var request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)));
        if (use != null) {
            request.header(ID_HEADER, use.id().toString());
        }
        return data(exchange(request.build()));
    }

    private HttpRequest.Builder request(String path) {
        var base = settings.address().toString().replaceAll("/+$", "");
        var request = HttpRequest.newBuilder(URI.create(base + "/v1/" + settings.mount() + "/" + path))
                .timeout(PATIENCE)
                .header("X-Vault-Request", "true")
                .header("X-Vault-Token", token());
        if (settings.namespace() != null) {
            request.header("X-Vault-Namespace", settings.namespace());
        }
        return request;
    }

    private String token() {
        try {
            return Files.readString(settings.tokenFile(), UTF_8).strip();
        } catch (IOException e) {
            throw fault(KeyFaults.UNREACHABLE, "cannot be asked: its token file cannot be read", e);
        }
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw fault(KeyFaults.UNREACHABLE, "does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw fault(KeyFaults.UNREACHABLE, "was not waited for", e);
        }
    }

    private JsonNode data(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> parsed(response.body()).path("data");
            case 204 -> JSON.createObjectNode();
            case 400 -> throw refused(response.body());
            case 401, 403 -> throw fault(KeyFaults.REFUSED, "does not let this key be used (403)", null);
            case 404 -> throw fault(KeyFaults.MISSING, "has no such key, or no engine at this path (404)", null);
            default -> throw fault(KeyFaults.UNREACHABLE, "answers " + response.statusCode(), null);
        };
    }

    /** The engine answers 400 to everything that it understands and does not do; its words tell which. */
    private EtalonException refused(String body) {
        var words = parsed(body).path("errors").toString();
        if (words.contains("key not found")) {
            return fault(KeyFaults.MISSING, "has no such key (400)", null);
        }
        return words.contains("disallowed by policy") || words.contains("soft-deleted")
                ? fault(KeyFaults.REFUSED, "does not let this version of the key be used (400)", null)
                : fault(
                        KeyFaults.BROKEN,
                        "did not open a wrapped key: it was changed, or is bound to something else (400)",
                        null);
    }

    private JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw fault(KeyFaults.UNREACHABLE, "answers something that is not JSON", e);
        }
    }

    private byte[] bytes(JsonNode data, String member) {
        try {
            return Base64.getDecoder().decode(data.path(member).asString(""));
        } catch (IllegalArgumentException e) {
            throw fault(KeyFaults.UNREACHABLE, "answers without a " + member, e);
        }
    }

    private byte[] ciphertext(JsonNode data) {
        var text = data.path("ciphertext").asString("");
        if (text.isEmpty()) {
            throw fault(KeyFaults.UNREACHABLE, "answers without a ciphertext", null);
        }
        return text.getBytes(UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private EtalonException fault(ErrorCode code, String what, @Nullable Throwable cause) {
        var detail = "The key service “" + name + "” " + what + ".";
        return cause == null ? new EtalonException(code, detail) : new EtalonException(code, detail, cause);
    }

    private SSLContext trusting(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw fault(KeyFaults.UNREACHABLE, "cannot be asked: its CA file cannot be read", e);
        }
    }
}
