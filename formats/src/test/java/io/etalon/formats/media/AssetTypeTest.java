package io.etalon.formats.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AssetTypeTest {
    private static AssetType sniff(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return AssetType.sniff(bytes, bytes.length, true);
    }

    private static AssetType sniffBytes(String latin1) {
        var bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return AssetType.sniff(bytes, bytes.length, true);
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of("Plain words, été, 日本.", AssetType.TEXT),
                Arguments.of("\ufeffwith a byte order mark", AssetType.TEXT),
                Arguments.of("BM is how this note begins", AssetType.TEXT),
                Arguments.of("I <3 <b>you</b>", AssetType.TEXT),
                Arguments.of("<3 you", AssetType.TEXT),
                Arguments.of("   \n", AssetType.TEXT),
                Arguments.of("[Speaker 1] Hello", AssetType.TEXT),
                Arguments.of("[1] A footnote", AssetType.TEXT),
                Arguments.of("{braces} in a text", AssetType.TEXT),
                Arguments.of(" {\"a\": [1, true]}\n", AssetType.JSON),
                Arguments.of("[]", AssetType.JSON),
                Arguments.of("{\"a\":", AssetType.TEXT),
                Arguments.of("%PDF-1.7\n", AssetType.PDF),
                Arguments.of("<!DOCTYPE html><p>", AssetType.HTML),
                Arguments.of("\n <SCRIPT>alert(1)</SCRIPT>", AssetType.HTML),
                Arguments.of("<!-- x --><img src=x onerror=alert(1)>", AssetType.HTML),
                Arguments.of("<img src=x onerror=alert(1)>", AssetType.HTML),
                Arguments.of("<svg onload=alert(1)>", AssetType.SVG),
                Arguments.of("\ufeff<?xml version=\"1.0\"?><!-- c --><svg xmlns=\"…\"/>", AssetType.SVG),
                Arguments.of("<!DOCTYPE svg PUBLIC \"…\"><svg/>", AssetType.SVG),
                Arguments.of("<!-- c --><svg/>", AssetType.SVG),
                Arguments.of("<?xml version=\"1.0\"?><x:svg xmlns:x=\"…\"/>", AssetType.SVG),
                Arguments.of("<?xml version=\"1.0\"?><html xmlns=\"…\"/>", AssetType.HTML),
                Arguments.of("<?xml version=\"1.0\"?><annotation/>", AssetType.XML));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void tellsTexts(String text, AssetType type) {
        assertThat(sniff(text)).isEqualTo(type);
    }

    @Test
    void tellsBinaries() {
        assertThat(sniffBytes("PK\u0003\u0004rest")).isEqualTo(AssetType.ZIP);
        assertThat(sniffBytes("\0\u0001junk%PDF-1.4")).isEqualTo(AssetType.PDF);
        assertThat(sniffBytes("")).isEqualTo(AssetType.UNKNOWN);
        assertThat(sniffBytes("a\0b")).isEqualTo(AssetType.UNKNOWN);
        assertThat(sniffBytes("caf\u00e9 in Latin-1")).isEqualTo(AssetType.UNKNOWN);
        assertThat(sniffBytes("\u00ff\u00feU\0T\0F\0")).isEqualTo(AssetType.UNKNOWN);
        assertThat(sniffBytes("RIFF\u0004\0\0\0WAVE")).isEqualTo(AssetType.UNKNOWN);
    }

    @Test
    void judgesAPrefixThatIsCutInsideACharacterOrAToken() {
        var text = "é".repeat(Sniffer.PREFIX).getBytes(StandardCharsets.UTF_8);
        assertThat(AssetType.sniff(text, 1001, false)).isEqualTo(AssetType.TEXT);
        assertThat(AssetType.sniff(text, 1001, true)).isEqualTo(AssetType.UNKNOWN);
        var json = "[123,\"été\",true,null,{\"a\":-1.5e3}]".getBytes(StandardCharsets.UTF_8);
        for (var length = 1; length < json.length; length++) {
            assertThat(AssetType.sniff(json, length, false))
                    .as("%d bytes", length)
                    .isEqualTo(AssetType.JSON);
            assertThat(AssetType.sniff(json, length, true))
                    .as("%d bytes", length)
                    .isNotEqualTo(AssetType.JSON);
        }
        assertThat(AssetType.sniff(Arrays.copyOf(json, json.length), json.length, true))
                .isEqualTo(AssetType.JSON);
    }

    @Test
    void doesNotOverflowOnDeepNesting() {
        assertThat(sniff("[".repeat(1 << 20))).isNotNull();
        assertThat(sniff("{\"a\":".repeat(1 << 18))).isNotNull();
    }

    @Test
    void knowsWhatABrowserWouldRun() {
        assertThat(Stream.of(AssetType.values()).filter(AssetType::isActive))
                .containsExactly(AssetType.SVG, AssetType.HTML, AssetType.XML);
        assertThat(Stream.of(AssetType.values()).filter(AssetType::isImage)).hasSize(5);
    }
}
