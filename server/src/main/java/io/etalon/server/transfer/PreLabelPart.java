package io.etalon.server.transfer;

import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.Fault;
import io.etalon.server.work.prelabel.Offer;
import io.etalon.server.work.prelabel.OfferReader;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a line says under {@value #MEMBER}: an array of pre-labels. A fault names its place in the line, and of
 * the content nothing but the names of members on the way there. Not thread-safe.
 */
final class PreLabelPart {
    static final String MEMBER = "preLabels";

    private static final String AT = "/" + MEMBER;
    private static final JsonMapper TREE = JsonMapper.builder().build();
    private static final Pattern QUOTED = Pattern.compile("“[^”]*”|\"[^\"]*\"");

    private final OfferReader offers;
    private final ByteArrayOutputStream raw = new ByteArrayOutputStream(0);
    private boolean there;

    PreLabelPart(OfferReader offers) {
        this.offers = offers;
    }

    void clear() {
        raw.reset();
        there = false;
    }

    /** Keeps the member's value until the whole line is read. */
    void take(JsonParser json) {
        if (there) {
            throw new LineParser.Refusal("has “" + MEMBER + "” twice");
        }
        there = true;
        try (var to = LineParser.JSON.createGenerator(ObjectWriteContext.empty(), raw)) {
            to.copyCurrentStructure(json);
        }
    }

    /** Empty when the line has none. */
    List<Offer> read() {
        if (!there) {
            return List.of();
        }
        var read = offers.read(TREE.readTree(raw.toByteArray()), AT);
        refuse(read.faults());
        return read.offers();
    }

    void check(List<Offer> read, AssetExtent extent) {
        refuse(faults(offers, read, extent));
    }

    private static void refuse(List<Fault> faults) {
        if (!faults.isEmpty()) {
            throw new LineParser.Refusal(told(faults));
        }
    }

    static List<Fault> faults(OfferReader offers, List<Offer> read, AssetExtent extent) {
        return offers.check(read, extent, AT);
    }

    /** The first fault, and how many more there are. */
    static String told(List<Fault> faults) {
        var first = faults.getFirst();
        var more = faults.size() - 1;
        return "at " + first.pointer() + ": "
                + QUOTED.matcher(first.message()).replaceAll("“…”")
                + (more == 0 ? "" : "; and " + more + " more");
    }
}
