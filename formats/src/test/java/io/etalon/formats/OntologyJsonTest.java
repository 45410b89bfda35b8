package io.etalon.formats;

import static io.etalon.formats.Examples.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Fault;
import io.etalon.annotation.Ontology;
import io.etalon.annotation.Templates;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OntologyJsonTest {
    private static List<String> pointers(String json) {
        return switch (OntologyJson.read(utf8(json))) {
            case Parsed.Sound<Ontology> sound -> List.of();
            case Parsed.Faulty<Ontology>(var faults) ->
                faults.stream().map(Fault::pointer).toList();
        };
    }

    @Test
    void writesTheGoldenFile() throws Exception {
        assertThat(OntologyJson.write(Examples.coins()))
                .asString()
                .isEqualTo(Examples.golden("ontology.json").strip());
    }

    @Test
    void readsBackWhatItWrites() {
        assertThat(OntologyJson.read(OntologyJson.write(Examples.coins())).orThrow())
                .isEqualTo(Examples.coins());
        assertThat(Templates.all())
                .allSatisfy(template -> assertThat(OntologyJson.read(OntologyJson.write(template.ontology()))
                                .orThrow())
                        .isEqualTo(template.ontology()));
    }

    @Test
    void takesTheShortForm() {
        var ontology = OntologyJson.read(utf8("{\"labels\":[{\"id\":\"a\",\"name\":\"A\",\"color\":\"#000000\"}]}"))
                .orThrow();
        assertThat(ontology.labels().getFirst().attributes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"label\":[]}|/label",
                "{\"labels\":{}}|/labels",
                "{\"labels\":[{\"id\":\"a\",\"name\":\"A\",\"color\":\"#000000\",\"tool\":\"lasso\"}]}|/labels/0/tool",
                "{\"labels\":[{\"id\":\"a\",\"name\":\"A\"}]}|/labels/0/color",
                "{\"labels\":[{\"id\":\"A\",\"name\":\"A\",\"color\":\"#000000\"}]}|/labels/0/id",
                "{\"questions\":[{\"id\":\"a\",\"name\":\"A\"}]}|/questions/0/type",
                "{\"questions\":[{\"id\":\"a\",\"name\":\"A\",\"type\":\"text\",\"required\":1}]}|/questions/0/required",
                "{\"questions\":[{\"id\":\"a\",\"name\":\"A\",\"type\":\"essay\"}]}|/questions/0/type",
                "{\"questions\":[{\"id\":\"a\",\"name\":\"A\",\"type\":\"text\",\"names\":{\"fr\":1}}]}|/questions/0/names/fr",
                "{\"questions\":[{\"id\":\"a\",\"name\":\"A\",\"type\":\"multi_choice\",\"options\":[{\"id\":\"x\"}]}]}|/questions/0/options/0/name"
            })
    void namesThePlaceOfAFault(String json, String pointer) {
        assertThat(pointers(json)).containsExactly(pointer);
    }
}
