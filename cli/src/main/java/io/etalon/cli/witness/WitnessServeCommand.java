package io.etalon.cli.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.etalon.cli.terminal.ExitCode;
import io.etalon.ledger.FormatException;
import io.etalon.ledger.Witness;
import io.etalon.ledger.Witness.AddCheckpoint;
import io.etalon.ledger.Witness.Cosigned;
import io.etalon.ledger.Witness.Refused;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code etalon witness serve}: a witness that is asked over HTTP (C2SP tlog-witness, add-checkpoint). */
@Command(
        name = "serve",
        description = "Answer add-checkpoint requests (C2SP tlog-witness) until it is stopped.",
        mixinStandardHelpOptions = true)
public final class WitnessServeCommand implements Callable<Integer> {
    private static final int LONGEST_REQUEST = 1 << 16;
    private static final String SIZE_TYPE = "text/x.tlog.size";

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private WitnessOptions options;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String host;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8430", description = "Default: ${DEFAULT-VALUE}")
    private int port;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var server = serve(options.witness(), new InetSocketAddress(host, port), Clock.systemUTC());
        spec.commandLine()
                .getOut()
                .println("witness " + options.cosigner().key() + " listens on " + server.getAddress());
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.stop(1);
                            stopped.countDown();
                        },
                        "stop"));
        stopped.await();
        return ExitCode.DONE;
    }

    /** Starts to answer; the caller stops it. */
    static HttpServer serve(Witness witness, InetSocketAddress address, Clock clock) throws IOException {
        var server = HttpServer.create(address, 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/add-checkpoint", exchange -> {
            try (exchange) {
                var reply = reply(witness, exchange, clock);
                if (reply.type() != null) {
                    exchange.getResponseHeaders().set("Content-Type", reply.type());
                }
                var bytes = reply.text().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
        return server;
    }

    private record Reply(int status, String text, @Nullable String type) {
        static Reply of(int status, String text) {
            return new Reply(status, text, "text/plain; charset=utf-8");
        }
    }

    private static Reply reply(Witness witness, HttpExchange exchange, Clock clock) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/add-checkpoint")) {
            return Reply.of(404, "");
        }
        if (!exchange.getRequestMethod().equals("POST")) {
            return Reply.of(405, "");
        }
        var body = exchange.getRequestBody().readNBytes(LONGEST_REQUEST + 1);
        if (body.length > LONGEST_REQUEST) {
            return Reply.of(413, "a request has at most " + LONGEST_REQUEST + " bytes\n");
        }
        AddCheckpoint request;
        try {
            request = AddCheckpoint.parse(body);
        } catch (FormatException e) {
            return Reply.of(400, e.getMessage() + "\n");
        }
        var answer = witness.add(
                request.oldSize(),
                request.proof(),
                request.checkpoint(),
                clock.instant().getEpochSecond());
        return switch (answer) {
            case Cosigned cosigned -> Reply.of(200, cosigned.line() + "\n");
            case Refused refused -> refusal(request, refused);
        };
    }

    /** The statuses of the specification. */
    private static Reply refusal(AddCheckpoint request, Refused refused) {
        return switch (refused.why()) {
            case UNKNOWN_LOG -> Reply.of(404, refused.message() + "\n");
            case NOT_SIGNED -> Reply.of(403, refused.message() + "\n");
            case MALFORMED -> Reply.of(400, refused.message() + "\n");
            case OTHER_SIZE, SHRUNKEN -> new Reply(409, refused.seen() + "\n", SIZE_TYPE);
            case FORK ->
                // Equal sizes with two roots are a conflict; else it is the proof that does not hold.
                request.proof().isEmpty() && request.oldSize() == refused.seen()
                        ? new Reply(409, refused.seen() + "\n", SIZE_TYPE)
                        : Reply.of(422, refused.message() + "\n");
        };
    }
}
