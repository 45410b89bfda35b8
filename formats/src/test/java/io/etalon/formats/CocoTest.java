package io.etalon.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.AnswerValue;
import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.Box;
import io.etalon.annotation.LabelClass;
import io.etalon.annotation.Shape;
import io.etalon.formats.LossReport.Loss;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoTest {
    private static final String HEAD = "{\"categories\":[{\"id\":3,\"name\":\"Traffic Light\"}],";
    private static final String IMAGE = "\"images\":[{\"id\":9,\"file_name\":\"a.png\",\"width\":100,\"height\":50}],";

    private static CocoReader.Source source(String json) {
        return () -> new ByteArrayInputStream(Examples.utf8(json));
    }

    private static String annotation(String members) {
        return HEAD + IMAGE + "\"annotations\":[{\"id\":1,\"image_id\":9,\"category_id\":3," + members + "}]}";
    }

    private static String written(List<LabelledImage> images) {
        var out = new ByteArrayOutputStream();
        CocoWriter.write(Examples.coins(), images, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static LossReport losses(String json) throws IOException {
        return CocoReader.open(source(json)).read(image -> {});
    }

    @Test
    void writesTheGoldenFileAndSaysWhatIsLost() throws Exception {
        var coin = new Shape(
                "s1",
                "coin",
                new Box(1.5, 2, 10, 12.25),
                Map.of(
                        "wear", new AnswerValue.Choice("worn"),
                        "weight", new AnswerValue.Number(3.5),
                        "hidden", new AnswerValue.Flag(false)));
        var medal = new Shape("s2", "medal", new Box(0, 0, 640, 480), Map.of());
        var images = List.of(
                new LabelledImage(
                        "a.png", 640, 480, new Answer(Map.of("ok", new AnswerValue.Flag(true)), List.of(coin, medal))),
                new LabelledImage("empty.png", 10, 20, Answer.EMPTY),
                new LabelledImage("sub/é.png", 640, 480, new Answer(Map.of(), List.of(medal))));
        var out = new ByteArrayOutputStream();
        var losses = CocoWriter.write(Examples.coins(), images, out);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(Examples.golden("instances.json").strip());
        assertThat(losses.counts())
                .isEqualTo(Map.of(
                        Loss.ASSET_ANSWERS, 1L,
                        Loss.SHAPE_IDS, 3L,
                        Loss.LOCAL_NAMES, 2L,
                        Loss.COLORS, 2L,
                        Loss.ATTRIBUTE_DEFINITIONS, 3L));
    }

    /** Boxes, labels and attributes survive whatever the size of a pass. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, CocoReader.BOXES_A_PASS})
    void readsBackTheBoxesItWrites(int boxesAPass) throws Exception {
        var seed = Examples.SEED;
        var random = new Random(seed);
        var images = new ArrayList<LabelledImage>();
        for (var i = 0; i < 60; i++) {
            images.add(new LabelledImage(i + ".png", 1010, 100, Examples.answer(random)));
        }
        var reader = CocoReader.open(source(written(images)), boxesAPass);
        assertThat(reader.ontology().labels()).extracting(LabelClass::id).containsExactly("coin", "medal");
        var back = new ArrayList<LabelledImage>();
        reader.read(back::add);
        assertThat(back).hasSameSizeAs(images);
        for (var i = 0; i < images.size(); i++) {
            var expected = images.get(i).answer().shapes();
            var actual = back.get(i).answer().shapes();
            assertThat(back.get(i).fileName()).isEqualTo(images.get(i).fileName());
            assertThat(actual).as("seed %d, image %d", seed, i).hasSameSizeAs(expected);
            for (var j = 0; j < expected.size(); j++) {
                assertThat(actual.get(j).label()).isEqualTo(expected.get(j).label());
                assertThat(actual.get(j).geometry()).isEqualTo(expected.get(j).geometry());
                assertThat(actual.get(j).attributes().keySet())
                        .isEqualTo(expected.get(j).attributes().keySet());
            }
        }
    }

    @Test
    void groupsAnnotationsThatComeInAnyOrder() throws Exception {
        var json = """
                {"annotations":[{"id":5,"image_id":2,"category_id":1,"bbox":[1,1,2,2],"attributes":{"A b":1,"m":"x"}},
                {"id":5,"image_id":1,"category_id":1,"bbox":[1,1,2,2],"attributes":{"A b":true,"m":"y"}},
                {"id":5,"image_id":2,"category_id":1,"bbox":[3,3,2,2]}],
                "images":[{"id":1,"file_name":"1","width":9,"height":9},{"id":2,"file_name":"2","width":9,"height":9}],
                "categories":[{"id":1,"name":"été"},{"id":2,"name":"Été"},{"id":4,"name":"日本"}]}""";
        var reader = CocoReader.open(source(json));
        assertThat(reader.ontology().labels()).extracting(LabelClass::id).containsExactly("ete", "ete-2", "category-4");
        var images = new ArrayList<LabelledImage>();
        reader.read(images::add);
        assertThat(images).extracting(image -> image.answer().shapes().size()).containsExactly(1, 2);
        assertThat(images.getLast().answer().shapes()).extracting(Shape::id).containsExactly("5", "5-2");
        // Two types under one name become a text.
        assertThat(images.getFirst().answer().shapes().getFirst().attributes())
                .isEqualTo(Map.of("a-b", new AnswerValue.Text("true"), "m", new AnswerValue.Text("y")));
    }

    @Test
    void countsEverythingItLeavesOut() throws Exception {
        assertThat(losses(annotation("\"bbox\":[1,1,2,2],\"segmentation\":[[1,1,2,2,3,3]],\"score\":0.5"))
                        .counts())
                .isEqualTo(Map.of(Loss.SEGMENTATIONS, 1L, Loss.UNKNOWN_MEMBERS, 1L));
        assertThat(losses(annotation("\"bbox\":[1,1,2,2],\"segmentation\":{\"size\":[1,1],\"counts\":\"x\"}"))
                        .counts())
                .isEqualTo(Map.of(Loss.SEGMENTATIONS, 1L));
        assertThat(losses(annotation("\"bbox\":[1,1,2,2],\"segmentation\":[],\"keypoints\":[]"))
                        .isEmpty())
                .isTrue();
        assertThat(losses(annotation("\"bbox\":[1,1,2,2],\"iscrowd\":1")).counts())
                .isEqualTo(Map.of(Loss.CROWDS, 1L));
        for (var box :
                List.of("[NaN,1,2,2]", "[1,1,0,2]", "[1,1,2]", "[1,1,2,2,2]", "null", "[200,1,2,2]", "[-9,1,9,2]")) {
            assertThat(losses(annotation("\"bbox\":" + box)).counts())
                    .as(box)
                    .isEqualTo(Map.of(Loss.UNUSABLE_BOXES, 1L));
        }
        assertThat(losses(annotation("\"bbox\":[1,1,2,2]").replace("\"image_id\":9", "\"image_id\":8"))
                        .counts())
                .isEqualTo(Map.of(Loss.ORPHANS, 1L));
        assertThat(losses(annotation("\"bbox\":[1,1,2,2]").replace("\"category_id\":3", "\"category_id\":8"))
                        .counts())
                .isEqualTo(Map.of(Loss.ORPHANS, 1L));
        assertThat(losses(annotation("\"bbox\":[1,1,2,2],\"attributes\":{\"a\":[1],\"b\":null,\"?\":1}"))
                        .counts())
                .isEqualTo(Map.of(Loss.ATTRIBUTES, 3L));
    }

    @Test
    void cutsBoxesAtTheEdgeSoThatTheCheckTakesThem() throws Exception {
        var seed = Examples.SEED;
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var x = 99 * random.nextDouble();
            var y = -random.nextDouble();
            var json = annotation("\"bbox\":[" + x + "," + y + ",200,2.5]");
            var reader = CocoReader.open(source(json));
            var images = new ArrayList<LabelledImage>();
            assertThat(reader.read(images::add).counts()).isEqualTo(Map.of(Loss.CLIPPED_BOXES, 1L));
            var answer = images.getFirst().answer();
            assertThat(AnswerCheck.check(reader.ontology(), answer, new ImageExtent(100, 50)))
                    .as("seed %d, x %s, y %s", seed, x, y)
                    .isEmpty();
            var box = (Box) answer.shapes().getFirst().geometry();
            assertThat(box.right()).isCloseTo(100, within(1e-9));
        }
    }

    @Test
    void saysWhereAFileIsNotCoco() {
        assertFault("[]", "");
        assertFault("{\"images\":[]}", "");
        assertFault(HEAD + "\"images\":[{\"id\":\"x\"}]}", "/images/0/id");
        assertFault(HEAD + "\"images\":[{\"id\":1}]}", "/images/0");
        assertFault(HEAD + IMAGE + "\"annotations\":[{}]}", "/annotations/0");
        assertFault(HEAD + IMAGE + "\"annotations\":[3]}", "/annotations/0");
        assertFault(HEAD + IMAGE + "\"annotations\":[{\"x\":" + "[".repeat(1 << 20), null);
        assertFault(HEAD + IMAGE + "\"annotations\":[{\"id\":1", null);
    }

    private static void assertFault(String json, String where) {
        assertThatThrownBy(() -> CocoReader.open(source(json))).isInstanceOfSatisfying(FormatException.class, e -> {
            if (where != null) {
                assertThat(e.where()).isEqualTo(where);
            }
        });
    }

    @Test
    void refusesToWriteImagesThatChangeBetweenThePasses() {
        var image = new LabelledImage("a", 1, 1, Answer.EMPTY);
        Iterator<LabelledImage> once = List.of(image).iterator();
        assertThatThrownBy(() -> CocoWriter.write(Examples.coins(), () -> once, new ByteArrayOutputStream()))
                .isInstanceOf(IllegalStateException.class);
        var ghost = new Answer(Map.of(), List.of(new Shape("s", "ghost", new Box(0, 0, 1, 1), Map.of())));
        assertThatThrownBy(() -> written(List.of(new LabelledImage("a", 1, 1, ghost))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsRealFilesOfOthers() throws Exception {
        var shared = Examples.shared("formats/coco");
        assumeThat(shared)
                .as("the shared folder of others' COCO files is not beside the project")
                .isPresent();
        try (var files = Files.walk(shared.get())) {
            var instances = files.filter(p -> p.getFileName().toString().matches("instances.*\\.json")
                            || p.endsWith("_annotations.coco.json"))
                    .toList();
            assertThat(instances).hasSizeGreaterThanOrEqualTo(7);
            for (var file : instances) {
                var reader = CocoReader.open(() -> Files.newInputStream(file));
                var names = new HashSet<String>();
                UnaryOperator<LabelledImage> checked = image -> {
                    var extent = new ImageExtent(image.width(), image.height());
                    assertThat(AnswerCheck.check(reader.ontology(), image.answer(), extent))
                            .as("%s: %s", file, image.fileName())
                            .isEmpty();
                    names.add(image.fileName());
                    return image;
                };
                var losses = reader.read(checked::apply);
                assertThat(names).as(file.toString()).hasSize(reader.imageCount());
                assertThat(losses.count(Loss.ORPHANS)).as(file.toString()).isZero();
            }
        }
    }
}
