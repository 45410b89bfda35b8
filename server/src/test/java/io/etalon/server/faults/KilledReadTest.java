package io.etalon.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.etalon.ledger.EntryBundle;
import io.etalon.server.keys.TransitServer;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server is killed while people read assets. No byte of an asset came to anybody without an entry that was committed
 * before it, and the keeper of the client's key unwrapped nothing of which the client's log does not tell: the whole form reads
 * a thousand assets through some thirty kills.
 */
final class KilledReadTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int READS = Faults.times(24, 1_000);
    private static final int READERS = 4;
    private static final String KEEPER = "bao";
    private static final int KILL_EVERY = Faults.times(24, 32);

    @TempDir
    Path folder;

    /** Assets of which at least a byte arrived: each is asked for once, so that an entry about it is of that attempt. */
    private final Set<String> received = new ConcurrentSkipListSet<>();

    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();

    @Test
    void noByteLeavesWithoutACommittedEntry() throws Exception {
        var seed = Faults.seed();
        var random = new Random(seed);
        var data = TestServer.freshData();
        var port = Faults.twoFreePorts();
        var child = ChildServer.start(data, port, "readers", "worker");
        var kills = 0;
        // The keeper runs in this process and outlives the kills, as a client's own does.
        try (var keeper = new TransitServer(folder);
                var threads = Executors.newFixedThreadPool(READERS)) {
            var job = new SmallJob(child.url(), "readers", child.sessions());
            keptBy(keeper, data, job);
            job.project(1, 0).images(READS);
            var assets = assets(job);
            assertThat(assets).hasSize(READS);
            var ends = new ArrayList<Future<?>>();
            for (var i = 0; i < READERS; i++) {
                ends.add(threads.submit(() -> read(job, assets)));
            }
            while (next.get() < READS) {
                var goal = Math.min(READS, next.get() + KILL_EVERY);
                while (next.get() < goal) {
                    LockSupport.parkNanos(200_000);
                }
                LockSupport.parkNanos(random.nextLong(3_000_000));
                child.kill();
                kills++;
                child = ChildServer.start(data, port);
            }
            for (var end : ends) {
                end.get();
            }
            assertThat(received).as("some reads came through").isNotEmpty();
            try (var cell = Cells.only(data)) {
                var logged = logged(cell);
                assertThat(unlogged(logged))
                        .as("bytes without an entry, seed %d", seed)
                        .isEmpty();
                // The control: the same look at a log from which one entry is gone.
                logged.remove(received.iterator().next());
                assertThat(unlogged(logged)).hasSize(1);
            }
            var reconciled = reconciled(job, keeper, kills, random);
            Faults.saw(READS + " reads, " + received.size() + " gave bytes, " + cut + " were cut off, " + kills
                    + " kills, bytes without an entry 0; " + reconciled + ", seed " + seed);
        } finally {
            child.kill();
            Postmaster.killOrphan(data);
        }
    }

    /** Moves the client's key to the keeper. */
    private static void keptBy(TransitServer keeper, Path data, SmallJob job) throws IOException {
        Files.writeString(
                data.resolve("keys").resolve("providers.json"),
                JSON.writeValueAsString(List.of(keeper.listed(KEEPER))));
        var moved = job.as("requester").put(job.clientPath() + "/keys", Map.of("provider", KEEPER));
        assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    }

    /** Compares the log of unwrappings with the keeper's own; says what was seen. */
    private static String reconciled(SmallJob job, TransitServer keeper, int kills, Random random) {
        var balance = balance(job, keeper.unwrapped());
        assertThat(balance.get("both").asInt()).as("unwrappings").isPositive();
        assertThat(balance.get("onlyThere")).as("unwrapped without an entry").isEmpty();
        // A server that dies between the entry and the call leaves an entry without an unwrapping.
        assertThat(balance.get("onlyHere").size())
                .as("entries without an unwrapping")
                .isLessThanOrEqualTo(kills);
        // The control: somebody else has the keeper open something.
        var stranger = new UUID(random.nextLong(), random.nextLong()).toString();
        var more = new ArrayList<>(keeper.unwrapped());
        more.add(stranger);
        assertThat(balance(job, more).get("onlyThere").valueStream().map(JsonNode::asString))
                .contains(stranger);
        return "unwrappings: " + balance.get("both").asInt() + " in both logs, "
                + balance.get("onlyHere").size() + " in the client's alone, "
                + balance.get("refused").asInt() + " refused, 0 in the keeper's alone";
    }

    /** The client's log beside these lines of the keeper's. */
    private static JsonNode balance(SmallJob job, List<String> keepers) {
        var answer = job.as("requester")
                .post(job.clientPath() + "/keys/unwraps/compare", Map.of("provider", KEEPER, "unwraps", keepers));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> assets(SmallJob job) {
        var ids = new ArrayList<String>();
        var cursor = "";
        while (cursor != null) {
            var page = job.as("requester")
                    .get(job.path() + "/assets?limit=200" + (cursor.isEmpty() ? "" : "&cursor=" + cursor))
                    .json();
            page.get("items").forEach(item -> ids.add(item.get("id").asString()));
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        }
        return ids;
    }

    /** How a reader asks for an asset. */
    private interface Way {
        void read(String asset) throws IOException, InterruptedException;
    }

    /** Every other one under a signed address. */
    private void read(SmallJob job, List<String> assets) {
        read(assets, asset -> {
            if (assets.indexOf(asset) % 2 == 0) {
                whole(job, asset);
            } else {
                signed(job, asset);
            }
        });
    }

    /**
     * Reads each asset once. One whose reading was cut off is not asked for again: a second reading's entry would cover a
     * first one that left none. Only where nobody listens, and no request came to the server, the same is tried again.
     */
    private void read(List<String> assets, Way way) {
        for (var i = next.getAndIncrement(); i < assets.size(); i = next.getAndIncrement()) {
            var asked = false;
            while (!asked) {
                try {
                    way.read(assets.get(i));
                    asked = true;
                } catch (ConnectException e) {
                    // The server is being started.
                    LockSupport.parkNanos(50_000_000);
                } catch (IOException e) {
                    // It was killed meanwhile.
                    asked = true;
                    cut.incrementAndGet();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /**
     * The control: a server that serves first and writes its entry afterwards, and is cut off between the two in the midst of
     * the body. Others' entries, and those of the assets that came whole, do not cover it.
     */
    @Test
    void aServerThatWritesItsEntryAfterTheBytesIsToldApart() throws IOException {
        var logged = new ConcurrentSkipListSet<String>();
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var asset = exchange.getRequestURI().getPath().substring(1);
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            if (!asset.startsWith("cut") || !cutOnce.add(asset)) {
                exchange.getResponseBody().write('b');
                logged.add(asset);
            }
            exchange.close();
        });
        server.start();
        try {
            var at = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            read(
                    List.of("whole-1", "cut-1", "whole-2", "cut-2"),
                    asset ->
                            bytes(HttpRequest.newBuilder(URI.create(at + asset)).build(), asset));
        } finally {
            server.stop(0);
        }
        assertThat(cut).hasValue(2);
        assertThat(unlogged(logged)).containsExactly("cut-1", "cut-2");
    }

    /** Assets whose reading the control's server has cut off: whoever came again would get them, with an entry. */
    private final Set<String> cutOnce = new ConcurrentSkipListSet<>();

    private void whole(SmallJob job, String asset) throws IOException, InterruptedException {
        bytes(job, URI.create(job.url() + "/api/v1" + job.path() + "/assets/" + asset + "/content"), asset);
    }

    private void signed(SmallJob job, String asset) throws IOException, InterruptedException {
        var answer = HTTP.send(
                request(job, URI.create(job.url() + "/api/v1" + job.path() + "/assets/" + asset + "/view"))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("answered " + answer.statusCode());
        }
        bytes(job, URI.create(JSON.readTree(answer.body()).get("url").asString()), asset);
    }

    private void bytes(SmallJob job, URI uri, String asset) throws IOException, InterruptedException {
        bytes(request(job, uri).GET().build(), asset);
    }

    private void bytes(HttpRequest request, String asset) throws IOException, InterruptedException {
        var answer = HTTP.send(request, BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("answered " + answer.statusCode());
            }
            if (body.read() >= 0) {
                received.add(asset);
            }
            body.readAllBytes();
        }
    }

    private static HttpRequest.Builder request(SmallJob job, URI uri) {
        return HttpRequest.newBuilder(uri)
                .header("Cookie", job.cookie("requester"))
                .header("X-Etalon-Csrf", "1");
    }

    private Set<String> unlogged(Set<String> logged) {
        var missing = new TreeSet<>(received);
        missing.removeAll(logged);
        return missing;
    }

    /** Assets with a committed entry about their bytes: numbered or not, it is in the database. */
    private static Set<String> logged(Connection cell) throws SQLException {
        var logged = new TreeSet<String>();
        try (var statement = cell.createStatement();
                var rows = statement.executeQuery("select width, leaves from audit_batch")) {
            while (rows.next()) {
                for (var leaf : EntryBundle.decode(rows.getBytes(2), rows.getInt(1))) {
                    var entry = JSON.readTree(leaf);
                    if (Set.of("VIEW", "READ").contains(entry.get("op").asString())) {
                        logged.add(entry.get("asset").asString());
                    }
                }
            }
        }
        return logged;
    }
}
