package io.etalon.server.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A wire between a caller and a server that can be cut after the server has answered and before the caller hears it. */
final class CuttingProxy implements AutoCloseable {
    private final URI server;
    private final ServerSocket listener;
    private volatile boolean cuts;

    CuttingProxy(String serverUrl) throws IOException {
        this.server = URI.create(serverUrl);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    String url() {
        return "http://" + server.getHost() + ":" + listener.getLocalPort();
    }

    /** From now on no caller hears a reply. */
    void cut() {
        cuts = true;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var caller = listener.accept();
                Thread.ofVirtual().start(() -> carry(caller));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void carry(Socket caller) {
        try (caller;
                var wire = new Socket(server.getHost(), server.getPort())) {
            Thread.ofVirtual().start(() -> {
                try {
                    caller.getInputStream().transferTo(wire.getOutputStream());
                } catch (IOException e) {
                    // The other direction ends the carrying.
                }
            });
            var reply = new byte[8_192];
            for (var read = wire.getInputStream().read(reply);
                    read > 0;
                    read = wire.getInputStream().read(reply)) {
                if (cuts) {
                    return;
                }
                caller.getOutputStream().write(reply, 0, read);
            }
        } catch (IOException e) {
            // Both ends are closed; whoever waits is told by that.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
