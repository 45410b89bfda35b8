package io.etalon.quality;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Tables of facts printed in the literature, small enough to ship and to show. */
public final class PublishedTables {
    private PublishedTables() {}

    /**
     * Fitness of 45 patients for anaesthesia in four classes, judged by five anaesthetists; the first judged every
     * patient three times: 315 judgements. Task is the patient, worker the observer, class "1" to "4".
     *
     * <p>A. P. Dawid and A. M. Skene, "Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm",
     * Applied Statistics 28(1), 1979, pp. 20-28.
     */
    public static Labels dawidSkene1979() {
        var labels = Labels.builder(List.of("1", "2", "3", "4"));
        var resource = PublishedTables.class.getResourceAsStream("dawid-skene-1979.csv");
        try (var reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(resource, "dawid-skene-1979.csv is missing from the library"),
                StandardCharsets.UTF_8))) {
            reader.lines().skip(1).map(line -> line.split(",", -1)).forEach(row -> labels.add(row[0], row[1], row[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return labels.build();
    }
}
