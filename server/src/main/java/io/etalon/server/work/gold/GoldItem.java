package io.etalon.server.work.gold;

/**
 * A task whose answer is known.
 *
 * @param category what it asks for, such as an option or a label: gold is balanced over it
 * @param difficulty 1 to 5
 */
public record GoldItem(long id, long task, String category, int difficulty) {}
