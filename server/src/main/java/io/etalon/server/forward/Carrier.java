package io.etalon.server.forward;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.node.Node;
import io.etalon.server.node.Nodes;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Carries requests to other servers: over TLS unless somebody allowed less, bounded in number and time. Thread-safe. */
@Component
final class Carrier implements AutoCloseable {
    private static final int AT_ONCE = 512;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    /** Of one connection, or written by the HTTP client itself. */
    private static final Set<String> NOT_CARRIED = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            Envelope.HEADER.toLowerCase(Locale.ROOT));

    /** Nobody answered: nothing was sent. */
    static final class Unreached extends IOException {
        private static final long serialVersionUID = 1L;

        Unreached(IOException cause) {
            super(cause);
        }
    }

    private final Nodes nodes;
    private final Envelope.Seal seal;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final NodePlace place;
    private final HttpClient http;

    Carrier(Nodes nodes, InstallationSecret secret, NodePlace place) {
        this.nodes = nodes;
        this.seal = new Envelope.Seal(secret);
        this.place = place;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(new NodeTls(secret).context())
                .build();
    }

    /**
     * Sends a request to another server.
     *
     * @param line method and address as the envelope names them
     * @param streamed whether the body is read while it is sent; else {@code body} is the whole
     * @return the answer, whose body the caller closes
     * @throws Unreached when nothing was sent
     * @throws IOException when it is unknown what became of it
     */
    HttpResponse<InputStream> send(
            HttpServletRequest request, String line, UUID person, Node to, byte[] body, boolean streamed)
            throws IOException {
        if (place.refusal(to.address()).isPresent()) {
            throw new Unreached(new IOException("the address " + to.address() + " is not encrypted"));
        }
        var space = line.indexOf(' ');
        var envelope = new Envelope(
                nodes.self(),
                to.id(),
                nodes.millis(),
                person,
                request.getRemoteAddr(),
                streamed ? Envelope.STREAMED : Envelope.digest(body));
        var copy = HttpRequest.newBuilder(URI.create(to.address() + line.substring(space + 1)))
                .method(line.substring(0, space), streamed ? streamed(request) : whole(body))
                .header(Envelope.HEADER, seal.sign(envelope, line));
        if (!streamed) {
            copy.timeout(ANSWER);
        }
        for (var name : Collections.list(request.getHeaderNames())) {
            if (!NOT_CARRIED.contains(name.toLowerCase(Locale.ROOT))) {
                for (var value : Collections.list(request.getHeaders(name))) {
                    copy.header(name, value);
                }
            }
        }
        return sent(copy.build(), to);
    }

    private static HttpRequest.BodyPublisher whole(byte[] body) {
        return body.length == 0 ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
    }

    private static HttpRequest.BodyPublisher streamed(HttpServletRequest request) {
        var publisher = HttpRequest.BodyPublishers.ofInputStream(() -> {
            try {
                return request.getInputStream();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        var length = request.getContentLengthLong();
        return length <= 0 ? publisher : HttpRequest.BodyPublishers.fromPublisher(publisher, length);
    }

    private HttpResponse<InputStream> sent(HttpRequest request, Node to) throws IOException {
        if (!room.tryAcquire()) {
            throw EtalonException.retryLater(
                    Forwarding.UNREACHED,
                    "Too many requests are under way to the server that has this client's work; try again.",
                    Duration.ofSeconds(1));
        }
        var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream());
        try {
            while (true) {
                try {
                    return answer.get(1, TimeUnit.SECONDS);
                } catch (TimeoutException e) {
                    if (nodes.find(to.id()).map(Node::isSilent).orElse(true)) {
                        answer.cancel(true);
                        throw new IOException("the server gives no sign of life", e);
                    }
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ConnectException || e.getCause() instanceof HttpConnectTimeoutException
                    ? new Unreached((IOException) e.getCause())
                    : new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new EtalonException(ErrorCode.DATABASE_DOWN, "The server is stopping.", e);
        } finally {
            room.release();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
