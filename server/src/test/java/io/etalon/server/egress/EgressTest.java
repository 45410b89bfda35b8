package io.etalon.server.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.egress.Egress.Call;
import io.etalon.server.egress.Outcome.Answered;
import io.etalon.server.egress.Outcome.Failed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard before connections, and what hostile answers do to who reads them. */
class EgressTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path opening(String networks) throws IOException {
        return Files.writeString(folder.resolve("egress.json"), "{\"networks\": [" + networks + "]}");
    }

    private static Call call(String url) {
        return Call.post(URI.create(url), Map.of("webhook-id", "msg_1"), "{}".getBytes(UTF_8));
    }

    /** Accepts connections one after the other, and counts them. */
    private static final class Door implements AutoCloseable {
        final AtomicInteger knocks = new AtomicInteger();
        private final ServerSocket socket = new ServerSocket(0, 50, LOOPBACK);

        interface Host {
            void welcome(Socket guest) throws Exception;
        }

        Door(Host host) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var guest = socket.accept()) {
                        knocks.incrementAndGet();
                        host.welcome(guest);
                    } catch (Exception e) {
                        // The guest has left, or the test is over.
                        knocks.get();
                    }
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.org/",
                "https://10.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:169.254.169.254]/latest/meta-data",
                "https://user:password@example.org/",
                "https://example.org/#part",
                "https://example.org:0/",
                "ftp://example.org/",
                "file:///etc/passwd",
                "https:///nowhere",
                "mailto:a@b.example"
            })
    void aFormThatIsNotCallableIsRefusedBeforeAnybodyIsAsked(String url) {
        try (var egress = new Egress(folder.resolve("none.json"), Egress::system, Duration.ofSeconds(30))) {
            var plainToAName = url.startsWith("http://");
            assertThat(egress.isCallable(URI.create(url))).isEqualTo(plainToAName);
            assertThat(egress.isCallable(URI.create("https://example.org:8443/hook?a=b")))
                    .isTrue();
        }
    }

    @Test
    void aNameThatLeadsInwardsIsNotConnectedTo() throws Exception {
        try (var door = new Door(guest -> {});
                var egress =
                        new Egress(opening("\"192.168.0.0/16\""), host -> List.of(LOOPBACK), Duration.ofSeconds(30))) {
            for (var scheme : List.of("http", "https")) {
                assertThat(egress.call(call(scheme + "://receiver.example:" + door.port() + "/")))
                        .isEqualTo(new Failed(CallFault.FORBIDDEN_ADDRESS));
            }
            assertThat(door.knocks).hasValue(0);
            opening("\"127.0.0.0/8\"");
            egress.call(call("http://receiver.example:" + door.port() + "/"));
            assertThat(door.knocks)
                    .as("the control: the door is open to who is let")
                    .hasValue(1);
        }
    }

    @Test
    void oneInwardAddressAmongGoodOnesIsEnoughToRefuse() {
        try (var egress = new Egress(
                folder.resolve("none.json"),
                host -> List.of(InetAddress.ofLiteral("1.1.1.1"), LOOPBACK),
                Duration.ofSeconds(30))) {
            assertThat(egress.call(call("https://receiver.example/")))
                    .isEqualTo(new Failed(CallFault.FORBIDDEN_ADDRESS));
        }
    }

    /** DNS rebinding: the second look-up would lead inwards. There is none. */
    @Test
    void aNameIsResolvedOnceAndTheJudgedAddressIsCalled() throws Exception {
        var asked = new AtomicInteger();
        try (var judged = new Door(guest -> answer(guest, "HTTP/1.1 204 No Content\r\n\r\n"));
                var egress = new Egress(
                        opening("\"127.0.0.1/32\""),
                        host -> List.of(asked.incrementAndGet() == 1 ? LOOPBACK : InetAddress.ofLiteral("127.0.0.2")),
                        Duration.ofSeconds(30))) {
            assertThat(egress.call(call("http://rebinds.example:" + judged.port() + "/")))
                    .isEqualTo(new Answered(204, null, ""));
            assertThat(asked).hasValue(1);
            assertThat(egress.call(call("http://rebinds.example:" + judged.port() + "/")))
                    .as("the control: the next look-up does lead elsewhere")
                    .isEqualTo(new Failed(CallFault.FORBIDDEN_ADDRESS));
        }
    }

    private static void answer(Socket guest, String text) throws IOException {
        readRequest(guest.getInputStream());
        guest.getOutputStream().write(text.getBytes(UTF_8));
        guest.getOutputStream().flush();
    }

    private static void readRequest(InputStream in) throws IOException {
        var seen = new StringBuilder();
        while (seen.indexOf("\r\n\r\n") < 0) {
            seen.append((char) in.read());
        }
        in.readNBytes(2);
    }

    @Test
    void aRedirectIsAnAnswerAndNotAnOrder() throws Exception {
        try (var trap = new Door(guest -> answer(guest, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
                var door = new Door(guest -> answer(
                        guest,
                        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:" + trap.port()
                                + "/\r\nContent-Length: 0\r\n\r\n"));
                var egress =
                        new Egress(opening("\"127.0.0.0/8\""), host -> List.of(LOOPBACK), Duration.ofSeconds(30))) {
            assertThat(egress.call(call("http://receiver.example:" + door.port() + "/")))
                    .isEqualTo(new Answered(302, null, ""));
            assertThat(trap.knocks).hasValue(0);
        }
    }

    @Test
    void anAnswerThatDripsIsCutAtTheLimit() throws Exception {
        try (var door = new Door(guest -> {
                    guest.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
                    while (true) {
                        guest.getOutputStream().write('x');
                        guest.getOutputStream().flush();
                        java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
                    }
                });
                var egress = new Egress(opening("\"127.0.0.0/8\""), host -> List.of(LOOPBACK), Duration.ofSeconds(1))) {
            assertThat(egress.call(call("http://receiver.example:" + door.port() + "/")))
                    .isEqualTo(new Failed(CallFault.TIME_OUT));
        }
    }

    @Test
    void headersWithoutAnEndAreRefusedAndABodyWithoutOneIsLeft() throws Exception {
        assertThat(status("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(10_000_000))).isEqualTo(200);
        for (var text : List.of(
                "HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000_000),
                "HTTP/1.1 99 OK\r\n\r\n",
                "HTTP/2 200\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n",
                "")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> status(text))
                    .isInstanceOf(java.net.ProtocolException.class);
        }
        assertThat(status("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n\r\n"))
                .isEqualTo(201);
        assertThat(ReplyReader.read(bytes("HTTP/1.1 429 Slow\r\nRetry-After: 120\r\n\r\n"), 0))
                .isEqualTo(new Answered(429, Duration.ofMinutes(2), ""));
        assertThat(ReplyReader.read(bytes("HTTP/1.1 429 Slow\r\nRetry-After: 999999999\r\n\r\n"), 0))
                .isEqualTo(new Answered(429, Duration.ofDays(1), ""));
    }

    @Test
    void asMuchOfABodyIsKeptAsWasAskedForHoweverItComes() throws Exception {
        var whole = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"a\": \"b c\"}";
        var chunked =
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{\"a\"\r\n7;x=y\r\n: \"b c\"\r\n0\r\n\r\n";
        assertThat(ReplyReader.read(bytes(chunked), 1_000).body()).isEqualTo("{\"a\": \"b c\"");
        assertThat(ReplyReader.read(bytes(chunked), 6).body()).isEqualTo("{\"a\": ");
        assertThat(ReplyReader.read(bytes(whole), 1_000).body()).isEqualTo("{\"a\": \"b c\"");
        assertThat(ReplyReader.read(bytes(whole), 3).body()).isEqualTo("{\"a");
        var lies = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n";
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> ReplyReader.read(bytes(lies), 9))
                .isInstanceOf(java.net.ProtocolException.class);
    }

    /** A host that the operator himself has named may be his own; where clouds keep their secrets is nobody's. */
    @Test
    void aHostThatTheOperatorMeantMayBeAPrivateOneButNoLinkLocalOne() throws Exception {
        try (var door = new Door(guest -> answer(guest, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"))) {
            var to = URI.create("http://issuer.example:" + door.port() + "/");
            var meant = new Call("POST", to, Map.of(), "{}".getBytes(UTF_8), 100, true);
            try (var egress =
                    new Egress(folder.resolve("none.json"), host -> List.of(LOOPBACK), Duration.ofSeconds(30))) {
                assertThat(egress.call(meant)).isEqualTo(new Answered(200, null, "{}"));
                assertThat(egress.call(call(to.toString())))
                        .as("the control: an address that a client named")
                        .isEqualTo(new Failed(CallFault.FORBIDDEN_ADDRESS));
            }
            for (var other : List.of("169.254.169.254", "10.0.0.1", "0.0.0.0")) {
                try (var egress = new Egress(
                        folder.resolve("none.json"),
                        host -> List.of(InetAddress.ofLiteral(other)),
                        Duration.ofSeconds(30))) {
                    assertThat(egress.call(meant)).as(other).isEqualTo(new Failed(CallFault.FORBIDDEN_ADDRESS));
                }
            }
        }
    }

    private static int status(String text) throws IOException {
        return ReplyReader.read(bytes(text), 0).status();
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
