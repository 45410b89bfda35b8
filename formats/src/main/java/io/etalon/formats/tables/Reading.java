package io.etalon.formats.tables;

import java.util.List;

/**
 * What came of reading a table.
 *
 * @param rows rows that the sink took
 * @param bad rows that were passed over
 * @param faults the first few of those, each with its place
 */
public record Reading(long rows, long bad, List<String> faults) {
    public Reading {
        faults = List.copyOf(faults);
    }
}
