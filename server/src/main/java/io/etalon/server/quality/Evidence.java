package io.etalon.server.quality;

import io.etalon.annotation.Ontology;
import io.etalon.server.dataset.Asset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * All that a project's quality is computed from. Cases stand in the order of their assets' SHA-256, which is alike on
 * every machine that was given the same assets.
 *
 * @param ontology the newest version; an answer to what it no longer asks is left aside
 */
public record Evidence(Ontology ontology, List<Case> cases) {
    /** An asset with the answers about it. */
    public record Case(AnsweredTask task, Asset asset) {
        /** What the mathematics calls it: the same on every machine. */
        String name() {
            return asset.sha256();
        }
    }

    public Evidence {
        var sorted = new ArrayList<>(cases);
        sorted.sort(Comparator.comparing(Case::name));
        cases = List.copyOf(sorted);
    }

    /** The same with the finished tasks only, which is what a release holds. */
    public Evidence finished() {
        return only(c -> c.task().finished());
    }

    private Evidence only(Predicate<Case> which) {
        return new Evidence(ontology, cases.stream().filter(which).toList());
    }

    /** The answers of all cases. */
    public List<GivenAnswer> answers() {
        return cases.stream().flatMap(c -> c.task().answers().stream()).toList();
    }
}
