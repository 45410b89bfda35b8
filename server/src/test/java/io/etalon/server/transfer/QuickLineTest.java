package io.etalon.server.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.etalon.annotation.Ontology;
import io.etalon.server.project.OntologyVersion;
import io.etalon.server.work.prelabel.OfferReader;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick reading of lines against the parser, which reads what ends in a carriage return. */
final class QuickLineTest {
    private static final int LINES = 60_000;
    private static final long SEED = Long.getLong("etalon.seed", 20_261_122L);
    private static final List<String> NAMES = List.of(
            "text",
            "text",
            "text",
            "text",
            "name",
            "priority",
            "id",
            "source",
            "asset",
            "sha256",
            "preLabels",
            "é",
            "te\\u0078t",
            "");
    private static final List<String> VALUES = List.of(
            "\"a\"",
            "\"\"",
            "\" \"",
            "1",
            "-7",
            "0",
            "-0",
            "01",
            "100",
            "101",
            "1e2",
            "1.50",
            "12345678901234567890",
            "true",
            "false",
            "null",
            "nul",
            "{}",
            "[1, 2]",
            "{\"a\":{\"b\":[]}}",
            "\"x\\ny\"",
            "\"\\u00e9\"",
            "\"\\uD83D\\uDE00\"",
            "\"\\uD83D\"",
            "\"\\u0000\"",
            "\"\\q\"",
            "\"é\"",
            "\"日本\"",
            "\"😀\"",
            "\"\u007F\"",
            "\"a\tb\"",
            "\"a/b\\/c\"",
            "\"00000000-0000-7000-8000-000000000001\"",
            "\"open");

    /** Too long a spelling, half a pair, beyond the last plane, five bytes, an end without a beginning. */
    private static final List<String> NO_CHARACTERS =
            List.of("c0af", "e08080", "f0808080", "eda080", "f4908080", "f888808080", "80", "c3");

    private static final OfferReader OFFERS = new OfferReader(
            new OntologyVersion(1, new Ontology(List.of(), List.of()), Instant.parse("2026-01-01T00:00:00Z")));

    private final Random random = new Random(SEED);

    @Test
    void readsEveryLineAsTheParserDoes() {
        var parser = new LineParser("file.jsonl", true, OFFERS);
        var quick = new QuickLine();
        var taken = 0;
        for (var i = 0; i < LINES; i++) {
            var line = random.nextInt(4) == 0 ? broken(line()) : line();
            taken += quick.read(line, 0, line.length) ? 1 : 0;
            var ended = new byte[line.length + 1];
            System.arraycopy(line, 0, ended, 0, line.length);
            ended[line.length] = '\r';
            assertThat(told(parser, line))
                    .as("seed %d, line %s", SEED, new String(line, UTF_8))
                    .isEqualTo(told(parser, ended));
        }
        assertThat(taken).isBetween(LINES / 20, LINES);
    }

    @Test
    void takesTheLinesOfMostFiles() {
        var quick = new QuickLine();
        for (var line : List.of(
                "{\"text\":\"Né à Paris.\\n\\\"Oui\\\"\",\"priority\":3,\"source\":\"archives\",\"id\":17}",
                "{ \"id\": \"a-1\", \"text\": \"caf\\u00e9\", \"checked\": true, \"year\": null }",
                "{\"name\":\"one\",\"text\":\"😀\"}")) {
            var bytes = line.getBytes(UTF_8);
            assertThat(quick.read(bytes, 0, bytes.length)).as(line).isTrue();
        }
        assertThat(new String(quick.text(), UTF_8)).isEqualTo("😀");
        assertThat(quick.codePoints()).isEqualTo(1);
        assertThat(quick.name()).isEqualTo("one");
    }

    private byte[] line() {
        var line = new StringBuilder(space()).append('{');
        var members = 1 + random.nextInt(4);
        for (var i = 0; i < members; i++) {
            var name = NAMES.get(i == 0 ? 0 : random.nextInt(NAMES.size()));
            line.append(i == 0 ? "" : ",")
                    .append(space())
                    .append('"')
                    .append(name)
                    .append('"')
                    .append(space());
            var value = VALUES.get(random.nextInt(VALUES.size()));
            if (name.equals("text") && random.nextInt(3) > 0) {
                value = "\"Le texte " + random.nextInt() + "\"";
            }
            line.append(':').append(space()).append(value);
        }
        return line.append(space()).append('}').append(space()).toString().getBytes(UTF_8);
    }

    private String space() {
        return random.nextInt(6) == 0 ? " \t" : "";
    }

    /** One byte another one, or away, or twice, or what only looks like a character. */
    private byte[] broken(byte[] line) {
        var out = new ByteArrayOutputStream(line.length + 1);
        var at = random.nextInt(line.length);
        out.write(line, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.writeBytes(new byte[] {line[at], line[at]});
            case 2 -> out.writeBytes(HexFormat.of().parseHex(NO_CHARACTERS.get(random.nextInt(NO_CHARACTERS.size()))));
            default -> {}
        }
        out.write(line, at + 1, line.length - at - 1);
        return out.toByteArray();
    }

    private static String told(LineParser parser, byte[] line) {
        var parsed = parser.parse(line, new RawPiece.Line(7, 0, line.length, ""));
        if (!(parsed instanceof ParsedLine.Text(var number, var text, var priority, var preLabels))) {
            // The parser counts columns from the last end of a line.
            return parsed.toString().replaceAll(", near column [0-9]+", "");
        }
        var hex = HexFormat.of();
        return String.join(
                " ",
                String.valueOf(number),
                text.name(),
                text.hash().toString(),
                hex.formatHex(text.text()),
                String.valueOf(text.codePoints()),
                hex.formatHex(text.extra()),
                String.valueOf(priority),
                preLabels.toString());
    }
}
