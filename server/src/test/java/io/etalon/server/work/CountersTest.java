package io.etalon.server.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.access.Grants;
import io.etalon.server.access.People;
import io.etalon.server.access.Role;
import io.etalon.server.faults.Cells;
import io.etalon.server.tenant.Client;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The numbers on dashboards are counters: they are told although the tables of work cannot be read at all. */
final class CountersTest {
    private static final String TABLES =
            "task, submission, lease, lease_end, review_decision, task_event, task_act, asset";

    @Test
    void tellsTheNumbersOfDashboardsWithoutReadingATableOfWork() throws Exception {
        var server = TestServer.shared();
        var client = server.clients().create("counters", "Counters");
        var id = server.part(People.class)
                .create("rita@counters.example", "Rita")
                .id();
        server.part(Grants.class)
                .grant(Grants.By.SYSTEM, id, client.id(), Set.of(Role.REQUESTER, Role.ANNOTATOR, Role.REVIEWER), null);
        var rita = Http.as(server, id);
        var made = rita.post(
                "/clients/counters/projects",
                Map.of("name", "Notes", "template", "text-classification", "redundancy", 2, "reviewShare", 1));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        var path = "/clients/counters/projects/" + made.json().path("id").asString();
        assertThat(rita.post(path + "/batches", Map.of("name", "March")).status())
                .isEqualTo(201);
        for (var i = 0; i < 3; i++) {
            rita.upload(path + "/assets?name=" + i + ".txt", ("note " + i).getBytes(UTF_8));
        }
        assertThat(rita.post(path + "/tasks", Map.of("batch", 1)).status()).isEqualTo(200);
        var before = rita.get(path).json().path("progress");
        assertThat(before.path("tasks").asInt()).isEqualTo(3);
        try {
            run(server, client, "revoke select on " + TABLES + " from ");
            for (var dashboard : List.of(
                    "/clients/counters/projects",
                    path,
                    path + "/batches",
                    path + "/queue",
                    path + "/queue/mine",
                    "/work",
                    path + "/jobs",
                    path + "/releases",
                    path + "/deletions")) {
                var answer = rita.get(dashboard);
                assertThat(answer.status()).as(dashboard + " " + answer.body()).isEqualTo(200);
            }
            assertThat(rita.get(path).json().path("progress")).isEqualTo(before);
            assertThat(rita.get(path + "/batches").json().at("/items/0/tasks").asInt())
                    .isEqualTo(3);
            assertThat(rita.get(path + "/tasks").status())
                    .as("the control: a list reads its page's rows")
                    .isEqualTo(500);
        } finally {
            run(server, client, "grant select on " + TABLES + " to ");
        }
        assertThat(rita.get(path + "/tasks").status()).isEqualTo(200);
    }

    private static void run(TestServer server, Client client, String sql) throws Exception {
        try (var admin = Cells.of(server.data(), client.id());
                var statement = admin.createStatement()) {
            statement.execute(sql + "client_" + client.id().toString().replace("-", ""));
        }
    }
}
