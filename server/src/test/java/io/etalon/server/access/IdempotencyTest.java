package io.etalon.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private final TestServer server = TestServer.shared();
    private final Cast cast = new Cast(server);

    @Test
    void manyTriesWithOneKeyMakeOneThingAndGetOneAnswer() throws Exception {
        var client = cast.client("repeat-one");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER)).with("Idempotency-Key", "again");
        var answers = new ArrayList<Future<Http.Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 16; i++) {
                answers.add(threads.submit(() -> requester.post(
                        "/clients/repeat-one/workforces", Map.of("name", "Studio", "kind", "in_house"))));
            }
        }
        var bodies = new HashSet<String>();
        var replays = 0;
        for (var answer : answers) {
            assertThat(answer.get().status()).as(answer.get().body()).isEqualTo(201);
            bodies.add(answer.get().body());
            replays += answer.get().header("Idempotent-Replay").equals("true") ? 1 : 0;
        }
        assertThat(bodies).hasSize(1);
        assertThat(replays).isEqualTo(15);
    }

    @Test
    void refusesAKeyThatWasUsedForAnotherBodyAndKeepsPeoplesKeysApart() throws Exception {
        var client = cast.client("repeat-two");
        var one = Http.as(server, cast.member(client, Role.REQUESTER)).with("Idempotency-Key", "k");
        var two = Http.as(server, cast.member(client, Role.REQUESTER)).with("Idempotency-Key", "k");
        var path = "/clients/repeat-two/workforces";

        assertThat(one.post(path, Map.of("name", "A", "kind", "in_house")).status())
                .isEqualTo(201);
        var mismatch = one.post(path, Map.of("name", "B", "kind", "in_house"));
        assertThat(mismatch.status()).isEqualTo(422);
        assertThat(mismatch.code()).isEqualTo("idempotency-mismatch");
        assertThat(two.post(path, Map.of("name", "B", "kind", "in_house")).status())
                .isEqualTo(201);
        assertThat(one.with("Idempotency-Key", "with space")
                        .post(path, Map.of("name", "C", "kind", "in_house"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aClientWhoseMakingWasCutOffIsCompletedByTheSameTryAgain() throws Exception {
        var person = cast.operator();
        var body = new ClientController.ClientBody("repeat-cell", "Cell");
        // As a server leaves it that dies after the first commit: row and reply are there, the cell is not.
        var attempt = new Attempt(person, "POST /api/v1/clients", "cell", null);
        server.scope()
                .controlDo(tx -> server.part(Idempotency.class)
                        .once(
                                tx,
                                attempt,
                                body,
                                ClientController.ClientView.class,
                                same -> ClientController.ClientView.of(
                                        server.clients().register(same, "repeat-cell", "Cell"), List.of())));
        assertThat(server.clients().find("repeat-cell")).isEmpty();

        var operator = Http.as(server, person).with("Idempotency-Key", "cell");
        var first = operator.post("/clients", body);
        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.header("Idempotent-Replay")).isEqualTo("true");
        var again = operator.post("/clients", body);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
        assertThat(created("repeat-cell")).isEqualTo(1);
        assertThat(operator.with("Idempotency-Key", "other")
                        .post("/clients", body)
                        .code())
                .isEqualTo("slug-taken");
        assertThat(operator.post("/clients", Map.of("slug", "repeat-else", "name", "Cell"))
                        .status())
                .isEqualTo(422);
    }

    private long created(String slug) {
        var client = server.clients().find(slug).orElseThrow().id();
        server.part(AuditLog.class).flush(client);
        return server.part(AuditLog.class)
                .entries(client, new EntryFilter(null, null, null, AuditOp.CLIENT_CREATE), 0, 10)
                .size();
    }

    @Test
    void aTryThatFailedLeavesItsKeyFree() throws Exception {
        var client = cast.client("repeat-three");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER)).with("Idempotency-Key", "retry");
        var path = "/clients/repeat-three/workforces";
        assertThat(requester.post(path, Map.of("name", "A", "kind", "rented")).status())
                .isEqualTo(400);
        assertThat(requester.post(path, Map.of("name", "A", "kind", "in_house")).status())
                .isEqualTo(201);
    }

    @Test
    void keepsRepliesSealed() throws Exception {
        var client = cast.client("repeat-four");
        var requester = Http.as(server, cast.member(client, Role.REQUESTER)).with("Idempotency-Key", "sealed");
        requester.post("/clients/repeat-four/workforces", Map.of("name", "Canary-7731", "kind", "in_house"));
        var replies = server.scope()
                .control(tx -> tx.db()
                        .sql("select reply from idempotent_reply where key = 'sealed'")
                        .query(byte[].class)
                        .list());
        assertThat(replies)
                .isNotEmpty()
                .allSatisfy(reply -> assertThat(new String(reply, StandardCharsets.ISO_8859_1))
                        .doesNotContain("Canary-7731"));
    }
}
