package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.etalon.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code aggregate --kind …} for answers that are more than a class. */
class KindsTest {
    private static CommandRun aggregate(String kind, String input, String... more) {
        var arguments = new ArrayList<>(List.of("aggregate", "-", "--kind", kind));
        arguments.addAll(List.of(more));
        return CommandRun.with(input.getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    }

    /** The label cell of the only task. */
    private static JsonNode label(CommandRun run) {
        assertThat(run.code()).as(run.err()).isZero();
        var row = run.out().lines().skip(1).findFirst().orElseThrow();
        var cell = row.substring(row.indexOf('"') + 1, row.lastIndexOf('"')).replace("\"\"", "\"");
        return JsonMapper.shared().readTree(cell);
    }

    private static String line(String worker, String label) {
        return "{\"task\":\"t\",\"worker\":\"" + worker + "\",\"label\":" + label + "}\n";
    }

    @Test
    void fusesSpans() {
        var person = "{\"start\":0,\"end\":4,\"label\":\"PER\"}";
        var place = "{\"start\":9,\"end\":12,\"label\":\"LOC\"}";
        var label = label(aggregate(
                "spans",
                line("a", "[" + person + "," + place + "]") + line("b", "[" + person + "]") + line("c", "[]"),
                "--method",
                "mv"));
        assertThat(label).hasSize(1);
        assertThat(label.get(0).get("start").asInt()).isZero();
        assertThat(label.get(0).get("end").asInt()).isEqualTo(4);
        assertThat(label.get(0).get("label").asString()).isEqualTo("PER");
    }

    @Test
    void fusesBoxes() {
        var input = line("a", "[{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10,\"height\":10}]")
                + line("b", "[{\"label\":\"coin\",\"x\":1,\"y\":0,\"width\":10,\"height\":10}]")
                + line("c", "[]");
        for (var method : new String[] {"mv", "em"}) {
            var label = label(aggregate("boxes", input, "--method", method));
            assertThat(label).hasSize(1);
            assertThat(label.get(0).get("x").asDouble()).isEqualTo(.5, within(.01));
            assertThat(label.get(0).get("confidence").asDouble()).isBetween(.5, 1.0);
        }
    }

    /** A box of 40 x 10 at (20, 20), turned by a few degrees by each; one person names the other side the width. */
    @ParameterizedTest
    @CsvSource({"mv", "em"})
    void fusesTurnedBoxes(String method) {
        var input = line("a", turned(0, 15, 40, 10, 28))
                + line("b", turned(0, 15, 40, 10, 32))
                + line("c", turned(15, 0, 10, 40, -60))
                + line("d", "[]");
        var label = label(aggregate("boxes", input, "--method", method));
        assertThat(label).hasSize(1);
        var box = label.get(0);
        var swapped = box.get("width").asDouble() < box.get("height").asDouble();
        assertThat(box.get("angle").asDouble() + (swapped ? 90 : 0)).isEqualTo(30, within(.5));
        assertThat(box.get(swapped ? "height" : "width").asDouble()).isEqualTo(40, within(.5));
        assertThat(box.get("x").asDouble() + box.get("width").asDouble() / 2).isEqualTo(20, within(.1));
        assertThat(box.get("confidence").asDouble()).isBetween(.7, 1.0);

        // The same sides without their angles are other boxes: no two agree.
        var upright = aggregate("boxes", input.replaceAll(",\"angle\":[-0-9.]+", ""), "--method", method);
        assertThat(upright.out()).contains("t,[],").doesNotContain("angle");
    }

    @Test
    void scoresTurnedBoxesAgainstGoldAndEachOther(@TempDir Path folder) throws IOException {
        var gold = Files.writeString(
                folder.resolve("gold.jsonl"), "{\"task\":\"t\",\"label\":" + turned(0, 15, 40, 10, 30) + "}\n");
        var input = line("a", turned(0, 15, 40, 10, 30)) + line("b", turned(15, 0, 10, 40, -60));
        var run = aggregate("boxes", input, "--method", "mv", "--gold", gold.toString(), "--json");
        var result = JsonMapper.shared().readTree(run.out());
        assertThat(result.get("box_f1").asDouble()).isEqualTo(1);
        assertThat(result.get("mean_iou").asDouble()).isEqualTo(1, within(1e-6));
        assertThat(agree("box-iou", input).get("value").asDouble()).isEqualTo(1, within(1e-6));
        var crossed = line("a", turned(0, 15, 40, 10, 0)) + line("b", turned(0, 15, 40, 10, 90));
        assertThat(agree("box-f1", crossed).get("value").asDouble()).isZero();
    }

    private static String turned(double x, double y, double width, double height, double angle) {
        return "[{\"label\":\"ship\",\"x\":" + x + ",\"y\":" + y + ",\"width\":" + width + ",\"height\":" + height
                + ",\"angle\":" + angle + "}]";
    }

    @ParameterizedTest
    @CsvSource({"mv", "em", "staple"})
    void fusesMasks(String method) {
        var input = line("a", "{\"size\":[2,3],\"counts\":[1,3,2]}")
                + line("b", "{\"size\":[2,3],\"counts\":[1,2,3]}")
                + line("c", "{\"size\":[2,3],\"counts\":[1,2,3]}");
        var label = label(aggregate("masks", input, "--method", method));
        assertThat(label.toString()).isEqualTo("{\"size\":[2,3],\"counts\":[1,2,3]}");
        var sizes = aggregate("masks", input + line("d", "{\"size\":[3,2],\"counts\":[6]}"));
        assertThat(sizes.code()).isEqualTo(ExitCode.FAILED);
        assertThat(sizes.err()).contains("the masks of task t differ in size: 3 x 2, 2 x 3");
    }

    @Test
    void ordersWhatWasCompared() {
        var run = aggregate(
                "pairwise", "task,worker,label\n1,a,x > y\n1,b,y>x\n1,c,x>y\n2,a,x = y\n2,b,x=y\n3,a,x>y>z\n3,b,y>z\n");
        assertThat(run.out())
                .startsWith("task,label,confidence\n1,x > y,0.66")
                .contains("\n2,x = y,0.5\n3,x > y > z,1.0\n");
    }

    @ParameterizedTest
    @CsvSource({"mean, 4.0", "trimmed, 2.0", "median, 2.0"})
    void averagesNumbers(String method, String value) {
        var run = aggregate("numeric", "task,worker,label\nt,a,1\nt,b,2\nt,c,2\nt,d,2\nt,e,13\n", "--method", method);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("task,label,confidence,low,high\nt," + value + ",,");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "numeric ! \"two\" ! the label is \"two\"; a finite number is expected",
                "spans ! \"PER\" ! a list of spans such as",
                "spans ! [{\"start\":3,\"end\":3,\"label\":\"PER\"}] ! a span runs from 0 or later to a later place",
                "boxes ! [{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10,\"height\":9,\"angle\":\"up\"}] ! the member angle is \"\"up\"\"; a number is expected",
                "boxes ! [{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10}] ! the member height is missing; a number is expected",
                "boxes ! [{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10,\"height\":-1}] ! the label is not as expected",
                "masks ! {\"size\":[2,3],\"counts\":[1]} ! the label is not as expected",
                "masks ! [] ! a mask such as",
                "pairwise ! \"x\" ! a comparison of two things at least is expected",
                "pairwise ! \"x >\" ! a comparison such as a > b",
            })
    void saysWhatALabelShouldBe(String kind, String label, String message) {
        var run = aggregate(kind, line("a", label));
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("etalon: standard input: line 1: ")
                .contains(message)
                .hasLineCount(1);
    }

    @Test
    void scoresTextByItsWordErrors() {
        var data = MathCommandsTest.shared("truth").resolve("wsa_T1");
        var rates = new double[2];
        for (var i = 0; i < 2; i++) {
            var run = CommandRun.of(
                    "aggregate",
                    data.resolve("labels.csv").toString(),
                    "--kind",
                    "text",
                    "--method",
                    i == 0 ? "rover" : "medoid",
                    "--gold",
                    data.resolve("gold.csv").toString(),
                    "--json");
            assertThat(run.code()).as(run.err()).isZero();
            rates[i] = JsonMapper.shared()
                    .readTree(run.out())
                    .get("word_error_rate")
                    .asDouble();
        }
        assertThat(rates[0]).isEqualTo(.504, within(.005));
        assertThat(rates[1]).isEqualTo(.512, within(.006));
    }

    @Test
    void scoresNumbersByTheirDistance() {
        var data = MathCommandsTest.shared("truth").resolve("snow_anger");
        var run = CommandRun.of(
                "aggregate",
                data.resolve("labels.csv").toString(),
                "--kind",
                "numeric",
                "--gold",
                data.resolve("gold.csv").toString(),
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(JsonMapper.shared()
                        .readTree(run.out())
                        .get("mean_absolute_error")
                        .asDouble())
                .isEqualTo(8.63, within(.005));
    }

    @Test
    void measuresAgreementOnSpansAndBoxes() {
        var person = "{\"start\":0,\"end\":4,\"label\":\"PER\"}";
        var longer = "{\"start\":0,\"end\":6,\"label\":\"PER\"}";
        var spans = line("a", "[" + person + "]") + line("b", "[" + longer + "]");
        assertThat(agree("span-f1", spans).get("value").asDouble()).isZero();
        assertThat(agree("span-f1-partial", spans).get("value").asDouble()).isEqualTo(.8, within(1e-12));
        assertThat(agree("alpha-u", spans).get("value").asDouble()).isBetween(-1.0, 1.0);
        var boxes = line("a", "[{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10,\"height\":10}]")
                + line("b", "[{\"label\":\"coin\",\"x\":0,\"y\":0,\"width\":10,\"height\":8}]");
        assertThat(agree("box-f1", boxes).get("value").asDouble()).isEqualTo(1);
        assertThat(agree("box-iou", boxes).get("value").asDouble()).isEqualTo(.8, within(1e-12));
        var alone = agree("box-f1", line("a", "[]"));
        assertThat(alone.get("value").isNull()).isTrue();
        assertThat(alone.get("reason").asString()).isEqualTo("no task has marks of two workers");
    }

    private static JsonNode agree(String metric, String input) {
        var run = CommandRun.with(
                input.getBytes(StandardCharsets.UTF_8),
                "agree",
                "-",
                "--metric",
                metric,
                "--json",
                "--bootstrap",
                "20");
        assertThat(run.code()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }
}
