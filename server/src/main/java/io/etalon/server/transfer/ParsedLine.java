package io.etalon.server.transfer;

import io.etalon.server.base.ContentHash;
import io.etalon.server.dataset.pack.TextLine;
import io.etalon.server.work.prelabel.Offer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a line of an import says. */
sealed interface ParsedLine {
    long line();

    /** A text that is to become an asset with a task. */
    record Text(long line, TextLine text, int priority, List<Offer> preLabels) implements ParsedLine {}

    /** An asset that the project should have, by id or by its content; one of the two is there. */
    record Existing(
            long line, @Nullable UUID asset, @Nullable ContentHash hash, int priority, List<Offer> preLabels)
            implements ParsedLine {}

    record Rejected(long line, String reason) implements ParsedLine {}

    record Blank(long line) implements ParsedLine {}
}
