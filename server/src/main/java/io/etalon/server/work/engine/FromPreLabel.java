package io.etalon.server.work.engine;

/**
 * What an answer's author was shown before he gave it.
 *
 * @param unchanged whether the answer says the same
 */
public record FromPreLabel(long preLabel, boolean unchanged) {}
