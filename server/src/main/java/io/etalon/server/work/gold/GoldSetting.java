package io.etalon.server.work.gold;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's gold as its queue uses it.
 *
 * @param schedule when gold is due among other work; null for never
 * @param items what is not retired
 * @param exam ids of the items that are kept for exams
 */
public record GoldSetting(@Nullable GoldSchedule schedule, List<GoldItem> items, Set<Long> exam) {
    public static final GoldSetting NONE = new GoldSetting(null, List.of(), Set.of());

    public GoldSetting {
        items = List.copyOf(items);
        exam = Set.copyOf(exam);
    }
}
