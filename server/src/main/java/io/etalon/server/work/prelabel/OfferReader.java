package io.etalon.server.work.prelabel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.annotation.Answer;
import io.etalon.annotation.AnswerCheck;
import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.Fault;
import io.etalon.formats.AnswerJson;
import io.etalon.formats.Parsed;
import io.etalon.server.project.OntologyVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads pre-labels under one version of a project's ontology and says everything that is wrong with them, each fault with
 * its place. An answer passes the same checks as one that a person hands in. Thread-safe.
 */
public final class OfferReader {
    /** So many pre-labels may come with one task at once. */
    public static final int MOST_A_TASK = 10;

    private static final int LONGEST_NAME = 100;
    private static final Set<String> MEMBERS = Set.of("model", "confidence", "answer");
    private static final Set<String> MODEL_MEMBERS = Set.of("name", "version");

    private final OntologyVersion ontology;

    public OfferReader(OntologyVersion ontology) {
        this.ontology = ontology;
    }

    /** What was read of a task's pre-labels; nothing of it counts when there are faults. */
    public record Read(List<Offer> offers, List<Fault> faults) {}

    /**
     * An array of pre-labels.
     *
     * @param at where it stands, as a JSON pointer
     */
    public Read read(JsonNode offered, String at) {
        var offers = new ArrayList<Offer>();
        var faults = new ArrayList<Fault>();
        if (!offered.isArray() || offered.isEmpty() || offered.size() > MOST_A_TASK) {
            faults.add(new Fault(at, "must be an array of 1 to " + MOST_A_TASK + " pre-labels"));
            return new Read(List.of(), faults);
        }
        for (var i = 0; i < offered.size(); i++) {
            var offer = one(offered.get(i), at + "/" + i, faults);
            if (offer != null) {
                offers.add(offer);
            }
        }
        return new Read(offers, faults);
    }

    private @Nullable Offer one(JsonNode offered, String at, List<Fault> faults) {
        if (!offered.isObject()) {
            faults.add(new Fault(at, "must be an object with model and answer"));
            return null;
        }
        var before = faults.size();
        known(offered, MEMBERS, at, faults);
        var model = offered.path("model");
        if (!model.isObject()) {
            faults.add(new Fault(at + "/model", "must be an object with name and version"));
        } else {
            known(model, MODEL_MEMBERS, at + "/model", faults);
        }
        var confidence = offered.path("confidence");
        if (!confidence.isMissingNode() && !confidence.isNull() && !confidence.isNumber()) {
            faults.add(new Fault(at + "/confidence", "must be a number from 0 to 1"));
        }
        var read = offer(
                model.path("name").stringValue(null),
                model.path("version").stringValue(null),
                confidence.isNumber() ? confidence.doubleValue() : null,
                offered.get("answer"),
                at,
                faults);
        return faults.size() == before ? read : null;
    }

    private static void known(JsonNode object, Set<String> members, String at, List<Fault> faults) {
        for (var name : object.propertyNames()) {
            if (!members.contains(name)) {
                faults.add(new Fault(at + "/" + pointed(name), "is not known"));
            }
        }
    }

    /** A name as a part of a JSON pointer (RFC 6901). */
    private static String pointed(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** Null when something is wrong. */
    @Nullable
    Offer offer(
            @Nullable String model,
            @Nullable String version,
            @Nullable Double confidence,
            @Nullable JsonNode answer,
            String at,
            List<Fault> faults) {
        var before = faults.size();
        var name = name(model, at + "/model/name", faults);
        var number = name(version, at + "/model/version", faults);
        if (confidence != null && !(confidence >= 0 && confidence <= 1)) {
            faults.add(new Fault(at + "/confidence", "must be a number from 0 to 1"));
        }
        var read = answer(answer, at + "/answer", faults);
        return faults.size() > before || read == null
                ? null
                : new Offer(name, number, confidence, ontology.version(), read);
    }

    private static String name(@Nullable String value, String at, List<Fault> faults) {
        var text = value == null ? "" : value.strip();
        if (text.isEmpty()
                || text.length() > LONGEST_NAME
                || text.codePoints()
                        .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            faults.add(
                    new Fault(at, "must be a text of 1 to " + LONGEST_NAME + " characters without control characters"));
        }
        return text;
    }

    private @Nullable Answer answer(@Nullable JsonNode answer, String at, List<Fault> faults) {
        if (answer == null) {
            faults.add(new Fault(at, "is missing"));
            return null;
        }
        return switch (AnswerJson.read(ontology.ontology(), answer.toString().getBytes(UTF_8))) {
            case Parsed.Sound<Answer>(var sound) -> sound;
            case Parsed.Faulty<Answer>(var found) -> {
                found.forEach(fault -> faults.add(new Fault(at + fault.pointer(), fault.message())));
                yield null;
            }
        };
    }

    /** What of these is wrong on an asset of some size. */
    public List<Fault> check(List<Offer> offers, AssetExtent extent, String at) {
        var faults = new ArrayList<Fault>();
        for (var i = 0; i < offers.size(); i++) {
            check(offers.get(i), extent, at + "/" + i, faults);
        }
        return faults;
    }

    void check(Offer offer, AssetExtent extent, String at, List<Fault> faults) {
        AnswerCheck.check(ontology.ontology(), offer.answer(), extent)
                .forEach(fault -> faults.add(new Fault(at + "/answer" + fault.pointer(), fault.message())));
    }
}
