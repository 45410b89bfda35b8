package io.etalon.server.faults;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.ApiKeys;
import io.etalon.server.access.Role;
import io.etalon.server.base.EtalonException;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.Members;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Experiment 9: requests of many clients at once, some cut off, some timed out, some with their database session killed under
 * them. Whatever a pool hands to the next one, nobody reads what is another client's.
 */
final class PoolHygieneTest {
    private static final int REQUESTS = Faults.times(1_200, 100_000);
    private static final int CLIENTS = 4;
    private static final int AT_ONCE = 12;

    /** What becomes of a request. */
    private enum Way {
        PLAIN,
        /** The caller hangs up before the answer. */
        CUT,
        /** The caller waits for some milliseconds only. */
        TIMED_OUT,
        /** A transaction that fails half way. */
        FAILED,
        /** A transaction whose statement takes longer than it may. */
        STATEMENT_CANCELLED,
        /** A transaction whose thread is interrupted. */
        INTERRUPTED
    }

    private record Tenant(Client client, String key, String canary) {
        String path() {
            return "/api/v1/clients/" + client.slug() + "/projects";
        }
    }

    private final List<Tenant> tenants = new ArrayList<>();
    private final AtomicInteger foreign = new AtomicInteger();
    private final AtomicInteger own = new AtomicInteger();
    private final Map<Way, AtomicInteger> broken = new EnumMap<>(Way.class);
    private TestServer server;

    /** What every byte that anybody reads goes through. */
    private void read(Tenant by, String text) {
        for (var tenant : tenants) {
            if (text.contains(tenant.canary())) {
                (tenant == by ? own : foreign).incrementAndGet();
            }
        }
    }

    @Test
    void nobodyReadsAnotherClientsDataWhateverBreaksUnderHim() throws Exception {
        var seed = Faults.seed();
        for (var way : Way.values()) {
            broken.put(way, new AtomicInteger());
        }
        try (var started = TestServer.start();
                var http = HttpClient.newHttpClient();
                var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            server = started;
            for (var i = 0; i < CLIENTS; i++) {
                tenants.add(tenant("pool-" + i));
            }
            var killed = 0;
            var random = new Random(seed);
            var work = new ArrayList<Future<?>>();
            try (var admin = Postmaster.of(server.data()).admin(server.data(), "etalon_control")) {
                for (var i = 0; i < REQUESTS; i++) {
                    var of = tenants.get(random.nextInt(CLIENTS));
                    var own = new Random(random.nextLong());
                    work.add(threads.submit(() -> request(http, of, own)));
                    while (work.size() > 4 * AT_ONCE) {
                        work.removeFirst().get();
                    }
                    if (i % 40 == 39) {
                        killed += kill(admin, random);
                    }
                }
                for (var one : work) {
                    one.get();
                }
            }
            Faults.saw(REQUESTS + " requests of " + CLIENTS + " clients, " + own + " read their own data, " + killed
                    + " sessions killed, broken off " + broken + ", read another's " + foreign + ", seed " + seed);
            assertThat(foreign).as("seed %d", seed).hasValue(0);
            assertThat(own.get()).as("most did read").isGreaterThan(REQUESTS / 4);
            assertThat(killed).as("sessions were killed").isPositive();
            for (var way : List.of(Way.CUT, Way.FAILED, Way.STATEMENT_CANCELLED, Way.INTERRUPTED)) {
                assertThat(broken.get(way)).as("%s", way).hasPositiveValue();
            }
        }
    }

    private Tenant tenant(String slug) throws Exception {
        var client = server.clients().create(slug, "Client " + slug);
        var person = new Members(server).of(client, Role.REQUESTER);
        var expires = server.part(Clock.class).instant().plus(Duration.ofDays(1));
        var key = server.part(ApiKeys.class)
                .make(person, "pool", client, Set.of(Role.REQUESTER), expires)
                .secret();
        var canary = "canary-of-" + slug + "-" + Long.toHexString(System.nanoTime());
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var ontology = Map.of("labels", List.of(label), "questions", List.of());
        var made = Http.of(server)
                .key(key)
                .post(
                        "/clients/" + slug + "/projects",
                        Map.of("name", canary, "template", "image-boxes", "ontology", ontology));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return new Tenant(client, key, canary);
    }

    private static int kill(Connection admin, Random random) throws SQLException {
        try (var statement = admin.prepareStatement("""
                select count(pg_terminate_backend(pid)) from (select pid from pg_stat_activity
                where datname like 'client\\_%' order by md5(pid || ?::text) limit 2) victims""")) {
            statement.setLong(1, random.nextLong());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private Object request(HttpClient http, Tenant by, Random random) throws Exception {
        var way = random.nextBoolean() ? Way.PLAIN : Way.values()[random.nextInt(Way.values().length)];
        switch (way) {
            case PLAIN -> get(http, by, Duration.ofMinutes(2), way);
            case TIMED_OUT -> get(http, by, Duration.ofMillis(1 + random.nextInt(20)), way);
            case CUT -> cut(by);
            case FAILED, STATEMENT_CANCELLED, INTERRUPTED -> transaction(by, way);
        }
        return way;
    }

    private void get(HttpClient http, Tenant by, Duration limit, Way way) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(server.url() + by.path()))
                .header("Authorization", "Bearer " + by.key())
                .timeout(limit)
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            // Refused while its sessions are being killed; otherwise served.
            assertThat(answer.statusCode()).as(answer.body()).isIn(200, 429, 503);
            read(by, answer.body());
        } catch (HttpTimeoutException e) {
            broken.get(way).incrementAndGet();
        }
    }

    /** Asks, and hangs up. */
    private void cut(Tenant by) throws IOException {
        var address = URI.create(server.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("GET " + by.path() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                                    + "\r\nAuthorization: Bearer " + by.key() + "\r\n\r\n")
                            .getBytes(US_ASCII));
            socket.getOutputStream().flush();
            socket.setSoLinger(true, 0);
        }
        broken.get(Way.CUT).incrementAndGet();
    }

    /** Below HTTP: what is left of a transaction that broke is nothing that the next one on the connection sees. */
    private void transaction(Tenant by, Way way) {
        try {
            server.scope().clientDo(by.client().id(), tx -> {
                var before = tx.db()
                        .sql(
                                "select coalesce(current_setting('etalon.left', true), '') || string_agg(name, ' ') from project")
                        .query(String.class)
                        .single();
                read(by, before);
                tx.db()
                        .sql("select set_config('etalon.left', ?, true)")
                        .param(by.canary())
                        .query(String.class)
                        .single();
                switch (way) {
                    case STATEMENT_CANCELLED -> {
                        tx.db().sql("set local statement_timeout = 5").update();
                        tx.db()
                                .sql("select pg_sleep(30)::text")
                                .query(String.class)
                                .single();
                    }
                    case INTERRUPTED -> {
                        Thread.currentThread().interrupt();
                        throw new InterruptedException("on purpose");
                    }
                    case FAILED, PLAIN, CUT, TIMED_OUT -> throw new IOException("on purpose");
                }
            });
        } catch (EtalonException | org.springframework.dao.DataAccessException e) {
            broken.get(way).incrementAndGet();
        } finally {
            // The pool's thread goes on with other requests.
            Thread.interrupted();
        }
    }

    /**
     * The control: one table for all, told apart by a setting of the session, which is set when a connection is taken; a time-out
     * that falls before the setting leaves the one before in force. The same eyes see it.
     */
    @Test
    void aPoolThatKeepsTenantsInOneDatabaseIsSeenThrough() throws Exception {
        var random = new Random(Faults.seed());
        for (var i = 0; i < CLIENTS; i++) {
            tenants.add(new Tenant(TestServer.shared().clients().create("control-" + i, "Control"), "", "canary-" + i));
        }
        var shared = TestServer.shared();
        try (var all = Postmaster.of(shared.data()).admin(shared.data(), "postgres");
                var statement = all.createStatement()) {
            statement.execute("create temporary table project (tenant text, name text)");
            for (var tenant : tenants) {
                statement.execute(
                        "insert into project values ('" + tenant.client().slug() + "', '" + tenant.canary() + "')");
            }
            for (var i = 0; i < 200; i++) {
                var by = tenants.get(random.nextInt(CLIENTS));
                if (random.nextInt(10) > 0) {
                    statement.execute("set etalon.tenant = '" + by.client().slug() + "'");
                }
                try (var rows = statement.executeQuery(
                        "select name from project where tenant = current_setting('etalon.tenant', true)")) {
                    while (rows.next()) {
                        read(by, rows.getString(1));
                    }
                }
            }
        }
        assertThat(foreign).hasPositiveValue();
        assertThat(own).hasPositiveValue();
    }
}
