package io.etalon.quality.shapes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Simulated annotators of known faults who draw over the truth, which is real. */
final class Painters {
    private Painters() {}

    /**
     * @param miss probability of leaving out an object
     * @param falseAlarms mean number of invented boxes an asset (Poisson)
     * @param position standard deviation of the centre as a share of the side
     * @param size standard deviation of the logarithm of the sides
     * @param angle standard deviation of the angle in radians
     * @param mislabel probability of another object's class
     */
    record Painter(
            String name, double miss, double falseAlarms, double position, double size, double angle, double mislabel) {

        <S extends BoxShape<S>> List<Labelled<S>> draw(List<Labelled<S>> truth, List<Labelled<S>> pool, Random random) {
            var drawn = new ArrayList<Labelled<S>>();
            for (var object : truth) {
                if (random.nextDouble() >= miss) {
                    var label =
                            random.nextDouble() < mislabel ? pick(pool, random).label() : object.label();
                    drawn.add(new Labelled<>(label, blurred(object.shape(), random)));
                }
            }
            for (var left = -Math.log(1 - random.nextDouble());
                    left < falseAlarms;
                    left -= Math.log(1 - random.nextDouble())) {
                var like = pick(pool, random);
                drawn.add(new Labelled<>(
                        like.label(),
                        like.shape()
                                .reframed(
                                        new Point(2000 * random.nextDouble(), 2000 + 2000 * random.nextDouble()),
                                        like.shape().width(),
                                        like.shape().height(),
                                        like.shape().angle())));
            }
            return drawn;
        }

        private <S extends BoxShape<S>> S blurred(S box, Random random) {
            var along = position * random.nextGaussian() * box.width();
            var across = position * random.nextGaussian() * box.height();
            var cos = Math.cos(box.angle());
            var sin = Math.sin(box.angle());
            return box.reframed(
                    new Point(
                            box.centre().x() + along * cos - across * sin,
                            box.centre().y() + along * sin + across * cos),
                    box.width() * Math.exp(size * random.nextGaussian()),
                    box.height() * Math.exp(size * random.nextGaussian()),
                    box.angle() + angle * random.nextGaussian());
        }
    }

    private static <T> T pick(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** Every painter draws every asset. */
    static <S extends BoxShape<S>> List<Map<String, List<Labelled<S>>>> draw(
            List<List<Labelled<S>>> truth, List<Painter> painters, Random random) {
        var pool = truth.stream().flatMap(List::stream).toList();
        var assets = new ArrayList<Map<String, List<Labelled<S>>>>();
        for (var asset : truth) {
            var drawn = new LinkedHashMap<String, List<Labelled<S>>>();
            painters.forEach(painter -> drawn.put(painter.name(), painter.draw(asset, pool, random)));
            assets.add(drawn);
        }
        return assets;
    }
}
