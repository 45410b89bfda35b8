package io.etalon.server.egress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.etalon.server.egress.Outcome.Failed;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Calls addresses that others name, over HTTP/1.1 and a connection of its own each time. A library's client would resolve
 * the name again after it was judged, which is how DNS rebinding passes such a guard; here the judged address is connected
 * to, and the name serves for TLS and the {@code Host} header only. Thread-safe.
 */
public final class Egress implements AutoCloseable {
    private static final int MOST_ADDRESSES = 4;

    /** What name servers say, so that a test may say something else. */
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> addresses(String host) throws UnknownHostException;
    }

    /**
     * What is asked of whom.
     *
     * @param method GET or POST
     * @param target an absolute http or https address
     * @param body nothing for a GET
     * @param most how many bytes of the answer's body are kept
     * @param meant whether the operator himself named this host: then it may be a private one too, and, on this machine, be
     *     spoken to in clear
     */
    public record Call(String method, URI target, Map<String, String> headers, byte[] body, int most, boolean meant) {
        /** A message to an address that a client named and that {@link #isCallable}; of the answer only the status counts. */
        public static Call post(URI target, Map<String, String> headers, byte[] body) {
            return new Call("POST", target, headers, body, 0, false);
        }
    }

    private final Allowed allowed;
    private final Resolver resolver;
    private final Duration limit;
    private final ScheduledThreadPoolExecutor alarms;

    /**
     * @param file the operator's list of networks that are called though they are reserved
     * @param limit of a whole call, from the connection to the last byte that is read
     */
    public Egress(Path file, Resolver resolver, Duration limit) {
        this.allowed = new Allowed(file);
        this.resolver = resolver;
        this.limit = limit;
        this.alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("egress-alarms").factory());
        alarms.setRemoveOnCancelPolicy(true);
    }

    /** Asks this machine's name servers. */
    public static List<InetAddress> system(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }

    /**
     * Whether an address has the form of one that may be called, without asking a name server: who could make this server
     * ask could read off which names it knows.
     */
    public boolean isCallable(URI target) {
        if (target.getHost() == null || target.getRawUserInfo() != null || target.getRawFragment() != null) {
            return false;
        }
        if (target.getPort() == 0 || target.getPort() > 65_535 || !(isSecure(target) || isPlain(target))) {
            return false;
        }
        try {
            return permits(target, InetAddress.ofLiteral(bare(target.getHost())));
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    private static boolean isSecure(URI target) {
        return "https".equals(target.getScheme());
    }

    private static boolean isPlain(URI target) {
        return "http".equals(target.getScheme());
    }

    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private boolean permits(URI target, InetAddress address) {
        return (isSecure(target) && Networks.isPublic(address)) || allowed.has(address);
    }

    /** What an operator may mean by a host: anything but where clouds keep their secrets; in clear this machine alone. */
    private static boolean mayBeMeant(URI target, InetAddress address) {
        var nobody = address.isLinkLocalAddress() || address.isMulticastAddress() || address.isAnyLocalAddress();
        return !nobody && (isSecure(target) || address.isLoopbackAddress());
    }

    private boolean permits(Call call, InetAddress address) {
        return permits(call.target(), address) || (call.meant() && mayBeMeant(call.target(), address));
    }

    /** Calls; returns when the answer's headers and a bounded part of its body were read, within the limit. */
    public Outcome call(Call call) {
        List<InetAddress> addresses;
        try {
            addresses = resolver.addresses(bare(call.target().getHost()));
        } catch (UnknownHostException e) {
            return new Failed(CallFault.UNKNOWN_HOST);
        }
        // One bad address among good ones is a name that somebody plays with.
        if (addresses.isEmpty() || !addresses.stream().allMatch(address -> permits(call, address))) {
            return new Failed(CallFault.FORBIDDEN_ADDRESS);
        }
        try (var line = new Line()) {
            var alarm = alarms.schedule(line::cut, limit.toNanos(), TimeUnit.NANOSECONDS);
            try {
                return exchange(call, connected(call, addresses, line));
            } catch (ProtocolException e) {
                return new Failed(line.wasCut() ? CallFault.TIME_OUT : CallFault.NOT_HTTP);
            } catch (SSLException e) {
                return new Failed(line.wasCut() ? CallFault.TIME_OUT : CallFault.TLS);
            } catch (IOException e) {
                return new Failed(line.wasCut() ? CallFault.TIME_OUT : CallFault.NO_CONNECTION);
            } finally {
                alarm.cancel(false);
            }
        }
    }

    private static Socket connected(Call call, List<InetAddress> addresses, Line line) throws IOException {
        var target = call.target();
        var port = target.getPort() > 0 ? target.getPort() : isSecure(target) ? 443 : 80;
        var plain = line.connect(addresses.subList(0, Math.min(MOST_ADDRESSES, addresses.size())), port);
        if (isPlain(target)) {
            return plain;
        }
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secure = (SSLSocket) factory.createSocket(plain, bare(target.getHost()), port, true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private static Outcome exchange(Call call, Socket socket) throws IOException {
        var out = socket.getOutputStream();
        out.write(head(call).getBytes(ISO_8859_1));
        out.write(call.body());
        out.flush();
        return ReplyReader.read(new BufferedInputStream(socket.getInputStream()), call.most());
    }

    private static String head(Call call) {
        var target = call.target();
        var path = target.getRawPath() == null || target.getRawPath().isEmpty() ? "/" : target.getRawPath();
        var query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        var port = target.getPort() > 0 ? ":" + target.getPort() : "";
        var head = new StringBuilder(call.method() + " " + path + query + " HTTP/1.1\r\nHost: " + target.getHost()
                + port + "\r\nConnection: close\r\n");
        if (call.method().equals("POST")) {
            head.append("Content-Length: ").append(call.body().length).append("\r\n");
        }
        call.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }

    /** A connection that another thread may cut. The plain socket is closed: TLS would wait for room to say good-bye. */
    private static final class Line implements AutoCloseable {
        private @Nullable Socket socket;
        private boolean cut;

        Socket connect(List<InetAddress> addresses, int port) throws IOException {
            var first = new IOException("no address");
            for (var address : addresses) {
                var tried = new Socket();
                hold(tried);
                try {
                    tried.connect(new InetSocketAddress(address, port));
                    return tried;
                } catch (IOException e) {
                    tried.close();
                    first = e;
                }
            }
            throw first;
        }

        private synchronized void hold(Socket tried) throws IOException {
            if (cut) {
                throw new IOException("time is up");
            }
            socket = tried;
        }

        synchronized void cut() {
            cut = true;
            close();
        }

        synchronized boolean wasCut() {
            return cut;
        }

        @Override
        public synchronized void close() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is gone either way.
                socket = null;
            }
        }
    }
}
