package io.etalon.server.work.engine;

import io.etalon.server.base.ProjectId;
import io.etalon.server.work.policy.QueuePolicy;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** What the project says of its queue, asked whenever the queue is opened; {@code opened} hears of it. */
public record Settings(
        ToIntFunction<ProjectId> redundancy,
        Function<ProjectId, QueuePolicy> policy,
        BiConsumer<ProjectId, QueuePolicy> opened,
        Routing routing) {}
