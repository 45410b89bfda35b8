package io.etalon.server.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Senders who hang up in the middle, and objects that say a thing twice. */
final class CutRequestTest {
    private static TestServer server;
    private static Scene scene;
    private static String project;

    @BeforeAll
    static void start() throws Exception {
        server = TestServer.shared();
        scene = Scene.on(server, "cut-requests");
        project = "/clients/cut-requests/projects/" + scene.ids().get("project");
    }

    /** Announces more bytes than it sends, closes its side, and reads what is answered until the server closes its own. */
    private static String cutOff(String path, byte[] sent) throws IOException {
        var address = URI.create(server.url());
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(("POST /api/v1" + path + " HTTP/1.1\r\nHost: " + address.getAuthority()
                            + "\r\nAuthorization: Bearer "
                            + scene.key()
                            + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 500000\r\n\r\n")
                    .getBytes(US_ASCII));
            out.write(sent);
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static int count(String list) {
        var answer = scene.byKey().get(project + list);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().get("items").size();
    }

    @Test
    void anUploadThatIsCutOffLeavesNoAsset() throws Exception {
        var before = count("/assets");
        var answer = cutOff(project + "/assets?name=cut.png", new byte[200_000]);
        assertThat(answer)
                .doesNotContain("HTTP/1.1 2")
                .doesNotContain("HTTP/1.1 5")
                .doesNotContain("Exception");
        assertThat(count("/assets")).isEqualTo(before);
    }

    @Test
    void anImportFileThatIsCutOffStartsNoJob() throws Exception {
        var before = count("/jobs");
        var line = "{\"text\":\"one line of many\"}\n".repeat(2_000).getBytes(US_ASCII);
        var answer = cutOff(project + "/imports?name=cut.jsonl", line);
        assertThat(answer)
                .doesNotContain("HTTP/1.1 2")
                .doesNotContain("HTTP/1.1 5")
                .doesNotContain("Exception");
        assertThat(count("/jobs")).isEqualTo(before);
    }

    /** The whole file, whose end is there, is the control of the two above. */
    @Test
    void anImportFileThatIsWholeStartsAJob() {
        var before = count("/jobs");
        var line = "{\"text\":\"one line of many\"}\n".getBytes(US_ASCII);
        var answer = scene.byKey().upload(project + "/imports?name=whole.jsonl", line);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(count("/jobs")).isEqualTo(before + 1);
    }

    @Test
    void aMemberThatIsGivenTwiceIsRefusedAtEveryDepth() {
        var path = project + "/leases/" + scene.ids().get("lease") + "/draft";
        for (var body : new String[] {
            "{\"token\":\"1\",\"token\":\"1\"}",
            "{\"token\":\"1\",\"answer\":{\"answers\":{},\"answers\":{},\"shapes\":[]}}",
            "{\"token\":\"1\",\"answer\":{\"answers\":{\"a\":1,\"a\":2},\"shapes\":[]}}",
            "{\"token\":\"1\",\"answer\":{\"answers\":{},\"shapes\":[{\"x\":1,\"x\":2}]}}"
        }) {
            Http.Answer answer = scene.byKey().put(path, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
            assertThat(answer.json().at("/faults/0/message").asString())
                    .as(body)
                    .contains("twice");
        }
    }
}
