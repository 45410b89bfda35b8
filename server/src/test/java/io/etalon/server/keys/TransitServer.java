package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small transit engine written from OpenBao's published API (openbao.org/api-docs/secret/transit), not from its code: keys
 * with versions, derivation by context, encrypt, decrypt, datakey, rotate, config, policies by key, an audit log that bears
 * the headers it is told to. It shows that the adaptor speaks the API as documented; no real engine was asked.
 */
public final class TransitServer implements AutoCloseable {
    static final String TOKEN = "s.token-of-etalon";
    static final String NAMESPACE = "acme";

    /** A line of the engine's own log. */
    public record Logged(String operation, String key, String unwrap, boolean done) {}

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final class Key {
        final boolean derived;
        final TreeMap<Integer, byte[]> versions = new TreeMap<>();
        int minimum = 1;
        boolean denied;

        Key(boolean derived) {
            this.derived = derived;
            rotate();
        }

        void rotate() {
            var bytes = new byte[32];
            new SecureRandom().nextBytes(bytes);
            versions.put(versions.isEmpty() ? 1 : versions.lastKey() + 1, bytes);
        }
    }

    private record Answer(int status, String body) {}

    public final List<Logged> log = new CopyOnWriteArrayList<>();
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Path tokenFile;
    private volatile boolean silent;

    public TransitServer(Path folder) throws IOException {
        tokenFile = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/transit/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    TransitKeys.Settings settings() {
        return new TransitKeys.Settings(address(), "transit", NAMESPACE, tokenFile, null);
    }

    /** As the installation's list would have it. */
    public Map<String, Object> listed(String name) {
        return Map.of(
                "name",
                name,
                "kind",
                "TRANSIT",
                "address",
                address().toString(),
                "namespace",
                NAMESPACE,
                "tokenFile",
                tokenFile.toAbsolutePath().toString());
    }

    /** The ids of the unwrappings that the engine's own log says were done. */
    public List<String> unwrapped() {
        return log.stream()
                .filter(line -> line.operation().equals("decrypt") && line.done())
                .map(Logged::unwrap)
                .toList();
    }

    /** The owner's policy on a key. */
    void deny(String key, boolean denied) {
        key(key).denied = denied;
    }

    /** Lets connections wait and closes them without a word, as a proxy before a dead engine does. */
    void silence(boolean silent) {
        this.silent = silent;
    }

    void delete(String key) {
        keys.remove(key);
    }

    void makeUnderived(String key) {
        keys.put(key, new Key(false));
    }

    int minimum(String key) {
        return key(key).minimum;
    }

    private Key key(String name) {
        var key = keys.get(name);
        if (key == null) {
            throw new AssertionError("no key " + name);
        }
        return key;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (silent) {
                return;
            }
            var path = exchange.getRequestURI().getPath().substring("/v1/transit/".length());
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var headers = exchange.getRequestHeaders();
            Answer answer;
            if (!TOKEN.equals(headers.getFirst("X-Vault-Token"))
                    || !NAMESPACE.equals(headers.getFirst("X-Vault-Namespace"))
                    || !"true".equals(headers.getFirst("X-Vault-Request"))) {
                answer = errors(403, "permission denied");
            } else {
                answer = answer(exchange.getRequestMethod(), path, body.isEmpty() ? "{}" : body);
            }
            var parts = path.split("/", -1);
            log.add(new Logged(
                    parts[0],
                    parts[parts.length - 1],
                    String.valueOf(headers.getFirst(TransitKeys.ID_HEADER)),
                    answer.status() < 300));
            var bytes = answer.body().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized Answer answer(String method, String path, String body) {
        var parts = path.split("/", -1);
        var json = JSON.readTree(body);
        try {
            return switch (method + " " + parts[0] + "/" + parts.length) {
                case "GET keys/2" -> keys.containsKey(parts[1]) ? described(parts[1]) : errors(404);
                case "POST keys/2" -> created(parts[1], json);
                case "POST keys/3" -> parts[2].equals("rotate") ? rotated(parts[1]) : configured(parts[1], json);
                case "POST encrypt/2" -> denied(parts[1]) ? forbidden() : encrypted(parts[1], json);
                case "POST decrypt/2" -> denied(parts[1]) ? forbidden() : decrypted(parts[1], json);
                case "POST datakey/3" -> denied(parts[2]) ? forbidden() : dataKey(parts[2], json);
                default -> errors(404);
            };
        } catch (GeneralSecurityException e) {
            return errors(400, "cipher: message authentication failed");
        }
    }

    private boolean denied(String key) {
        return keys.containsKey(key) && key(key).denied;
    }

    private static Answer forbidden() {
        return errors(403, "1 error occurred:\n\t* permission denied\n\n");
    }

    private Answer described(String name) {
        var key = key(name);
        return data(Map.of(
                "name",
                name,
                "type",
                "aes256-gcm96",
                "derived",
                key.derived,
                "latest_version",
                key.versions.lastKey(),
                "min_decryption_version",
                key.minimum));
    }

    private Answer created(String name, JsonNode json) {
        keys.putIfAbsent(name, new Key(json.path("derived").asBoolean(false)));
        return described(name);
    }

    private Answer rotated(String name) {
        key(name).rotate();
        return described(name);
    }

    private Answer configured(String name, JsonNode json) {
        key(name).minimum = json.path("min_decryption_version").asInt();
        return described(name);
    }

    private Answer encrypted(String name, JsonNode json) throws GeneralSecurityException {
        if (!keys.containsKey(name)) {
            // The API creates a key on the fly where policy lets it; a policy of a client's keys does not.
            return errors(400, "encryption key not found");
        }
        var plain = Base64.getDecoder().decode(json.path("plaintext").asString());
        return data(Map.of("ciphertext", seal(key(name), json, plain)));
    }

    private String seal(Key key, JsonNode json, byte[] plain) throws GeneralSecurityException {
        var version = json.path("key_version").asInt(0);
        version = version == 0 ? key.versions.lastKey() : version;
        var nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        var cipher = cipher(Cipher.ENCRYPT_MODE, key, version, json, nonce);
        var sealed = cipher.doFinal(plain);
        var all = Arrays.copyOf(nonce, 12 + sealed.length);
        System.arraycopy(sealed, 0, all, 12, sealed.length);
        return "vault:v" + version + ":" + Base64.getEncoder().encodeToString(all);
    }

    private Answer decrypted(String name, JsonNode json) throws GeneralSecurityException {
        if (!keys.containsKey(name)) {
            return errors(400, "encryption key not found");
        }
        var key = key(name);
        var parts = json.path("ciphertext").asString().split(":", 3);
        var version = Integer.parseInt(parts[1].substring(1));
        if (version < key.minimum) {
            return errors(400, "ciphertext or signature version is disallowed by policy (too old)");
        }
        byte[] all;
        try {
            all = Base64.getDecoder().decode(parts[2]);
        } catch (IllegalArgumentException e) {
            return errors(400, "invalid ciphertext: could not decode base64");
        }
        var plain = cipher(Cipher.DECRYPT_MODE, key, version, json, Arrays.copyOf(all, 12))
                .doFinal(all, 12, all.length - 12);
        return data(Map.of("plaintext", Base64.getEncoder().encodeToString(plain)));
    }

    private Answer dataKey(String name, JsonNode json) throws GeneralSecurityException {
        if (!keys.containsKey(name)) {
            return errors(400, "encryption key not found");
        }
        var plain = new byte[json.path("bits").asInt(256) / 8];
        new SecureRandom().nextBytes(plain);
        return data(Map.of(
                "plaintext", Base64.getEncoder().encodeToString(plain), "ciphertext", seal(key(name), json, plain)));
    }

    /** The context makes another key; a key that is not derived ignores it. */
    private static Cipher cipher(int mode, Key key, int version, JsonNode json, byte[] nonce)
            throws GeneralSecurityException {
        var secret = key.versions.get(version);
        if (key.derived) {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            secret = mac.doFinal(Base64.getDecoder().decode(json.path("context").asString()));
        }
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(128, nonce));
        return cipher;
    }

    private static Answer data(Map<String, Object> data) {
        var body = new LinkedHashMap<String, Object>();
        body.put("request_id", java.util.UUID.randomUUID().toString());
        body.put("lease_id", "");
        body.put("data", data);
        return new Answer(200, JSON.writeValueAsString(body));
    }

    private static Answer errors(int status, String... errors) {
        return new Answer(status, JSON.writeValueAsString(Map.of("errors", new ArrayList<>(List.of(errors)))));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
