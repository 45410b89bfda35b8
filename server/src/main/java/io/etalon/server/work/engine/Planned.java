package io.etalon.server.work.engine;

/**
 * What came of planning.
 *
 * @param planned tasks that were made
 * @param tasks of the project, with those
 */
public record Planned(int planned, long tasks) {}
