package io.etalon.cli.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingTest {
    @TempDir
    private Path folder;

    private static Drawing forest() {
        return ForestPlot.of(
                "Ratings <b> & more",
                "three models",
                "Elo",
                List.of(
                        new ForestPlot.Entry("alpha", 1040, 1010, 1070, "1040", "1–2"),
                        new ForestPlot.Entry("<b>", 1000, 980, 1020, "1000", "1–3"),
                        new ForestPlot.Entry("gamma", -3.5, -60, 40, "-3.5", "3")));
    }

    @Test
    void anSvgIsWellFormedAndSaysWhatItShows() throws Exception {
        var file = folder.resolve("plot.svg");
        forest().write(file);
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .isEqualTo("Ratings <b> & more. three models");
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(3);
        assertThat(Files.readString(file))
                .contains(">−200<", ">1200<", ">&lt;b&gt;<")
                .doesNotContain("NaN");
    }

    @Test
    void aPngShowsTheMarksOnWhite() throws IOException {
        var file = folder.resolve("plot.png");
        HeatMap.of("Agreement", "two workers", List.of("a", "b"), new double[][] {{Double.NaN, 1}, {-1, 0.2}})
                .write(file);
        var image = ImageIO.read(file.toFile());
        var colours = new java.util.TreeSet<String>();
        for (var x = 0; x < image.getWidth(); x++) {
            for (var y = 0; y < image.getHeight(); y++) {
                colours.add(String.format("#%06x", image.getRGB(x, y) & 0xffffff));
            }
        }
        assertThat(image.getRGB(0, 0) & 0xffffff).isEqualTo(0xffffff);
        assertThat(colours).contains(HeatMap.colour(1), HeatMap.colour(-1), HeatMap.colour(0.2), Style.INK);
    }

    @Test
    void equalDrawingsGiveEqualBytes() {
        assertThat(SvgRenderer.render(forest())).isEqualTo(SvgRenderer.render(forest()));
    }

    @Test
    void refusesAnotherEnding() {
        assertThatThrownBy(() -> forest().write(folder.resolve("plot.pdf")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".svg or .png");
    }

    @Test
    void marksRoundNumbersOnAScale() {
        var scale = Scale.round(-0.031, 0.244, 0, 100, 6);
        assertThat(scale.ticks().stream().map(scale::label).toList())
                .containsExactly("−0.05", "0.00", "0.05", "0.10", "0.15", "0.20", "0.25");
        assertThat(scale.at(scale.low())).isZero();
        assertThat(scale.at(scale.high())).isEqualTo(100);
        assertThat(Scale.round(3, 3, 0, 1, 5).ticks()).allMatch(Double::isFinite);
    }
}
