package io.etalon.server.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Scripts in what people write and upload.
 *
 * <p>CVE-2024-26152, CVE-2025-25296, CVE-2025-47783, CVE-2026-22033 (Label Studio: task data, previews, hotkeys), CVE-2026-23516,
 * CVE-2026-65986, CVE-2026-73220 (CVAT: skeletons, guides), CVE-2026-116554, CVE-2026-116555 (Argilla); CVE-2023-47115,
 * CVE-2024-23633 (Label Studio: uploads served as HTML).
 */
final class ScriptsTest {
    private static final List<String> SCRIPTS = List.of(
            "<script>alert(1)</script>",
            "</script><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)><foreignObject/></svg>",
            "javascript:alert(1)",
            "{{constructor.constructor('alert(1)')()}}");
    private static Estate estate;
    private static Http owner;

    @BeforeAll
    static void start() throws Exception {
        estate = new Estate(TestServer.shared(), "attack-scripts");
        owner = estate.as(Estate.OWNER);
    }

    private static void isJsonAlone(Http.Answer answer, String script) {
        assertThat(answer.header("Content-Type")).as(answer.body()).matches("application/(problem\\+)?json.*");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy"))
                .startsWith("default-src 'none';")
                .doesNotContain("self")
                .doesNotContain("unsafe");
        assertThat(answer.body())
                .as("kept as it was written")
                .contains(Http.text(script).replaceAll("^\"|\"$", ""));
    }

    @Test
    void namesLabelsGuidelinesAndCommentsComeBackAsJsonAlone() {
        for (var script : SCRIPTS) {
            var option = List.of(Map.of("id", "1", "name", script), Map.of("id", "2", "name", "Two"));
            var question = Map.of("id", "q", "name", script, "type", "choice", "required", true, "options", option);
            var made = Estate.made(estate.as(Estate.OWNER)
                    .post(
                            estate.path() + "/projects",
                            Map.of(
                                    "name",
                                    script,
                                    "template",
                                    "text-classification",
                                    "ontology",
                                    Map.of("labels", List.of(), "questions", List.of(question)),
                                    "guidelines",
                                    "# " + script + "\n[x](javascript:alert(1))\n")));
            isJsonAlone(made, script);
            var at = estate.path() + "/projects/" + made.json().get("id").asString();
            for (var read : List.of("", "/ontology", "/ontologies", "/guidelines")) {
                var answer = owner.get(at + read);
                assertThat(answer.status()).isEqualTo(200);
                if (!read.equals("/ontologies")) {
                    isJsonAlone(answer, script);
                }
            }
        }
    }

    @Test
    void commentsAndAnswersComeBackAsJsonAlone() {
        var ids = estate.project("Comments");
        var at = estate.path() + "/projects/" + ids.get("project") + "/submissions/" + ids.get("submission")
                + "/comments";
        for (var script : SCRIPTS) {
            Estate.made(estate.as("rob").post(at, Map.of("text", script)));
            isJsonAlone(owner.get(at), script);
        }
    }

    @Test
    void refusalsThatRepeatWhatWasSentAreJsonToo() {
        for (var script : SCRIPTS) {
            var body = "{" + Http.text(script) + ":1}";
            var answer = owner.send("PATCH", "/me", body);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    /** Text nodes only: what React does unless somebody asks for the opposite. */
    @Test
    void theWebApplicationMakesNoMarkupAndNoCodeOfTexts() throws IOException {
        var maker = Pattern.compile(
                "dangerouslySetInnerHTML|\\.(inner|outer)HTML\\b|insertAdjacentHTML|document\\.write|\\beval\\(|new Function\\(|srcdoc");
        assertThat(maker.matcher("element.innerHTML = text").find()).isTrue();
        try (var files = Files.walk(Path.of("../web/src"))) {
            var sources = files.filter(file -> file.toString().matches(".*\\.(ts|tsx)"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(50);
            for (var source : sources) {
                assertThat(maker.matcher(Files.readString(source)).results().map(found -> found.group()))
                        .as(source.toString())
                        .isEmpty();
            }
        }
    }

    private static byte[] polyglot() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", bytes);
        bytes.write("<html><script>alert(1)</script></html>".getBytes(UTF_8));
        return bytes.toByteArray();
    }

    @Test
    void aPictureThatIsAlsoAPageIsServedAsAPictureOnTheContentOrigin() throws Exception {
        var label = Map.of("id", "coin", "name", "Coin", "color", "#c08a2b", "tool", "box", "attributes", List.of());
        var made = Estate.made(estate.as(Estate.OWNER)
                .post(
                        estate.path() + "/projects",
                        Map.of(
                                "name", "Pictures",
                                "template", "image-boxes",
                                "ontology", Map.of("labels", List.of(label), "questions", List.of()))));
        var assets = estate.path() + "/projects/" + made.json().get("id").asString() + "/assets";
        var html = estate.as(Estate.OWNER).with("Content-Type", "text/html");
        var sent = html.sendBytes(
                "POST", assets + "?name=avatar.html", HttpRequest.BodyPublishers.ofByteArray(polyglot()));
        assertThat(sent.status()).as(sent.body()).isEqualTo(201);
        var id = sent.json().get("id").asString();
        var types = new ArrayList<String>();
        var inside = owner.get(assets + "/" + id + "/content");
        types.add(inside.header("Content-Type"));
        assertThat(inside.header("Content-Disposition")).startsWith("attachment");
        assertThat(inside.header("Content-Security-Policy")).isEqualTo("sandbox; default-src 'none'");
        var url = URI.create(owner.post(assets + "/" + id + "/view", Map.of())
                .json()
                .get("url")
                .asString());
        assertThat(url.getAuthority())
                .isNotEqualTo(URI.create(TestServer.shared().url()).getAuthority());
        var outside = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        types.add(outside.headers().firstValue("Content-Type").orElse(""));
        assertThat(outside.headers().firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        assertThat(outside.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(types).containsExactly("image/png", "image/png");
        for (var page : List.of(
                "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<html><script>alert(1)</script>",
                "%PDF-1.7\n1 0 obj<</FontMatrix [1 0 0 1 0 (alert\\(1\\))]>>")) {
            var refused = html.send("POST", assets + "?name=a.png", page);
            assertThat(refused.status()).as(page).isEqualTo(415);
            assertThat(refused.code()).isEqualTo("unsupported-type");
        }
    }
}
