package io.etalon.server.release;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.formats.CanonicalJson;
import io.etalon.formats.Json;
import io.etalon.server.base.PersonId;
import io.etalon.server.quality.Evidence;
import io.etalon.server.quality.GivenAnswer;
import io.etalon.server.work.MergedAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who said what when, without names: one canonical JSON object a line, a submission or a merge each, in the order of the assets'
 * hashes and then of the lines themselves.
 */
final class Provenance {
    private Provenance() {}

    static void write(Evidence evidence, Map<PersonId, String> pseudonyms, OutputStream out) throws IOException {
        for (var one : evidence.cases()) {
            var lines = new ArrayList<String>();
            for (var given : one.task().answers()) {
                lines.add(CanonicalJson.text(line(one.asset().sha256(), given, pseudonyms)));
            }
            var merged = one.task().merged();
            if (merged != null) {
                lines.add(CanonicalJson.text(line(one.asset().sha256(), merged, pseudonyms)));
            }
            Collections.sort(lines);
            for (var line : lines) {
                out.write((line + "\n").getBytes(UTF_8));
            }
        }
    }

    private static Json line(String asset, GivenAnswer given, Map<PersonId, String> pseudonyms) {
        var line = new TreeMap<String, Json>();
        line.put("asset", new Json.Str(asset));
        line.put("annotator", new Json.Str(pseudonym(given.annotator(), pseudonyms)));
        line.put("round", new Json.Num(given.round()));
        line.put("ontologyVersion", new Json.Num(given.ontologyVersion()));
        line.put("guidelineVersion", new Json.Num(given.guidelineVersion()));
        line.put("activeSeconds", new Json.Num(given.activeSeconds()));
        line.put("submittedAt", new Json.Str(given.submittedAt().toString()));
        line.put("state", new Json.Str(given.state()));
        var reviewer = given.reviewer();
        if (reviewer != null) {
            line.put("reviewer", new Json.Str(pseudonym(reviewer, pseudonyms)));
        }
        return Json.object(line);
    }

    private static Json line(String asset, MergedAnswer merged, Map<PersonId, String> pseudonyms) {
        return Json.object(new TreeMap<>(Map.of(
                "asset", new Json.Str(asset),
                "adjudicator", new Json.Str(pseudonym(merged.person(), pseudonyms)),
                "mergedAt", new Json.Str(merged.at().toString()),
                "ontologyVersion", new Json.Num(merged.ontologyVersion()),
                "state", new Json.Str("merged"))));
    }

    private static String pseudonym(PersonId person, Map<PersonId, String> pseudonyms) {
        var name = pseudonyms.get(person);
        if (name == null) {
            throw new IllegalArgumentException("a person of the release has no pseudonym");
        }
        return name;
    }
}
