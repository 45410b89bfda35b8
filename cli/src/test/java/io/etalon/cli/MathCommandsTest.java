package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.cli.terminal.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code aggregate} and {@code agree} through the entry point of the process, on real files. */
class MathCommandsTest {
    private static final Path ANAESTHETISTS =
            Path.of("../quality/src/main/resources/io/etalon/quality/dawid-skene-1979.csv");

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static JsonNode json(CommandRun run) {
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
        return JsonMapper.shared().readTree(run.out());
    }

    /** A folder of published data beside the project; says so where it is not there. */
    static Path shared(String name) {
        for (var above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above.resolve("shared/data").resolve(name))) {
                return above.resolve("shared/data").resolve(name);
            }
        }
        assumeThat(false)
                .as("the shared folder of published data is not beside the project: " + name)
                .isTrue();
        throw new AssertionError();
    }

    @Test
    void infersTheFoundingTable() {
        var run = CommandRun.of("aggregate", ANAESTHETISTS.toString(), "--method", "ds");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines())
                .hasSize(46)
                .startsWith("task,label,confidence")
                .element(1)
                .asString()
                .startsWith("1,1,");
        assertThat(run.err())
                .contains("warning  90 judgements repeat a (task, worker) pair")
                .contains("ds: 315 judgements of 5 workers on 45 tasks in 4 classes")
                .contains("uncalibrated");
    }

    @ParameterizedTest
    @CsvSource({
        "bluebirds, ds, .8981", "bluebirds, mv, .7593", "bluebirds, hds, .8981", "bluebirds, one-coin, .5833",
        "bluebirds, ds-map, .8889", "bluebirds, ibcc, .8889", "bluebirds, bwa, .7593", "bluebirds, wawa, .7593",
        "bluebirds, glad, .7222", "ms_music, mv, .7042", "ms_music, wawa, .7971", "rte, ds, .9275"
    })
    void reachesThePublishedAccuracies(String set, String method, double accuracy) {
        var data = shared("truth").resolve(set);
        var json = json(CommandRun.of(
                "aggregate",
                data.resolve("labels.csv").toString(),
                "--gold",
                data.resolve("gold.csv").toString(),
                "--method",
                method,
                "--json"));
        assertThat(json.get("method").asString()).isEqualTo(method);
        assertThat(json.get("accuracy").asDouble()).isEqualTo(accuracy, within(.002));
        assertThat(json.get("accuracy_low").asDouble()).isLessThan(accuracy);
        assertThat(json.get("accuracy_high").asDouble()).isGreaterThan(accuracy);
        assertThat(json.get("calibration_error").asDouble()).isBetween(0.0, .2);
        assertThat(json.get("temperature").asDouble()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mv", "wawa", "ds", "ds-map", "hds", "one-coin", "bwa", "ibcc", "glad", "mace", "ebcc", "auto"})
    void everyWordOfTheContractWorks(String method) throws IOException {
        var labels = file("labels.csv", "task,worker,label\n1,a,x\n1,b,x\n2,a,y\n2,b,x\n3,a,y\n3,c,y\n");
        var json = json(CommandRun.of("aggregate", labels.toString(), "--method", method, "--json"));
        assertThat(json.propertyNames())
                .containsExactly(
                        "method",
                        "tasks",
                        "workers",
                        "labels",
                        "classes",
                        "accuracy",
                        "accuracy_low",
                        "accuracy_high",
                        "calibration_error",
                        "temperature",
                        "seconds");
        assertThat(json.get("tasks").asInt()).isEqualTo(3);
        assertThat(json.get("workers").asInt()).isEqualTo(3);
        assertThat(json.get("labels").asInt()).isEqualTo(6);
        assertThat(json.get("classes").asInt()).isEqualTo(2);
        for (var empty : List.of("accuracy", "accuracy_low", "accuracy_high", "calibration_error", "temperature")) {
            assertThat(json.get(empty).isNull()).as(empty).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"truth.csv", "truth.jsonl", "truth.parquet", "truth.csv.gz"})
    void whatItWritesCanBeReadAsGold(String name) {
        var truth = folder.resolve(name);
        var written =
                CommandRun.of("aggregate", ANAESTHETISTS.toString(), "--out", truth.toString(), "--method", "hds");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(written.out()).contains("hds: 315 judgements");
        var json = json(CommandRun.of(
                "aggregate", ANAESTHETISTS.toString(), "--gold", truth.toString(), "--method", "hds", "--json"));
        assertThat(json.get("accuracy").asDouble()).isEqualTo(1);
    }

    @Test
    void readsStandardInputAsCsvAsJsonLinesAndPacked() throws IOException {
        var csv = "task,worker,label\n1,a,x\n1,b,y\n2,a,y\n2,b,y\n".getBytes(StandardCharsets.UTF_8);
        var json = """
                {"task":1,"worker":"a","label":"x"}
                {"task":1,"worker":"b","label":"y"}
                {"task":2,"worker":"a","label":"y"}
                {"task":2,"worker":"b","label":"y"}
                """.getBytes(StandardCharsets.UTF_8);
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(json);
        }
        var expected = "task,label,confidence\n1,x|y,0.5\n2,y,1.0\n";
        for (var input : List.of(csv, json, packed.toByteArray())) {
            var run = CommandRun.with(input, "aggregate", "-", "--method", "mv");
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out()).isEqualTo(expected);
            assertThat(run.err()).contains("1 task is a tie");
        }
    }

    @Test
    void countsWhatItSkips() throws IOException {
        var labels = file("labels.csv", "task,worker,label\n1,a,x\n1,b\n2,a,NaN\n2,b,y\n,c,y\n");
        var refused = CommandRun.of("aggregate", labels.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err())
                .isEqualTo("etalon: " + labels + ": line 3: the record has 2 fields; the header has 3\n");
        assertThat(CommandRun.of("aggregate", labels.toString(), "--skip-bad", "2")
                        .err())
                .contains("line 6: the task is empty");
        var taken = CommandRun.of("aggregate", labels.toString(), "--skip-bad", "3", "--method", "mv");
        assertThat(taken.code()).isZero();
        assertThat(taken.err()).contains("passed over 3 bad rows and took 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "'' ! the file is empty; begin with the header task,worker,label",
                "task,worker,label ! no row follows the header",
                "task,who,label ! the header has no column for the worker; name one of worker, observer",
                "task,worker,label;1,,x ! line 2: the worker is empty",
                "task,worker,label;1,a,nan ! line 2: the label is NaN, which is no answer",
                "task,worker,label;1,a,\"x ! line 2: the quoted field that begins here is never closed",
                "[1] ! line 1: the file is one JSON array; write one object a line",
                "{\"task\":1} ! line 1: the worker is empty",
                "{\"task\": ! line 1: the line is not one JSON object in UTF-8",
            })
    void saysInOneLineWhatIsWrongWithAFile(String table, String message) throws IOException {
        var labels = file("labels.csv", table.replace(';', '\n'));
        for (var command : List.of("aggregate", "agree")) {
            var run = CommandRun.of(command, labels.toString());
            assertThat(run.code()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err())
                    .startsWith("etalon: " + labels)
                    .contains(message)
                    .hasLineCount(1);
        }
    }

    @Test
    void tellsBadUseFromABadFile() throws IOException {
        var labels = file("labels.csv", "task,worker,label\n1,a,x\n").toString();
        assertMisspelt(
                "no method \"vote\" for categorical labels; one of auto, mv", "aggregate", labels, "--method", "vote");
        assertMisspelt("ends in none of the known ways", "aggregate", labels, "--out", "truth.xlsx");
        assertMisspelt("give --gold GOLD", "aggregate", labels, "--plot", "plot.svg");
        assertMisspelt("name it .svg or .png", "agree", labels, "--plot", "plot.pdf");
        assertMisspelt("--skip-bad must not be negative", "aggregate", labels, "--skip-bad", "-1");
        assertMisspelt("only one of LABELS and --gold", "aggregate", "-", "--gold", "-");
        assertMisspelt("no metric \"kappa\"; one of raw, cohen", "agree", labels, "--metric", "kappa");
        assertMisspelt("no distance \"far\"", "agree", labels, "--distance", "far");
        assertMisspelt("Missing required parameter: 'LABELS'", "agree");
        var missing = CommandRun.of("aggregate", "no-such-file.csv");
        assertThat(missing.code()).isEqualTo(ExitCode.FAILED);
        assertThat(missing.err()).isEqualTo("etalon: There is no file no-such-file.csv.\n");
        assertThat(CommandRun.of("agree", folder.toString()).err()).contains("is a folder");
    }

    private static void assertMisspelt(String message, String... arguments) {
        var run = CommandRun.of(arguments);
        assertThat(run.code()).as(String.join(" ", arguments)).isEqualTo(ExitCode.MISSPELT);
        assertThat(run.err()).contains(message).hasLineCount(1);
    }

    @Test
    void statesWhatCannotBeInferred() throws IOException {
        var one = file("one.csv", "task,worker,label\n1,a,x\n2,a,x\n").toString();
        var run = CommandRun.of("aggregate", one, "--json");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("every judgement is x").contains("one worker gave all judgements");
        assertThat(run.out()).doesNotContain("NaN");

        var alone = json(CommandRun.of("agree", one, "--json"));
        assertThat(alone.get("value").isNull()).isTrue();
        assertThat(alone.get("low").isNull()).isTrue();
        assertThat(alone.get("reason").asString()).isEqualTo("no task was judged by two workers");

        var gold = file("gold.csv", "task,label\n9,x\n").toString();
        var strangers = CommandRun.of("aggregate", one, "--gold", gold);
        assertThat(strangers.code()).isEqualTo(ExitCode.FAILED);
        assertThat(strangers.err()).contains("none of the 1 gold tasks carries a judgement");
        var twice = file("twice.csv", "task,label\n1,x\n1,y\n").toString();
        assertThat(CommandRun.of("aggregate", one, "--gold", twice).err())
                .contains("line 3: the gold label of task \"1\" is \"y\" here and \"x\" above");
    }

    @Test
    void appliesTheRuleForRepeatedPairs() throws IOException {
        var labels = file("labels.csv", "task,worker,label\n1,a,x\n1,a,x\n1,a,y\n1,b,y\n1,b,y\n")
                .toString();
        var distinct = CommandRun.of("aggregate", labels, "--method", "mv");
        assertThat(distinct.out()).contains("1,y,0.6666666666666666\n");
        assertThat(distinct.err()).contains("2 judgements repeat task, worker and label of another");
        assertThat(CommandRun.of("aggregate", labels, "--method", "mv", "--repeats", "all")
                        .out())
                .contains("1,y,0.6\n");
        assertThat(CommandRun.of("aggregate", labels, "--method", "mv", "--repeats", "first")
                        .out())
                .contains("1,x|y,0.5\n");
    }

    @Test
    void countsEveryJudgementThatHasAnOccasionOfItsOwn() throws IOException {
        var labels = file("occasions.csv", "task,worker,occasion,label\n1,a,1,x\n1,a,2,x\n1,a,3,x\n1,b,1,y\n")
                .toString();

        assertThat(CommandRun.of("aggregate", labels, "--method", "mv").out()).contains("1,x,0.75\n");
    }

    @ParameterizedTest
    @CsvSource({
        "krippendorff, bluebirds, .1255",
        "fleiss, bluebirds, .1253",
        "gwet-ac1, bluebirds, .2218",
        "raw, bluebirds, .5882",
        "krippendorff, labelme, .6774",
        "krippendorff, zencrowd_in, .1699",
        "gwet-ac1, s_rel, .1706"
    })
    void reachesThePublishedAgreement(String metric, String set, double value) {
        var labels = shared("truth").resolve(set).resolve("labels.csv").toString();
        var json = json(CommandRun.of("agree", labels, "--metric", metric, "--json", "--bootstrap", "100"));
        assertThat(json.get("value").asDouble()).isEqualTo(value, within(.00005));
        assertThat(json.get("low").asDouble()).isLessThan(value);
        assertThat(json.get("high").asDouble()).isGreaterThan(value);
    }

    @Test
    void printsTheMatrixOfWorkersAndDrawsIt() throws IOException {
        var plot = folder.resolve("matrix.svg");
        var run = CommandRun.of(
                "agree", ANAESTHETISTS.toString(), "--metric", "cohen", "--matrix", "--plot", plot.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("worker      1      2      3      4      5");
        assertThat(Files.readString(plot)).startsWith("<svg").contains("cohen of every two workers");
        var json = json(CommandRun.of("agree", ANAESTHETISTS.toString(), "--metric", "cohen", "--matrix", "--json"));
        assertThat(json.get("matrix")).hasSize(10);
        assertThat(json.get("matrix").get(0).get("tasks").asInt()).isEqualTo(45);
    }

    @Test
    void ordersClassesForTheOrdinalDistance() throws IOException {
        var labels = file(
                        "labels.csv", "task,worker,label\n1,a,middle\n1,b,high\n2,a,high\n2,b,high\n3,a,low\n3,b,low\n")
                .toString();
        var byName = json(CommandRun.of("agree", labels, "--distance", "ordinal", "--json"));
        var byOrder =
                json(CommandRun.of("agree", labels, "--distance", "ordinal", "--classes", "low,middle,high", "--json"));
        assertThat(byOrder.get("value").asDouble())
                .isGreaterThan(byName.get("value").asDouble());
        var interval = CommandRun.of("agree", labels, "--distance", "interval");
        assertThat(interval.code()).isEqualTo(ExitCode.FAILED);
        assertThat(interval.err()).contains("interval distance");
    }

    @Test
    void drawsConfidenceAgainstGold() throws IOException {
        var truth = folder.resolve("truth.csv");
        assertThat(CommandRun.of("aggregate", ANAESTHETISTS.toString(), "--out", truth.toString(), "--method", "ds")
                        .code())
                .isZero();
        var plot = folder.resolve("reliability.png");
        var run = CommandRun.of(
                "aggregate", ANAESTHETISTS.toString(), "--gold", truth.toString(), "--plot", plot.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(plot).isNotEmptyFile();
    }
}
