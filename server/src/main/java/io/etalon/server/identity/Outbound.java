package io.etalon.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.egress.CallFault;
import io.etalon.server.egress.Egress;
import io.etalon.server.egress.Egress.Call;
import io.etalon.server.egress.Outcome.Answered;
import io.etalon.server.egress.Outcome.Failed;
import java.net.URI;
import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What this package asks of others: the issuer that an operator has configured, and the addresses that this issuer names.
 * HTTPS alone, or plain HTTP where the issuer itself is on this machine; a private address is called only on the host of the
 * issuer, since naming that host was the operator's leave, and where he opened it to all calls. An answer has at most a
 * million bytes. Thread-safe.
 */
@Component
final class Outbound {
    static final ErrorCode UNREACHABLE =
            ErrorCode.of("provider-unreachable", ErrorKind.EXTERNAL, "The identity provider does not answer");
    static final ErrorCode FORBIDDEN_ADDRESS =
            ErrorCode.of("provider-address", ErrorKind.INVALID, "The server does not call this address");
    private static final int MOST = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Egress egress;

    Outbound(Egress egress) {
        this.egress = egress;
    }

    /** An answer of an HTTP status with a JSON object. */
    record Answer(int status, JsonNode body) {}

    /**
     * The form of an address that an issuer names; whether its host may be called shows when it is.
     *
     * @throws EtalonException invalid, saying why not
     */
    static URI checked(String address, String issuer) {
        var target = uri(address);
        if (target.getRawUserInfo() != null || target.getRawFragment() != null) {
            throw refused(address, "it has a user or a fragment");
        }
        var clear = "http".equals(target.getScheme()) && isAtHome(target, issuer);
        if (!"https".equals(target.getScheme()) && !clear) {
            throw refused(address, "it is not HTTPS");
        }
        return target;
    }

    private static boolean isAtHome(URI target, String issuer) {
        return target.getHost().equalsIgnoreCase(uri(issuer).getHost());
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
        var headers = headers();
        if (bearer != null) {
            headers.put("Authorization", "Bearer " + bearer);
        }
        var answer = exchange("GET", address, issuer, headers, "");
        if (answer.status() != 200) {
            throw new EtalonException(UNREACHABLE, "The identity provider answers " + answer.status() + ".");
        }
        return answer.body();
    }

    /** Posts a form; whatever the status, as long as a JSON object comes back. */
    Answer post(String address, String issuer, Map<String, String> form, @Nullable String authorization) {
        var headers = headers();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        if (authorization != null) {
            headers.put("Authorization", authorization);
        }
        var body = form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        return exchange("POST", address, issuer, headers, body);
    }

    private static Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Accept", "application/json");
        return headers;
    }

    private Answer exchange(String method, String address, String issuer, Map<String, String> headers, String body) {
        var target = checked(address, issuer);
        var call = new Call(method, target, headers, body.getBytes(UTF_8), MOST, isAtHome(target, issuer));
        return switch (egress.call(call)) {
            case Answered answered -> new Answer(answered.status(), json(answered.body()));
            case Failed failed -> throw failure(address, failed.fault());
        };
    }

    private static EtalonException failure(String address, CallFault fault) {
        return switch (fault) {
            case FORBIDDEN_ADDRESS ->
                refused(address, "its host is a reserved one and not the issuer's own, or it is not HTTPS");
            case UNKNOWN_HOST ->
                new EtalonException(UNREACHABLE, "The host of " + shortened(address) + " is not known.");
            case NO_CONNECTION, TLS, TIME_OUT, NOT_HTTP ->
                new EtalonException(UNREACHABLE, "The identity provider does not answer: " + fault.text() + ".");
        };
    }

    private static JsonNode json(String text) {
        try {
            var body = JSON.readTree(text);
            if (body.isObject()) {
                return body;
            }
        } catch (JacksonException e) {
            throw new EtalonException(UNREACHABLE, "The identity provider does not answer as it should.", e);
        }
        throw new EtalonException(UNREACHABLE, "The identity provider answers with no JSON object.");
    }
}
