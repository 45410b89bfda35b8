package io.etalon.quality.shapes;

import io.etalon.quality.IdOrder;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which objects there are, where they are, and what each annotator misses, invents and blurs, from boxes alone.
 *
 * <p>After S. Branson, G. Van Horn and P. Perona, "Lean crowdsourcing" (CVPR 2017): boxes of one asset are clustered
 * into candidates as {@link ShapeFusion} does, though across labels; a candidate is an object with some probability;
 * annotator j draws an object with probability 1 - m_j and a decoy (a place that looks like one) with d_j, and strays from
 * an object's box with his own deviations of position, size and angle. Unlike there, objects and decoys come as Poisson
 * processes over the assets and those that nobody drew are part of the likelihood, so that miss rates are not flattered
 * by what all overlooked. All is fitted by expectation-maximisation, each annotator's rates shrunk to the pooled crowd's
 * with the weight of four candidates, starting from the votes; see {@link Existence} and {@link Jitter}. Whether two annotators
 * agree closely or loosely says nothing about existence here.
 *
 * <p>The fused box is the mean of the members with weights by precision: of centres, of the logarithms of sides, of angles.
 * Its label is that of Dawid and Skene's model over all candidates, pooled (ties to the first label by id).
 *
 * <p>One annotator alone cannot tell misses from empty pictures: then the prior speaks (a detection rate of 0.8 at the
 * weight of four). Names and order of annotators have no influence; the order of assets may show in the last bits. Cost
 * is that of clustering, O(boxes^2) overlaps an asset, and a hundred or so sweeps over all boxes.
 *
 * @param threshold least IoU at which two boxes may be the same object, in (0, 1]
 */
public record BoxModel(double threshold) {
    /** IoU 0.5. */
    public static final BoxModel STANDARD = new BoxModel(0.5);

    public BoxModel {
        if (!(threshold > 0 && threshold <= 1)) {
            throw new IllegalArgumentException("IoU threshold must be in (0, 1], got " + threshold);
        }
    }

    /**
     * One candidate.
     *
     * @param label most likely class
     * @param labelConfidence its probability, as the model sees it
     * @param box mean of the members, weighted by precision
     * @param confidence probability that it is an object, as the model sees it: calibrate it before a decision rests on it
     * @param members the box of each annotator who drew it, by annotator id; unmodifiable
     */
    public record Candidate<S extends BoxShape<S>>(
            String label, double labelConfidence, S box, double confidence, NavigableMap<String, S> members) {
        public Candidate {
            members = Collections.unmodifiableNavigableMap(members);
        }

        /** Whether it is more likely an object than not. */
        public boolean exists() {
            return confidence > 0.5;
        }
    }

    /**
     * What one annotator does.
     *
     * @param annotator annotator id
     * @param assets number of assets looked at
     * @param objects expected number of objects on these, whether anybody drew them or not
     * @param missRate probability of leaving out an object
     * @param falseAlarms expected number of boxes an asset that are no object
     * @param deviation how far his boxes stray; empty when no candidate was drawn by two, since nothing is known then
     */
    public record Skill(
            String annotator,
            int assets,
            double objects,
            double missRate,
            double falseAlarms,
            Optional<Deviation> deviation) {}

    /**
     * Standard deviations around an object's own box.
     *
     * @param position of the centre along either side, as a share of that side
     * @param size of the natural logarithm of either side: 0.05 is about 5 %
     * @param angle in radians; empty for axis-parallel boxes
     */
    public record Deviation(double position, double size, OptionalDouble angle) {}

    /**
     * A fitted model.
     *
     * @param assets candidates of every asset in the order given, by content within
     * @param skills of every annotator in the order of ids
     * @param objectsPerAsset expected number of objects on an asset
     * @param unseen expected number of objects on all assets that nobody drew
     * @param iterations made for the existence of objects
     * @param converged whether the rates came to rest
     */
    public record Fit<S extends BoxShape<S>>(
            List<List<Candidate<S>>> assets,
            List<Skill> skills,
            double objectsPerAsset,
            double unseen,
            int iterations,
            boolean converged) {
        public Fit {
            assets = assets.stream().map(List::copyOf).toList();
            skills = List.copyOf(skills);
        }
    }

    /**
     * Fits the model to assets, each given as boxes by annotator; one who looked and drew nothing has an empty list. A box
     * that an annotator drew twice exactly alike counts once.
     */
    public <S extends BoxShape<S>> Fit<S> fit(
            ShapeKind<S> kind, List<? extends Map<String, ? extends Collection<Labelled<S>>>> assets) {
        var ids = new TreeSet<>(IdOrder.INSTANCE);
        assets.forEach(asset -> ids.addAll(asset.keySet()));
        var annotators = List.copyOf(ids);
        var groups = new ArrayList<Group<S>>();
        var looks = new ArrayList<int[]>();
        for (var asset : assets) {
            for (var members : Clusters.of(kind, asset, threshold)) {
                groups.add(Group.of(kind, looks.size(), members, annotators));
            }
            looks.add(asset.keySet().stream()
                    .mapToInt(id -> Collections.binarySearch(annotators, id, IdOrder.INSTANCE))
                    .toArray());
        }
        var existence = Existence.fit(
                groups.stream()
                        .map(group -> new Existence.Candidate(group.asset, group.annotators))
                        .toList(),
                looks,
                annotators.size());
        var frames = new Frames<>(groups, existence, annotators.size());
        return new Fit<>(
                candidates(groups, assets.size(), existence, frames),
                skills(annotators, looks, existence, frames),
                existence.objects(),
                existence.unseen(),
                existence.iterations(),
                existence.converged());
    }

    /** The members of one candidate in an order by content, and a box that they are measured from. */
    private record Group<S extends BoxShape<S>>(
            int asset, int[] annotators, List<String> ids, List<Labelled<S>> members, S reference) {
        static <S extends BoxShape<S>> Group<S> of(
                ShapeKind<S> kind, int asset, NavigableMap<String, Labelled<S>> drawn, List<String> annotators) {
            var byContent = drawn.entrySet().stream()
                    .sorted(Map.Entry.comparingByValue())
                    .toList();
            var members = byContent.stream().map(Map.Entry::getValue).toList();
            return new Group<>(
                    asset,
                    byContent.stream()
                            .mapToInt(entry -> Collections.binarySearch(annotators, entry.getKey(), IdOrder.INSTANCE))
                            .toArray(),
                    byContent.stream().map(Map.Entry::getKey).toList(),
                    members,
                    kind.middle(members.stream().map(Labelled::shape).toList()));
        }
    }

    /** Boxes as numbers: the centre in the reference's own axes and sides, the logarithms of sides, the angle. */
    private static final class Frames<S extends BoxShape<S>> {
        private final List<Group<S>> groups;
        private final Jitter position;
        private final Jitter size;
        private final Jitter angle;

        Frames(List<Group<S>> groups, Existence existence, int annotators) {
            this.groups = groups;
            var positions = new ArrayList<Jitter.Thing>();
            var sizes = new ArrayList<Jitter.Thing>();
            var angles = new ArrayList<Jitter.Thing>();
            for (var g = 0; g < groups.size(); g++) {
                var group = groups.get(g);
                var frames = group.members.stream()
                        .map(member -> frame(member.shape(), group.reference))
                        .toList();
                var weight = existence.probability(g);
                positions.add(thing(group, frames, 0, 2, weight));
                sizes.add(thing(group, frames, 2, 4, weight));
                angles.add(thing(group, frames, 4, 5, weight));
            }
            this.position = Jitter.fit(positions, annotators);
            this.size = Jitter.fit(sizes, annotators);
            this.angle = Jitter.fit(angles, annotators);
        }

        private static Jitter.Thing thing(Group<?> group, List<double[]> frames, int from, int to, double weight) {
            return new Jitter.Thing(
                    group.annotators,
                    frames.stream()
                            .map(frame -> Arrays.copyOfRange(frame, from, to))
                            .toArray(double[][]::new),
                    weight);
        }

        private static <S extends BoxShape<S>> double[] frame(S drawn, S reference) {
            var box = drawn.alignedWith(reference.angle());
            var cos = StrictMath.cos(reference.angle());
            var sin = StrictMath.sin(reference.angle());
            var dx = box.centre().x() - reference.centre().x();
            var dy = box.centre().y() - reference.centre().y();
            return new double[] {
                (dx * cos + dy * sin) / reference.width(),
                (dy * cos - dx * sin) / reference.height(),
                StrictMath.log(box.width() / reference.width()),
                StrictMath.log(box.height() / reference.height()),
                RotatedRect.turn(reference.angle(), box.angle())
            };
        }

        /** The fused box of a candidate. */
        S box(int number) {
            var group = groups.get(number);
            if (group.members.size() == 1) {
                return group.members.getFirst().shape();
            }
            var reference = group.reference;
            var cos = StrictMath.cos(reference.angle());
            var sin = StrictMath.sin(reference.angle());
            var along = position.middle(number)[0] * reference.width();
            var across = position.middle(number)[1] * reference.height();
            return reference.reframed(
                    new Point(
                            reference.centre().x() + along * cos - across * sin,
                            reference.centre().y() + along * sin + across * cos),
                    reference.width() * StrictMath.exp(size.middle(number)[0]),
                    reference.height() * StrictMath.exp(size.middle(number)[1]),
                    reference.angle() + angle.middle(number)[0]);
        }

        Optional<Deviation> deviation(int annotator) {
            if (!position.observed()) {
                return Optional.empty();
            }
            var turned = groups.stream().anyMatch(group -> group.reference instanceof RotatedRect);
            return Optional.of(new Deviation(
                    position.sigma(annotator),
                    size.sigma(annotator),
                    turned ? OptionalDouble.of(angle.sigma(annotator)) : OptionalDouble.empty()));
        }
    }

    private static <S extends BoxShape<S>> List<List<Candidate<S>>> candidates(
            List<Group<S>> groups, int assets, Existence existence, Frames<S> frames) {
        var result = new ArrayList<List<Candidate<S>>>();
        for (var asset = 0; asset < assets; asset++) {
            result.add(new ArrayList<>());
        }
        var labels = labels(groups);
        for (var g = 0; g < groups.size(); g++) {
            var group = groups.get(g);
            var members = new TreeMap<String, S>(IdOrder.INSTANCE);
            for (var i = 0; i < group.ids.size(); i++) {
                members.put(group.ids.get(i), group.members.get(i).shape());
            }
            var label = labels.best(g).candidates().getFirst();
            result.get(group.asset)
                    .add(new Candidate<>(
                            label, labels.confidence(g), frames.box(g), existence.probability(g), members));
        }
        return result;
    }

    /** Dawid and Skene's consensus on labels, one task for every candidate. */
    private static <S extends BoxShape<S>> Consensus labels(List<Group<S>> groups) {
        var classes = groups.stream()
                .flatMap(group -> group.members.stream())
                .map(Labelled::label)
                .distinct()
                .sorted(IdOrder.INSTANCE)
                .toList();
        var builder = classes.isEmpty() ? Labels.builder() : Labels.builder(classes);
        for (var g = 0; g < groups.size(); g++) {
            var group = groups.get(g);
            for (var i = 0; i < group.ids.size(); i++) {
                builder.add(
                        Integer.toString(g),
                        group.ids.get(i),
                        group.members.get(i).label());
            }
        }
        var labels = builder.build();
        return labels.size() == 0
                ? MajorityVote.of(labels)
                : DawidSkene.pooled().fit(labels).consensus();
    }

    private static List<Skill> skills(
            List<String> annotators, List<int[]> looks, Existence existence, Frames<?> frames) {
        var assets = new int[annotators.size()];
        looks.forEach(look -> {
            for (var j : look) {
                assets[j]++;
            }
        });
        var skills = new ArrayList<Skill>();
        for (var j = 0; j < annotators.size(); j++) {
            skills.add(new Skill(
                    annotators.get(j),
                    assets[j],
                    assets[j] * existence.objects(),
                    existence.missRate(j),
                    existence.falseAlarms(j),
                    frames.deviation(j)));
        }
        return skills;
    }
}
