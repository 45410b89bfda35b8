package io.etalon.cli.demo;

import io.etalon.quality.PublishedTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What is right about each item, and what somebody of some skill says: the right class with that probability, else one of the
 * others. Right is the gold of a published crowd set where its folder is there (sentence polarity, {@code sp}), else what most
 * of Dawid and Skene's anaesthetists said of the patient. The same seed gives the same answers. Immutable.
 */
final class Truths {
    private static final String SET = "sp";

    private final String source;
    private final List<String> classes;
    private final List<String> right;
    private final long seed;

    private Truths(String source, List<String> right, long seed) {
        this.source = source;
        this.classes = List.copyOf(new TreeSet<>(right));
        this.right = right;
        this.seed = seed;
    }

    static Truths load(Path folder, long seed) throws IOException {
        var gold = folder.resolve(SET).resolve("gold.csv");
        return Files.isRegularFile(gold) ? published(gold, seed) : shipped(seed);
    }

    private static Truths published(Path gold, long seed) throws IOException {
        var right = Files.readAllLines(gold).stream()
                .skip(1)
                .map(line -> line.substring(line.indexOf(',') + 1).strip())
                .toList();
        return new Truths("the gold of " + right.size() + " published items (" + SET + ")", right, seed);
    }

    private static Truths shipped(long seed) {
        var table = PublishedTables.dawidSkene1979();
        var right = new ArrayList<String>();
        for (var task = 0; task < table.tasks().size(); task++) {
            var votes = new int[table.classes().size()];
            var most = 0;
            for (var position = table.start(task); position < table.end(task); position++) {
                var given = table.classAt(position);
                votes[given]++;
                most = votes[given] > votes[most] ? given : most;
            }
            right.add(table.classes().get(most));
        }
        return new Truths("the shipped table of Dawid and Skene (1979)", right, seed);
    }

    String source() {
        return source;
    }

    List<String> classes() {
        return classes;
    }

    /** What this person says of this item. */
    String answer(int item, int person, double skill) {
        var truth = right.get(item % right.size());
        var random = new SplittableRandom(seed * 1_000_003 + item * 8_191L + person);
        if (random.nextDouble() < skill) {
            return truth;
        }
        var others = classes.stream().filter(one -> !one.equals(truth)).toList();
        return others.get(random.nextInt(others.size()));
    }
}
