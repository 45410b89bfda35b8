package io.etalon.server.quality;

import io.etalon.annotation.Answer;
import io.etalon.quality.Labels;
import java.util.List;
import java.util.Optional;

/**
 * What people say on one choice that a project asks for: a question, or one option of a multiple choice. For features that
 * compare people in their own way.
 */
public final class ChoiceVotes {
    private final ChoiceItem item;

    private ChoiceVotes(ChoiceItem item) {
        this.item = item;
    }

    /** The choices of the evidence's ontology, in its order. */
    public static List<ChoiceVotes> of(Evidence evidence) {
        return ChoiceItem.of(evidence.ontology()).stream().map(ChoiceVotes::new).toList();
    }

    /** Says which choice it is, the same in every report. */
    public String name() {
        return item.option() == null ? item.question() : item.question() + "/" + item.option();
    }

    /** The class that an answer chooses. */
    public Optional<String> chosen(Answer answer) {
        return item.chosen(answer);
    }

    /** All own judgements, before any reviewer touched them; tasks are the assets' hashes, workers person ids. */
    public Labels own(Evidence evidence) {
        return item.labels(evidence, GivenAnswer::own);
    }
}
