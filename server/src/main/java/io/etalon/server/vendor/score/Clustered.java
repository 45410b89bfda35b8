package io.etalon.server.vendor.score;

import io.etalon.quality.Bootstrap;
import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Ratios of sums over people, with intervals that resample people: answers of one person are alike, so a thousand answers of
 * three people tell of three people (A. C. Davison and D. V. Hinkley, "Bootstrap Methods and their Application", 1997,
 * section 3.8).
 */
public final class Clustered {
    private static final long SEED = 2025;
    private static final Bootstrap BOOTSTRAP = Bootstrap.seeded(SEED);

    private Clustered() {}

    /** One person's part of a ratio. */
    public record Part(double sum, double count) {
        /** Nothing. */
        public static final Part NONE = new Part(0, 0);

        /** With one more value. */
        public Part plus(double value) {
            return new Part(sum + value, count + 1);
        }

        /** Both together. */
        public Part plus(Part other) {
            return new Part(sum + other.sum, count + other.count);
        }
    }

    /** A share between 0 and 1; of a single person, or where all are alike, the interval is Wilson's over the answers. */
    public static Optional<Estimate> share(Collection<Part> people) {
        var parts = List.copyOf(people);
        var estimate = BOOTSTRAP.estimate(parts.size(), drawn -> ratio(parts, drawn, 0));
        return estimate.map(found -> {
            if (parts.size() > 1 && found.interval().low() < found.interval().high()) {
                return found;
            }
            var all = parts.stream().reduce(Part.NONE, Part::plus);
            return new Estimate(
                    found.value(),
                    Interval.wilson(Math.min(all.count(), all.sum()), all.count()),
                    found.units(),
                    found.undefined());
        });
    }

    /** A mean, such as seconds an answer, as the ratio of two sums over people; empty unless there are two people at least. */
    public static Optional<Estimate> mean(Collection<Part> people) {
        var parts = List.copyOf(people);
        return parts.size() < 2 ? Optional.empty() : BOOTSTRAP.estimate(parts.size(), drawn -> ratio(parts, drawn, 0));
    }

    /**
     * The difference of two costs of a right answer, first minus second: known prices over shares that are not; empty unless
     * each has two people at least.
     */
    static Optional<Estimate> costs(Collection<Part> first, double price, Collection<Part> second, double otherPrice) {
        if (first.size() < 2 || second.size() < 2) {
            return Optional.empty();
        }
        var one = List.copyOf(first);
        var other = List.copyOf(second);
        return BOOTSTRAP.estimate(one.size() + other.size(), drawn -> {
            var a = ratio(one, drawn, 0);
            var b = ratio(other, drawn, one.size());
            return a.orElse(0) > 0 && b.orElse(0) > 0
                    ? OptionalDouble.of(price / a.getAsDouble() - otherPrice / b.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    /** The difference of two ratios, first minus second; empty unless each has two people at least. */
    static Optional<Estimate> difference(Collection<Part> first, Collection<Part> second) {
        if (first.size() < 2 || second.size() < 2) {
            return Optional.empty();
        }
        var one = List.copyOf(first);
        var other = List.copyOf(second);
        return BOOTSTRAP.estimate(one.size() + other.size(), drawn -> {
            var a = ratio(one, drawn, 0);
            var b = ratio(other, drawn, one.size());
            return a.isPresent() && b.isPresent()
                    ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    /** The difference of two ratios of the same people: their later answers minus their earlier ones. */
    static Optional<Estimate> change(Map<?, Part> before, Map<?, Part> after) {
        var both = before.keySet().stream().filter(after::containsKey).toList();
        if (both.size() < 2) {
            return Optional.empty();
        }
        var old = both.stream()
                .map(person -> before.getOrDefault(person, Part.NONE))
                .toList();
        var now = both.stream()
                .map(person -> after.getOrDefault(person, Part.NONE))
                .toList();
        return BOOTSTRAP.estimate(both.size(), drawn -> {
            var a = ratio(now, drawn, 0);
            var b = ratio(old, drawn, 0);
            return a.isPresent() && b.isPresent()
                    ? OptionalDouble.of(a.getAsDouble() - b.getAsDouble())
                    : OptionalDouble.empty();
        });
    }

    private static OptionalDouble ratio(List<Part> parts, int[] drawn, int from) {
        var sum = 0.0;
        var count = 0.0;
        for (var i = 0; i < parts.size(); i++) {
            sum += drawn[from + i] * parts.get(i).sum();
            count += drawn[from + i] * parts.get(i).count();
        }
        return count > 0 ? OptionalDouble.of(sum / count) : OptionalDouble.empty();
    }
}
