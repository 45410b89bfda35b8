package io.etalon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guide to quality shows is what the commands do: every block that begins with a prompt is run. */
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guide/quality.md");
    private static final String PROMPT = "    $ ./etalon ";
    private static final Pattern TITLE = Pattern.compile("<title>(.*)</title>");

    @TempDir
    private Path folder;

    private record Example(String command, String output) {}

    private static List<Example> examples() throws IOException {
        var examples = new ArrayList<Example>();
        var lines = Files.readAllLines(GUIDE);
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(PROMPT)) {
                var output = new ArrayList<String>();
                var next = i + 1;
                while (next < lines.size()
                        && !lines.get(next).startsWith(PROMPT)
                        && (lines.get(next).isEmpty() || lines.get(next).startsWith("    "))) {
                    output.add(lines.get(next).isEmpty() ? "" : lines.get(next).substring(4));
                    next++;
                }
                examples.add(new Example(
                        lines.get(i).substring(PROMPT.length()),
                        String.join("\n", output).strip()));
            }
        }
        return examples;
    }

    private CommandRun run(String command) {
        return CommandRun.of(command.replace("docs/guide/", "../docs/guide/")
                .replace("truth.csv", folder.resolve("truth.csv").toString())
                .split(" "));
    }

    @Test
    void everyExampleOfTheGuideDoesWhatItShows() throws IOException {
        var examples = examples();
        assertThat(examples).hasSize(5);
        for (var example : examples) {
            var run = run(example.command());
            assertThat(run.code()).as(example.command() + "\n" + run.err()).isZero();
            assertThat((run.out() + run.err()).replaceAll(", in [0-9.]+ s", "").strip())
                    .as(example.command())
                    .isEqualTo(example.output());
        }
    }

    @Test
    void thePicturesOfTheGuideAreThoseOfItsExamples() throws IOException {
        var examples = examples();
        assertPicture("weather-reliability.svg", examples.getFirst());
        assertPicture(
                "mtbench-ratings.svg",
                examples.stream()
                        .filter(example -> example.command().startsWith("rank"))
                        .findFirst()
                        .orElseThrow());
    }

    private void assertPicture(String name, Example example) throws IOException {
        var drawn = folder.resolve(name);
        assertThat(run(example.command() + " --plot " + drawn).code()).isZero();
        assertThat(title(GUIDE.resolveSibling(name))).isEqualTo(title(drawn));
    }

    /** Title and subtitle, which hold the figures. */
    private static String title(Path picture) throws IOException {
        var found = TITLE.matcher(Files.readString(picture));
        assertThat(found.find()).as("title of " + picture).isTrue();
        return found.group(1);
    }
}
