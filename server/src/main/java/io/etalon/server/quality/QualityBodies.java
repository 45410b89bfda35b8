package io.etalon.server.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.etalon.annotation.AnswerValue;
import io.etalon.quality.Estimate;
import io.etalon.quality.shapes.BoxModel;
import io.etalon.quality.shapes.ShapeSkill;
import io.etalon.server.base.PersonId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the quality addresses give. */
final class QualityBodies {
    private QualityBodies() {}

    /** How a person is called: always the pseudonym, the name only to those who manage people. */
    record Called(String pseudonym, @Nullable String name) {}

    /** A figure and the ends of its 95 % interval. */
    record EstimateBody(double value, double low, double high) {
        static @Nullable EstimateBody of(Optional<Estimate> estimate) {
            return estimate.map(e -> new EstimateBody(
                            e.value(), e.interval().low(), e.interval().high()))
                    .orElse(null);
        }
    }

    record AgreementBody(
            @Nullable EstimateBody raw,
            @Nullable EstimateBody fleiss,
            @Nullable EstimateBody krippendorff) {}

    record MajorityBody(Map<String, Double> marginals, int ties) {}

    record DawidSkeneBody(Map<String, Double> marginals, int iterations, double logLikelihood, boolean converged) {}

    record MethodsBody(
            @JsonProperty("majority") MajorityBody majority,

            @JsonProperty("dawid_skene") DawidSkeneBody dawidSkene) {}

    /** @param confusion row = true class, column = what the person says, in the order of {@code classes} */
    record SkillBody(
            String annotator,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name,

            int judgements,
            EstimateBody accuracy,
            double[][] confusion) {}

    record BinBody(double from, double to, int tasks) {}

    /** @param option the option of a multiple choice that this is about */
    record QuestionBody(
            String question,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String option,

            int annotators,
            int judgements,
            int tasks,
            AgreementBody agreement,
            MethodsBody methods,
            List<SkillBody> annotatorSkill,
            List<String> classes,
            List<BinBody> confidence) {

        static QuestionBody of(ChoiceQuality q, Function<PersonId, Called> people) {
            var fit = q.dawidSkene();
            return new QuestionBody(
                    q.item().question(),
                    q.item().option().orElse(null),
                    q.annotators(),
                    q.judgements(),
                    q.tasks(),
                    new AgreementBody(
                            EstimateBody.of(q.raw()), EstimateBody.of(q.fleiss()), EstimateBody.of(q.krippendorff())),
                    new MethodsBody(
                            new MajorityBody(byClass(q.classes(), q.majority()), q.ties()),
                            fit.map(f -> new DawidSkeneBody(
                                            byClass(q.classes(), f.marginals()),
                                            f.iterations(),
                                            f.logLikelihood(),
                                            f.converged()))
                                    .orElse(new DawidSkeneBody(Map.of(), 0, 0, false))),
                    q.skills().stream().map(skill -> skill(skill, people)).toList(),
                    q.classes(),
                    bins(q.confidence()));
        }

        private static SkillBody skill(ChoiceQuality.Skill skill, Function<PersonId, Called> people) {
            var called = people.apply(skill.annotator());
            return new SkillBody(
                    called.pseudonym(),
                    called.name(),
                    skill.judgements(),
                    new EstimateBody(
                            skill.accuracy(),
                            skill.interval().low(),
                            skill.interval().high()),
                    skill.confusion());
        }

        private static Map<String, Double> byClass(List<String> classes, double[] shares) {
            var map = new LinkedHashMap<String, Double>();
            for (var i = 0; i < shares.length; i++) {
                map.put(classes.get(i), shares[i]);
            }
            return map;
        }

        private static List<BinBody> bins(int[] counts) {
            var bins = new ArrayList<BinBody>();
            for (var i = 0; i < counts.length; i++) {
                bins.add(new BinBody((double) i / counts.length, (i + 1.0) / counts.length, counts[i]));
            }
            return bins;
        }
    }

    record BoxAgreementBody(
            @Nullable EstimateBody f1, @Nullable EstimateBody iou) {}

    /**
     * @param positionDeviation standard deviation of the centre as a share of the side; null when no two drew the same object
     * @param sizeDeviation standard deviation of the logarithm of the sides; null likewise
     */
    record BoxSkillBody(
            String annotator,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String name,

            int boxes,
            int hits,
            int misses,
            int falseAlarms,
            @Nullable Double meanIou,
            @Nullable Double positionDeviation,
            @Nullable Double sizeDeviation) {

        static BoxSkillBody of(
                ShapeSkill skill, BoxModel.@Nullable Deviation deviation, Function<PersonId, Called> people) {
            var called = people.apply(new PersonId(UUID.fromString(skill.annotator())));
            return new BoxSkillBody(
                    called.pseudonym(),
                    called.name(),
                    skill.hits() + skill.falseAlarms(),
                    skill.hits(),
                    skill.misses(),
                    skill.falseAlarms(),
                    orNull(skill.meanOverlap()),
                    deviation == null ? null : deviation.position(),
                    deviation == null ? null : deviation.size());
        }

        private static @Nullable Double orNull(OptionalDouble value) {
            return value.isPresent() ? value.getAsDouble() : null;
        }
    }

    record BoxesBody(
            int assets, int annotators, BoxAgreementBody agreement, List<BoxSkillBody> annotatorSkill, int fused) {

        static BoxesBody of(BoxQuality boxes, Function<PersonId, Called> people) {
            return new BoxesBody(
                    boxes.assets(),
                    boxes.annotators(),
                    new BoxAgreementBody(
                            EstimateBody.of(boxes.agreement().f1()),
                            EstimateBody.of(boxes.agreement().meanOverlap())),
                    boxes.skills().stream()
                            .map(skill ->
                                    BoxSkillBody.of(skill, boxes.deviations().get(skill.annotator()), people))
                            .toList(),
                    boxes.fused());
        }
    }

    /** @param excluded questions without agreement and skill and what the ontology has no more, each with its reason */
    record QualityBody(
            List<QuestionBody> questions,
            List<QualityReport.Excluded> excluded,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            BoxesBody boxes,

            Instant computedAt) {

        static QualityBody of(QualityReport report, Function<PersonId, Called> people) {
            return new QualityBody(
                    report.choices().stream()
                            .map(choice -> QuestionBody.of(choice, people))
                            .toList(),
                    report.excluded(),
                    report.boxes().map(boxes -> BoxesBody.of(boxes, people)).orElse(null),
                    report.computedAt());
        }
    }

    record AssetName(UUID id, String name) {}

    /** @param value as in an answer; null when nothing is settled */
    record SettledBody(
            @Schema(ref = "#/components/schemas/AnswerValue") @Nullable
            Object value,

            @Nullable Double confidence,
            Map<String, Double> posterior) {

        static SettledBody of(ConsensusBook.Settled settled) {
            return new SettledBody(
                    settled.value().map(QualityBodies::plain).orElse(null),
                    settled.confidence().orElse(null),
                    settled.posterior());
        }
    }

    record ShapeBody(
            String id,
            String label,
            @Schema(allowableValues = "box") String type,
            double x,
            double y,
            double width,
            double height,

            @Schema(ref = "#/components/schemas/AnswerValues")
            Map<String, Object> attributes,

            int support,
            int of,
            double iou) {

        static ShapeBody of(FusedShape shape) {
            var attributes = new TreeMap<String, Object>();
            shape.attributes().forEach((id, value) -> attributes.put(id, plain(value)));
            var box = shape.box();
            return new ShapeBody(
                    shape.id(),
                    shape.label(),
                    "box",
                    box.x(),
                    box.y(),
                    box.width(),
                    box.height(),
                    attributes,
                    shape.support(),
                    shape.of(),
                    shape.iou());
        }
    }

    record ConsensusBody(long task, AssetName asset, Map<String, SettledBody> answers, List<ShapeBody> shapes) {
        static ConsensusBody of(ConsensusBook.Entry entry) {
            var answers = new TreeMap<String, SettledBody>();
            entry.answers().forEach((id, settled) -> answers.put(id, SettledBody.of(settled)));
            var asset = entry.about().asset();
            return new ConsensusBody(
                    entry.about().task().id(),
                    new AssetName(asset.id(), asset.name()),
                    answers,
                    entry.shapes().stream().map(ShapeBody::of).toList());
        }
    }

    /** The value as it stands in an answer's JSON. */
    private static Object plain(AnswerValue value) {
        return switch (value) {
            case AnswerValue.Choice(var id) -> id;
            case AnswerValue.Choices(var ids) -> List.copyOf(ids);
            case AnswerValue.Text(var text) -> text;
            case AnswerValue.Number(var number) -> number;
            case AnswerValue.Flag(var flag) -> flag;
        };
    }
}
