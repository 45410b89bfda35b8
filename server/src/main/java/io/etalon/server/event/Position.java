package io.etalon.server.event;

import io.etalon.server.base.EtalonException;

/**
 * A place in the order of a cell's events: the transaction that wrote an event, and the event's number within it. Grows with
 * time; two transactions that ran side by side are ordered by their beginnings.
 */
public record Position(long transaction, long number) implements Comparable<Position> {
    static final Position START = new Position(0, 0);

    @Override
    public int compareTo(Position other) {
        return transaction == other.transaction
                ? Long.compare(number, other.number)
                : Long.compare(transaction, other.transaction);
    }

    /**
     * Reads what {@link #toString} wrote.
     *
     * @throws EtalonException invalid, when it is no position
     */
    public static Position parse(String text) {
        var dot = text.indexOf('.');
        try {
            return new Position(
                    Long.parseUnsignedLong(text, 0, dot, 10), Long.parseUnsignedLong(text, dot + 1, text.length(), 10));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw EtalonException.invalid(
                    "the id of the last event is “" + text + "”; it must be one that came with an event");
        }
    }

    @Override
    public String toString() {
        return transaction + "." + number;
    }
}
