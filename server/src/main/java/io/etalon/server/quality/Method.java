package io.etalon.server.quality;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.etalon.quality.Labels;
import io.etalon.quality.truth.Consensus;
import io.etalon.quality.truth.DawidSkene;
import io.etalon.quality.truth.MajorityVote;
import io.etalon.server.base.EtalonException;
import java.util.Locale;

/** How several judgements of a choice become one. The names stand in the API and in releases: they are never renamed. */
public enum Method {
    /** Each judgement is a vote. */
    MAJORITY,
    /** Maximum likelihood with each annotator's error rates (Dawid and Skene, 1979). */
    DAWID_SKENE;

    /** The name in the API. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws EtalonException invalid, listing the names that exist */
    @JsonCreator
    public static Method of(String text) {
        for (var method : values()) {
            if (method.text().equals(text)) {
                return method;
            }
        }
        throw EtalonException.invalid("method is “" + text + "”; it must be majority or dawid_skene");
    }

    /** The consensus on judgements, of which there is at least one. */
    Consensus settle(Labels labels) {
        return switch (this) {
            case MAJORITY -> MajorityVote.of(labels);
            case DAWID_SKENE -> DawidSkene.plain().fit(labels).consensus();
        };
    }
}
