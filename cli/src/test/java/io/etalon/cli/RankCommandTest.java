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
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code rank} through the entry point of the process, on the human votes of MT-bench. */
class RankCommandTest {
    private static final String VOTES = "../docs/guide/examples/mtbench-votes.csv.gz";

    @TempDir
    private Path folder;

    private static JsonNode json(String... more) {
        var arguments = new ArrayList<>(List.of("rank", VOTES, "--json"));
        arguments.addAll(List.of(more));
        var run = CommandRun.of(arguments.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private static CommandRun stdin(String csv, String... more) {
        var arguments = new ArrayList<>(List.of("rank", "-"));
        arguments.addAll(List.of(more));
        return CommandRun.with(
                csv.replace(';', '\n').getBytes(StandardCharsets.UTF_8), arguments.toArray(String[]::new));
    }

    @Test
    void ranksTheHumanVotesOfMtBench() {
        var board = json("--anchor", "gpt-4=1000");
        assertThat(board.get("votes").asInt()).isEqualTo(3355);
        var best = board.get("ranking").get(0);
        assertThat(best.get("model").asString()).isEqualTo("gpt-4");
        assertThat(best.get("rating").asDouble()).isEqualTo(1000, within(1e-9));
        assertThat(best.get("next").get("model").asString()).isEqualTo("claude-v1");
        assertThat(best.get("next").get("low").asDouble()).isPositive();
        assertThat(board.get("ranking").get(5).get("next").isNull()).isTrue();
        assertThat(board.get("anchor").get("model").asString()).isEqualTo("gpt-4");
        assertThat(board.get("clusters").get("prompt").asInt()).isEqualTo(80);
        assertThat(board.get("clusters").get("voter").asInt()).isEqualTo(65);
    }

    @Test
    void clusteredIntervalsAreWiderThanRowWiseOnesWhichItWarnsOf() {
        var clustered = json("--cluster", "prompt,voter").get("ranking").get(0);
        var rows = json("--cluster", "none");
        assertThat(clustered.get("standard_error").asDouble())
                .isGreaterThan(
                        1.4 * rows.get("ranking").get(0).get("standard_error").asDouble());
        assertThat(rows.get("warnings").get(0).asString()).contains("too narrow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"davidson", "rao-kupper", "half"})
    void knowsTheRulesOfTies(String rule) {
        var board = json("--ties", rule);
        assertThat(board.get("ties").asString()).isEqualTo(rule);
        assertThat(board.get("tie_parameter").isNull()).isEqualTo(rule.equals("half"));
    }

    @Test
    void givesBootstrapIntervalsOfTheSameSeedTwiceAlike() {
        var first = json("--bootstrap", "50", "--seed", "7").get("ranking");
        assertThat(first.get(0).get("bootstrap_low").asDouble())
                .isLessThan(first.get(0).get("rating").asDouble());
        assertThat(json("--bootstrap", "50", "--seed", "7").get("ranking")).isEqualTo(first);
    }

    @Test
    void printsATableWritesAFileAndDraws() throws IOException {
        var file = folder.resolve("board.csv");
        var plot = folder.resolve("board.svg");
        var run = CommandRun.of("rank", VOTES, "--out", file.toString(), "--plot", plot.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .startsWith("rank  ranks  model")
                .contains("3,355 votes; ties by Davidson (0.860); intervals by prompt (80), voter (65)")
                .contains("Elo with the mean at 1000");
        assertThat(Files.readAllLines(file))
                .hasSize(7)
                .first()
                .asString()
                .startsWith("rank,model,rating,low,high,rank_low");
        assertThat(Files.readString(plot)).contains("Ratings with 95 % intervals", ">gpt-4<");
    }

    @Test
    void controlsForStyleGivenAsADifferenceOrAsBothValues() {
        var both = stdin(
                "model_a,model_b,winner,length_a,length_b;x,y,a,9,1;y,x,a,7,2;x,y,b,3,8;y,x,tie,4,4;x,y,a,1,5;"
                        + "y,x,a,2,6;",
                "--style",
                "length",
                "--json");
        assertThat(both.code()).as(both.err()).isZero();
        var difference = stdin(
                "model_a,model_b,winner,length;x,y,a,8;y,x,a,5;x,y,b,-5;y,x,tie,0;x,y,a,-4;y,x,a,-4;",
                "--style",
                "length",
                "--json");
        var effects = JsonMapper.shared().readTree(both.out()).get("style");
        assertThat(effects.get(0).get("column").asString()).isEqualTo("length");
        assertThat(effects)
                .isEqualTo(JsonMapper.shared().readTree(difference.out()).get("style"));
    }

    @Test
    void namesTheIslandsOfVotesThatDoNotConnect() {
        var run = stdin("model_a,model_b,winner;x,y,a;z,w,tie;");
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("etalon: standard input: the votes do not connect the models: 3 islands: x; y; w, z")
                .hasLineCount(1);
        assertThat(stdin("model_a,model_b,winner;x,y,a;z,w,tie;", "--ridge", "0.1")
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "model_a,model_b,winner;x,y,c; ! line 2: winner \"c\" is none of a, b, tie, both_bad",
                "model_a,model_b,winner;x,x,a; ! line 2: model \"x\" is compared with itself",
                "model_a,model_b,winner,weight;x,y,a,-1; ! line 2: weight must be above 0",
                "model_a,model_b,winner,weight;x,y,a,NaN; ! line 2: the weight is \"NaN\"; a finite number is expected",
                "model_a,winner;x,a; ! the header has no column for the model_b",
            })
    void saysWhatIsWrongWithAVote(String csv, String message) {
        var run = stdin(csv);
        assertThat(run.code()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).contains(message).hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource({
        "--ties, coin, no rule of ties",
        "--cluster, model, --cluster knows prompt",
        "--anchor, gpt-4, --anchor is MODEL=POINTS",
        "--anchor, gpt-4=high, --anchor is MODEL=POINTS",
        "--bootstrap, -1, must be 0 or more",
        "--ridge, -1, ridge must be finite and 0 or more",
        "--plot, board.gif, name it .svg or .png"
    })
    void tellsBadUse(String option, String value, String message) {
        var run = CommandRun.of("rank", VOTES, option, value);
        assertThat(run.code()).isEqualTo(ExitCode.MISSPELT);
        assertThat(run.err()).contains(message).hasLineCount(1);
    }

    @Test
    void refusesWhatTheVotesDoNotHave() {
        var votes = "model_a,model_b,winner;x,y,a;x,y,b;";
        assertThat(stdin(votes, "--cluster", "voter").err()).contains("--cluster voter needs a filled column voter");
        assertThat(stdin(votes, "--anchor", "z=1000").err()).contains("the anchor z is none of the models x, y");
        assertThat(stdin(votes, "--style", "length").err()).contains("the style length is missing");
    }
}
