package io.etalon.server.forward;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.node.Nodes;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Where requests of other servers come in: nothing is believed of an envelope that this installation did not sign. Where servers
 * speak TLS with each other, envelopes come in at that port alone, and nothing else does.
 */
@Component
// Before the gate, which counts by the sender's address.
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class NodeDoor extends OncePerRequestFilter {
    static final ErrorCode NOT_OURS = ErrorCode.of(
            "envelope-refused", ErrorKind.FORBIDDEN, "The request does not come from a server of this installation");
    private static final Logger LOG = LoggerFactory.getLogger(NodeDoor.class);
    private static final String ATTRIBUTE = Envelope.class.getName();
    private static final int MAX_JSON = 2_000_000;

    private final Nodes nodes;
    private final Envelope.Seal seal;
    private final NodePlace place;
    private final HandlerExceptionResolver problems;

    NodeDoor(
            Nodes nodes,
            InstallationSecret secret,
            NodePlace place,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.nodes = nodes;
        this.seal = new Envelope.Seal(secret);
        this.place = place;
        this.problems = problems;
    }

    /** The envelope that a request came in. */
    static @Nullable Envelope of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Envelope envelope ? envelope : null;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(Envelope.HEADER) == null && !isNodesPort(request);
    }

    private boolean isNodesPort(HttpServletRequest request) {
        return place.port() != 0 && request.getLocalPort() == place.port();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(opened(request), response);
        } catch (EtalonException e) {
            LOG.warn("event=envelope-refused from={}", request.getRemoteAddr());
            problems.resolveException(request, response, null, e);
        }
    }

    private HttpServletRequest opened(HttpServletRequest request) throws IOException {
        var header = request.getHeader(Envelope.HEADER);
        if (header == null || place.isEncrypted() && !isNodesPort(request)) {
            throw refusal();
        }
        var envelope = seal.open(header, line(request)).orElseThrow(NodeDoor::refusal);
        if (!envelope.to().equals(nodes.self())
                || Math.abs(nodes.millis() - envelope.millis()) > Envelope.GOOD_FOR.toMillis()) {
            throw refusal();
        }
        request.setAttribute(ATTRIBUTE, envelope);
        if (envelope.body().equals(Envelope.STREAMED)) {
            return new ReadRequest(request, envelope.sender(), null);
        }
        var body = request.getInputStream().readNBytes(MAX_JSON + 1);
        if (!Envelope.digest(body).equals(envelope.body())) {
            throw refusal();
        }
        return new ReadRequest(request, envelope.sender(), body);
    }

    static String line(HttpServletRequest request) {
        var query = request.getQueryString();
        return request.getMethod() + " " + request.getRequestURI() + (query == null ? "" : "?" + query);
    }

    private static EtalonException refusal() {
        return new EtalonException(NOT_OURS, "The header " + Envelope.HEADER + " is for servers of one installation.");
    }
}
