package io.etalon.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.server.testing.Http;
import io.etalon.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The API's description is checked in, so that a change of the contract is seen in a review; the web's types are made from it. */
class ApiDescriptionTest {
    private static final Path CHECKED_IN = Path.of("../web/openapi.json");
    private static final String REFRESH =
            "mvn -q -Dexec.skip -pl server -am test -Dtest=ApiDescriptionTest -Dopenapi.refresh"
                    + " -Dsurefire.failIfNoSpecifiedTests=false && npm --prefix web run api";

    private final JsonNode served =
            Http.of(TestServer.shared()).get("//openapi.json").json();

    /** Members by name, two spaces a level, a line feed at the end. */
    private static String canonical(JsonNode document) {
        var lines = new DefaultIndenter("  ", "\n");
        var separators = Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER);
        var json = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        return json.writer()
                        .with(new DefaultPrettyPrinter(separators)
                                .withObjectIndenter(lines)
                                .withArrayIndenter(lines))
                        .writeValueAsString(json.treeToValue(document, Object.class))
                + "\n";
    }

    @Test
    void isTheOneThatIsCheckedIn() throws IOException {
        var now = canonical(served);
        if (Boolean.parseBoolean(System.getProperty("openapi.refresh"))) {
            Files.writeString(CHECKED_IN, now, UTF_8);
        }
        assertThat(Files.readString(CHECKED_IN, UTF_8))
                .as("web/openapi.json is not what the server serves. If the change is meant: " + REFRESH)
                .isEqualTo(now);
    }

    @Test
    void everyAnswerInJsonHasASchema() {
        var bare = new ArrayList<String>();
        for (var path : served.path("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                for (var response : operation.getValue().path("responses").properties()) {
                    var content = response.getValue().path("content");
                    // Two records of one name make it empty, without a word.
                    if (content.isObject() && content.findValues("schema").isEmpty()) {
                        bare.add(operation.getKey() + " " + path.getKey() + " " + response.getKey());
                    }
                }
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void saysWhatIsNeverMissingAndWhatMayBeNull() {
        var schemas = served.at("/components/schemas");
        var member = schemas.path("MemberView");
        assertThat(texts(member.path("required"))).containsExactlyInAnyOrder("id", "name", "email", "roles");
        assertThat(texts(schemas.at("/PageProjectBody/required"))).containsExactlyInAnyOrder("items", "next");
        assertThat(texts(schemas.at("/PageProjectBody/properties/next/type")))
                .containsExactlyInAnyOrder("string", "null");
        assertThat(schemas.at("/Decided/properties/next/anyOf").size()).isEqualTo(2);
        assertThat(texts(schemas.at("/NewProject/required"))).containsExactlyInAnyOrder("name", "template");
        assertThat(schemas.at("/OntologyBody/properties/ontology/$ref").asString())
                .endsWith("/Ontology");
    }

    private static Stream<String> texts(JsonNode array) {
        return array.values().stream().map(JsonNode::asString);
    }
}
