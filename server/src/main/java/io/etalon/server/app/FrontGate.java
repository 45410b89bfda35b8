package io.etalon.server.app;

import io.etalon.server.admission.Gate;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses what the server could not finish in time, before anything was done for it: 503 when the server is full, 429 when
 * the client itself uses up its share; both with {@code Retry-After}. Slots are shared between clients. Signing in has slots
 * of its own, and so have streams, uploads and downloads, which last; health, measurements and the web application's files
 * pass always.
 */
@Component
// After the address of the sender is known and its time is taken, before anything is read.
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
final class FrontGate implements Filter, MeterBinder {
    static final ErrorCode FULL =
            ErrorCode.of("server-busy", ErrorKind.EXHAUSTED, "The server has more to do than it can");
    static final ErrorCode SHARE = ErrorCode.of(
                    "client-busy", ErrorKind.EXHAUSTED, "This client asks for more than its share")
            .withStatus(429);

    private static final String API = "/api/";
    private static final String CLIENTS = "/api/v1/clients/";
    private static final String CONTENT = "/content/";
    private static final int LONG_FACTOR = 4;

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration BURST = Duration.ofMillis(500);
    /** Hundreds of people at a server of a few hundred requests a second are no flood, though their line never ends. */
    private static final Duration STANDING = Duration.ofSeconds(1);

    /** Those who were refused together should not come back together. */
    private static final int SPREAD_SECONDS = 4;

    private final @Nullable Gate work;
    private final Gate door;
    private final Gate longer;
    private final byte[] full;
    private final byte[] share;
    private final int salt = new SecureRandom().nextInt();
    private final AtomicInteger turn = new AtomicInteger();

    /**
     * @param slots requests under way at once; 0 for no limit
     * @param patience how long a request waits for a slot
     */
    FrontGate(
            JsonMapper json,
            @Value("${etalon.admission.slots:384}") int slots,
            @Value("${etalon.admission.patience:2s}") Duration patience) {
        work = slots == 0 ? null : new Gate(new Gate.Limits(slots, 2 * slots, patience, LATENCY, BURST, STANDING));
        door = new Gate(new Gate.Limits(16, 64, Duration.ofSeconds(5), Duration.ofSeconds(1)));
        var streams = Math.max(64, slots * LONG_FACTOR);
        longer = new Gate(new Gate.Limits(streams, 0, Duration.ZERO, Duration.ofHours(1)));
        full = json.writeValueAsBytes(
                Problem.of(FULL, "Nothing was done. Come back when Retry-After says, with the same Idempotency-Key."));
        share = json.writeValueAsBytes(Problem.of(
                SHARE, "Nothing was done. Come back when Retry-After says, with fewer requests at the same time."));
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var http = (HttpServletRequest) request;
        var gate = gate(http);
        if (gate == null) {
            chain.doFilter(request, response);
            return;
        }
        var party = party(http);
        switch (gate.enter(party)) {
            case IN -> {
                var since = System.nanoTime();
                try {
                    chain.doFilter(request, response);
                } finally {
                    gate.leave(party, since);
                }
            }
            case FULL -> refuse((HttpServletResponse) response, FULL, full);
            case SHARE -> refuse((HttpServletResponse) response, SHARE, share);
        }
    }

    private @Nullable Gate gate(HttpServletRequest request) {
        var address = request.getRequestURI();
        if (address.startsWith(CONTENT)) {
            return longer;
        }
        if (!address.startsWith(API) || address.equals("/api/v1/about")) {
            return null;
        }
        if (address.startsWith("/api/v1/session") || address.startsWith("/api/v1/invitations/")) {
            return door;
        }
        return lasts(request.getMethod(), address) ? longer : work;
    }

    /** Whether the time that a request takes is its sender's or reader's. */
    private static boolean lasts(String method, String address) {
        return switch (method) {
            case "GET" ->
                address.endsWith("/events")
                        || address.endsWith("/file")
                        || address.endsWith("/archive")
                        || address.endsWith("/content");
            case "POST" -> address.endsWith("/assets") || address.endsWith("/imports") || address.endsWith("/archives");
            default -> false;
        };
    }

    /** The client that the address names, as it is written; who names none, or none that can be one, stands for himself. */
    private int party(HttpServletRequest request) {
        var address = request.getRequestURI();
        if (address.startsWith(CLIENTS)) {
            var end = CLIENTS.length();
            while (end < address.length() && isSlug(address.charAt(end))) {
                end++;
            }
            if (end == address.length() || address.charAt(end) == '/') {
                return Gate.party(address, CLIENTS.length(), end, salt);
            }
        }
        var sender = request.getRemoteAddr();
        return Gate.party(sender, 0, sender.length(), salt);
    }

    private static boolean isSlug(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    private void refuse(HttpServletResponse response, ErrorCode code, byte[] body) throws IOException {
        var seconds = 1 + Math.floorMod(turn.getAndIncrement(), SPREAD_SECONDS);
        response.setStatus(code.status());
        response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        bind(registry, "work", work);
        bind(registry, "door", door);
        bind(registry, "long", longer);
    }

    private static void bind(MeterRegistry registry, String name, @Nullable Gate gate) {
        if (gate != null) {
            Gauge.builder("etalon.admission.running", gate, Gate::running)
                    .tag("gate", name)
                    .register(registry);
            Gauge.builder("etalon.admission.waiting", gate, Gate::waiting)
                    .tag("gate", name)
                    .register(registry);
            Gauge.builder("etalon.admission.slots", gate, Gate::slots)
                    .tag("gate", name)
                    .register(registry);
            FunctionCounter.builder("etalon.admission.refused", gate, Gate::refused)
                    .tag("gate", name)
                    .register(registry);
        }
    }
}
