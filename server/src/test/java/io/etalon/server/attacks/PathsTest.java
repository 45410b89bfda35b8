package io.etalon.server.attacks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.base.ContentOrigin;
import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/**
 * Names that lead elsewhere, and readers that open what they should not.
 *
 * <p>GHSA-cpmr-mw4j-99r7 (Label Studio: {@code /static../}), CVE-2025-25295 (Label Studio: {@code ../} in an image's field
 * copied into the export), CVE-2026-47682 (CVAT: keys of a storage wrote anywhere on the disk), CVE-2022-36551, CVE-2022-31188,
 * CVE-2023-47116, CVE-2025-25297 (addresses that the server fetches), CVE-2025-5173, CVE-2025-23045 (objects read back from
 * bytes), and XML with external entities.
 */
final class PathsTest {
    private static final TestServer SERVER = TestServer.shared();

    private static String raw(URI at, String path) {
        try (var socket = new Socket(at.getHost(), at.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + at.getAuthority() + "\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    @Test
    void noSpellingOfAPathLeadsOutOfAFolder() {
        var app = URI.create(SERVER.url());
        var content = URI.create(
                "http://127.0.0.1:" + SERVER.part(ContentOrigin.class).port());
        for (var origin : List.of(app, content)) {
            for (var path : List.of(
                    "/static../application.properties",
                    "/assets../application.properties",
                    "/assets/..%2f..%2f..%2f..%2f..%2fetc/passwd",
                    "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
                    "/assets/%252e%252e/%252e%252e/etc/passwd",
                    "/assets/..%5c..%5cetc%5cpasswd",
                    "/assets/.%00./application.properties",
                    "/assets/....//application.properties",
                    "/content/../../../../etc/passwd",
                    "/content/%2e%2e%2f%2e%2e%2fkeys%2fpassphrase",
                    "/data/upload/../../etc/passwd",
                    "/.git/config",
                    "/WEB-INF/web.xml",
                    "/api/v1/../../etc/passwd",
                    "//etc/passwd")) {
                var answer = raw(origin, path);
                assertThat(answer).as(origin + path).matches("(?s)HTTP/1\\.1 40[04].*");
                assertThat(answer).as(origin + path).doesNotContain("root:").doesNotContain("spring.");
            }
        }
    }

    @Test
    void namesOfAssetsThatLeadElsewhereStayNamesInExportsAndArchives() throws Exception {
        var estate = new Estate(SERVER, "attack-paths");
        var ids = estate.project("Names");
        var at = estate.path() + "/projects/" + ids.get("project");
        var taken = 0;
        for (var name : List.of(
                "../../../../../../tmp/etalon-evil.txt",
                "/tmp/etalon-evil.txt",
                "..\\..\\etalon-evil.txt",
                "a\0../etalon-evil.txt",
                "/data/upload/../../etc/passwd",
                "C:\\etalon-evil.txt",
                "=cmd|'/c calc'!A1 etalon-evil.txt")) {
            var sent = estate.as(Estate.OWNER)
                    .upload(at + "/assets?name=" + URLEncoder.encode(name, UTF_8), ("Evil " + name).getBytes(UTF_8));
            assertThat(sent.status()).as(name + sent.body()).isIn(201, 400);
            taken += sent.status() == 201 ? 1 : 0;
        }
        assertThat(taken).as("names are values, most are kept").isGreaterThan(4);
        var ordered = Estate.made(estate.as(Estate.OWNER).post(estate.path() + "/exit/exports", ""));
        var export = estate.path() + "/exit/exports/" + ordered.json().get("id").asString();
        for (var i = 0; i < 500 && building(estate, export); i++) {
            LockSupport.parkNanos(20_000_000);
        }
        var file = Estate.made(estate.as(Estate.OWNER).get(export + "/file"));
        var names = new ArrayList<String>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(file.raw().body()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        assertThat(names)
                .isNotEmpty()
                .allMatch(name -> Path.of("/x").resolve(name).normalize().startsWith("/x"));
        assertThat(names).noneMatch(name -> name.contains("..") || name.contains("\\") || name.contains("evil"));
        assertThat(Path.of("/tmp/etalon-evil.txt")).doesNotExist();
    }

    private static boolean building(Estate estate, String export) {
        return Estate.made(estate.as(Estate.OWNER).get(export))
                .json()
                .get("state")
                .asString()
                .equalsIgnoreCase("building");
    }

    /** No reader of XML, of serialised objects or of scripts: what is not there is not fooled. */
    @Test
    void onlyProvidersAnswersAreReadAsXmlNoSerialisedObjectIsAndNoAddressOfAClientIsFollowed() throws IOException {
        var readers = Pattern.compile(
                "javax\\.xml|org\\.w3c|org\\.xml|ObjectInputStream|XMLDecoder|ScriptEngine|SpelExpression");
        var callers = Pattern.compile(
                "HttpClient|URLConnection|openStream\\(|RestClient|WebClient|RestTemplate|new Socket\\(");
        assertThat(readers.matcher("import javax.xml.parsers.DocumentBuilder;").find())
                .isTrue();
        var reading = new ArrayList<String>();
        var calling = new ArrayList<String>();
        for (var module : List.of("annotation", "formats", "ledger", "quality", "ranking", "server")) {
            var folder = Path.of("..", module, "src/main/java");
            if (!Files.isDirectory(folder)) {
                continue;
            }
            try (var files = Files.walk(folder)) {
                for (var file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".java"))::iterator) {
                    var text = Files.readString(file);
                    var name = file.getFileName().toString();
                    if (readers.matcher(text).find()) {
                        reading.add(name);
                    }
                    if (callers.matcher(text).find()) {
                        calling.add(name);
                    }
                }
            }
        }
        // The answers of SAML providers, by one parser that knows no document types: SamlPeerTest tries them.
        assertThat(reading).containsExactlyInAnyOrder("Xml.java", "Answers.java", "SignedAssertion.java");
        // The client's own keeper of keys and the other node: both stand in the operator's settings, never in a
        // request. The third calls what a client names, and judges each address before it connects to it.
        assertThat(calling).containsExactlyInAnyOrder("TransitKeys.java", "Carrier.java", "Egress.java");
    }

    @Test
    void anImportNamesFilesAndAddressesInVain() throws Exception {
        var estate = new Estate(SERVER, "attack-imports");
        var ids = estate.project("Imports");
        var at = estate.path() + "/projects/" + ids.get("project");
        // Whoever called it and said nothing of it would stay in this line.
        try (var listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            importsInVain(estate, at, "http://127.0.0.1:" + listener.getLocalPort() + "/");
            assertThat(called(listener)).as("somebody called").isFalse();
            // The control: a call stands in the line.
            new Socket(listener.getInetAddress(), listener.getLocalPort()).close();
            assertThat(called(listener)).isTrue();
        }
        assertThat(estate.as(Estate.OWNER).get(at + "/assets?limit=200").json().get("items"))
                .hasSize(4);
    }

    private static boolean called(ServerSocket listener) throws IOException {
        listener.setSoTimeout(500);
        try {
            listener.accept().close();
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static void importsInVain(Estate estate, String at, String heard) {
        for (var address : List.of(
                heard,
                heard.replace("127.0.0.1", "localhost"),
                "file:///etc/passwd",
                "http://127.0.0.1:" + URI.create(SERVER.url()).getPort() + "/metrics",
                "http://169.254.169.254/latest/meta-data/",
                "http://[fd00:ec2::254]/",
                "http://2130706433/",
                "../../../../etc/passwd")) {
            var line = Http.text(Map.of("asset", address)) + "\n";
            var sent = estate.as(Estate.OWNER).upload(at + "/imports?name=a.jsonl", line.getBytes(UTF_8));
            assertThat(sent.status()).as(sent.body()).isIn(202, 400);
            if (sent.status() == 202) {
                var job = at + "/imports/" + sent.json().get("id").asString() + "/lines";
                var lines = estate.as(Estate.OWNER).get(job);
                for (var i = 0; i < 200 && lines.json().path("items").isEmpty(); i++) {
                    LockSupport.parkNanos(20_000_000);
                    lines = estate.as(Estate.OWNER).get(job);
                }
                assertThat(lines.body()).doesNotContain("root:").doesNotContain("jvm_memory");
            }
        }
    }
}
