package io.etalon.server.forward;

import io.etalon.server.access.CredentialFilter;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.node.Node;
import io.etalon.server.node.Nodes;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Hands requests for a client to the server that has its queues. Streams of events are served here: they are read from the
 * database. A request is handed on once; the server that gets it does it or refuses it. When nobody answers, the queues are
 * taken over as soon as the database lets go of them, within {@link #PATIENCE} for one who waits.
 */
@Component
// Behind Spring Security's chain (-100), which finds out who asks.
@Order(-50)
final class Forwarding extends OncePerRequestFilter {
    static final ErrorCode UNREACHED = ErrorCode.of(
            "server-unreached", ErrorKind.EXHAUSTED, "The server that has this client's work does not answer");
    /** Bytes; the answers of all but files are shorter. */
    private static final int BEGINNING = 65_536;

    private static final ErrorCode UNREADABLE = ErrorCode.of("too-large", ErrorKind.INVALID, "The body is too large")
            .withStatus(413);
    private static final Pattern CLIENT = Pattern.compile("/api/v1/clients/([a-z0-9-]+)(/.*)?");
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long PAUSE_NANOS = 100_000_000;
    /** Tells the server that handed a request on that nothing was done. */
    private static final String MOVED = "X-Etalon-Moved";

    private static final Set<String> SAFE = Set.of("GET", "HEAD");
    private static final Set<String> NOT_CARRIED = Set.of("connection", "transfer-encoding", "keep-alive", "date");

    private final Nodes nodes;
    private final Clients clients;
    private final Whereabouts whereabouts;
    private final Carrier carrier;
    private final HandlerExceptionResolver problems;

    Forwarding(
            Nodes nodes,
            Clients clients,
            Whereabouts whereabouts,
            Carrier carrier,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.nodes = nodes;
        this.clients = clients;
        this.whereabouts = whereabouts;
        this.carrier = carrier;
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return nodes.isAlone() || request.getRequestURI().endsWith("/events");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            var person = CredentialFilter.callerOf(request)
                    .map(caller -> caller.person().value());
            var client = client(request);
            var envelope = NodeDoor.of(request);
            if (envelope != null) {
                checkHandedOn(envelope, client, person);
            } else if (client.isPresent() && person.isPresent()) {
                switch (way(request, client.get(), person.get())) {
                    case Way.Here(var same) -> chain.doFilter(same, response);
                    case Way.Answered(var answer) -> copy(answer, response);
                }
                return;
            }
        } catch (EtalonException e) {
            if (e.code().equals(UNREACHED)) {
                response.setHeader(MOVED, "1");
            }
            problems.resolveException(request, response, null, e);
            return;
        }
        chain.doFilter(request, response);
    }

    private Optional<Client> client(HttpServletRequest request) {
        var address = CLIENT.matcher(request.getRequestURI());
        return address.matches() ? clients.find(address.group(1)) : Optional.empty();
    }

    /** What was handed on is done here or refused, and never handed on again. */
    private void checkHandedOn(Envelope envelope, Optional<Client> client, Optional<UUID> person) {
        if (!person.equals(Optional.of(envelope.person()))) {
            throw new EtalonException(NodeDoor.NOT_OURS, "The caller is not the one that the other server knows.");
        }
        if (client.isPresent() && !whereabouts.isHere(client.get().id())) {
            throw unreached();
        }
    }

    static EtalonException unreached() {
        return EtalonException.retryLater(
                UNREACHED,
                "Try again with the same Idempotency-Key: what was written before is found.",
                Duration.ofSeconds(1));
    }

    /** What is to be done with a request. */
    private sealed interface Way {
        /** It is done here, and may have been read already. */
        record Here(HttpServletRequest request) implements Way {}

        /** It was done by another server. */
        record Answered(HttpResponse<InputStream> answer) implements Way {}
    }

    private Way way(HttpServletRequest request, Client client, UUID person) throws IOException {
        var place = whereabouts.elsewhere(client.id());
        if (place.isEmpty()) {
            return new Way.Here(request);
        }
        var streamed = isStreamed(request);
        var body = streamed ? new byte[0] : read(request);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (place.isPresent()) {
            var answer = tried(request, person, place.get(), body, streamed);
            if (answer.isPresent()) {
                return new Way.Answered(answer.get());
            }
            if (System.nanoTime() > until || streamed) {
                throw unreached();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            place = whereabouts.again(client.id());
        }
        return new Way.Here(new ReadRequest(request, request.getRemoteAddr(), body));
    }

    private static byte[] read(HttpServletRequest request) {
        try {
            return request.getInputStream().readAllBytes();
        } catch (IOException e) {
            // The limit of a body stands before this filter.
            throw new EtalonException(
                    UNREADABLE, "The body was cut off, or has more bytes than a JSON body may have.", e);
        }
    }

    private Optional<HttpResponse<InputStream>> tried(
            HttpServletRequest request, UUID person, Node to, byte[] body, boolean streamed) throws IOException {
        try {
            var answer = carrier.send(request, NodeDoor.line(request), person, to, body, streamed);
            if (answer.headers().firstValue(MOVED).isPresent()) {
                answer.body().close();
                return Optional.empty();
            }
            return Optional.of(answer);
        } catch (Carrier.Unreached e) {
            return Optional.empty();
        } catch (IOException e) {
            if (SAFE.contains(request.getMethod())) {
                return Optional.empty();
            }
            // It may have been done; who has a key asks again and is told.
            throw unreached();
        }
    }

    /** Whether the body is bytes of any length; JSON is read and its hash signed. */
    private static boolean isStreamed(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && !type.startsWith("application/json");
    }

    private static void copy(HttpResponse<InputStream> answer, HttpServletResponse response) throws IOException {
        try (var in = answer.body()) {
            var begun = beginning(in);
            response.setStatus(answer.statusCode());
            answer.headers().map().forEach((name, values) -> {
                if (!NOT_CARRIED.contains(name) && !name.startsWith(":")) {
                    response.setHeader(name, values.getFirst());
                    values.stream().skip(1).forEach(value -> response.addHeader(name, value));
                }
            });
            response.getOutputStream().write(begun);
            in.transferTo(response.getOutputStream());
        }
    }

    /** Read before anything of the answer is sent: a server that dies behind the head of its answer has not answered. */
    private static byte[] beginning(InputStream in) {
        try {
            return in.readNBytes(BEGINNING);
        } catch (IOException e) {
            throw unreached();
        }
    }
}
