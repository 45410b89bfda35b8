package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The only way in which this package calls anybody: the issuer that an operator has configured, and the addresses that this
 * issuer names. HTTPS alone, or plain HTTP where the issuer itself is on this machine; no redirect is followed; a private
 * address is called only on the host of the issuer, since naming that host was the operator's leave; link-local addresses,
 * where clouds keep their secrets, never. An answer has at most a million bytes and ten seconds. Thread-safe.
 */
@Component
final class Outbound {
    static final ErrorCode UNREACHABLE =
            ErrorCode.of("provider-unreachable", ErrorKind.EXTERNAL, "The identity provider does not answer");
    static final ErrorCode FORBIDDEN_ADDRESS =
            ErrorCode.of("provider-address", ErrorKind.INVALID, "The server does not call this address");
    private static final int MOST = 1_000_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /** An answer of an HTTP status with a JSON object. */
    record Answer(int status, JsonNode body) {}

    /**
     * Whether an address may be called on behalf of an issuer.
     *
     * @throws EtalonException invalid, saying why not
     */
    static URI checked(String address, String issuer) {
        var target = uri(address);
        var home = uri(issuer);
        var host = target.getHost();
        if (target.getRawUserInfo() != null || target.getRawFragment() != null) {
            throw refused(address, "it has a user or a fragment");
        }
        var atHome = host.equalsIgnoreCase(home.getHost());
        try {
            var all = InetAddress.getAllByName(host);
            for (var ip : all) {
                if (ip.isLinkLocalAddress() || ip.isMulticastAddress() || ip.isAnyLocalAddress()) {
                    throw refused(address, "its host is no place that people sign in at");
                }
                if (isPrivate(ip) && !atHome) {
                    throw refused(address, "its host is private, and not the issuer's own");
                }
            }
            var onThisMachine = atHome && all.length > 0 && all[0].isLoopbackAddress();
            if (!"https".equals(target.getScheme()) && !("http".equals(target.getScheme()) && onThisMachine)) {
                throw refused(address, "it is not HTTPS");
            }
        } catch (UnknownHostException e) {
            throw new EtalonException(UNREACHABLE, "The host of " + shortened(address) + " is not known.", e);
        }
        return target;
    }

    private static boolean isPrivate(InetAddress ip) {
        var bytes = ip.getAddress();
        var uniqueLocal = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        var sharedSpace = bytes.length == 4 && (bytes[0] & 0xFF) == 100 && (bytes[1] & 0xC0) == 64;
        return ip.isSiteLocalAddress() || ip.isLoopbackAddress() || uniqueLocal || sharedSpace;
    }

    private static URI uri(String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() == null || uri.getScheme() == null) {
                throw refused(text, "it is no web address");
            }
            return uri;
        } catch (IllegalArgumentException e) {
            throw refused(text, "it is no web address");
        }
    }

    private static String shortened(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return "“" + (plain.length() > 80 ? plain.substring(0, 80) + "…" : plain) + "”";
    }

    private static EtalonException refused(String address, String why) {
        return new EtalonException(FORBIDDEN_ADDRESS, shortened(address) + " is not called: " + why + ".");
    }

    /** @throws EtalonException external, when it does not answer with a JSON object and 200 */
    JsonNode get(String address, String issuer, @Nullable String bearer) {
        var request = request(address, issuer);
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        var answer = exchange(request.GET().build());
        if (answer.status() != 200) {
            throw new EtalonException(UNREACHABLE, "The identity provider answers " + answer.status() + ".");
        }
        return answer.body();
    }

    /** Posts a form; whatever the status, as long as a JSON object comes back. */
    Answer post(String address, String issuer, Map<String, String> form, @Nullable String authorization) {
        var body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        var request = request(address, issuer)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return exchange(request.build());
    }

    private static HttpRequest.Builder request(String address, String issuer) {
        return HttpRequest.newBuilder(checked(address, issuer))
                .timeout(PATIENCE)
                .header("Accept", "application/json");
    }

    private Answer exchange(HttpRequest request) {
        try {
            var response = http.send(request, BodyHandlers.ofInputStream());
            return new Answer(response.statusCode(), json(response));
        } catch (IOException | JacksonException e) {
            throw new EtalonException(UNREACHABLE, "The identity provider does not answer as it should.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EtalonException(UNREACHABLE, "The identity provider was not waited for.", e);
        }
    }

    private static JsonNode json(HttpResponse<java.io.InputStream> response) throws IOException {
        try (var in = response.body()) {
            var bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new IOException("more than " + MOST + " bytes");
            }
            var body = JSON.readTree(bytes);
            if (!body.isObject()) {
                throw new IOException("no JSON object");
            }
            return body;
        }
    }
}
