package io.etalon.server.work.engine;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it is stored.
 *
 * @param json canonical, without its free texts
 * @param texts the free texts, sealed with the project's key; null when there are none
 */
public record SealedAnswer(String json, byte @Nullable [] texts) {}
