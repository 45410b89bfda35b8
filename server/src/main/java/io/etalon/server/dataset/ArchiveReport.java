package io.etalon.server.dataset;

import java.util.List;

/**
 * What became of an archive's entries.
 *
 * @param accepted entries whose bytes were new to the project
 * @param duplicates entries whose bytes the project had already
 * @param rejected every other entry, with the reason
 */
record ArchiveReport(int accepted, int duplicates, List<Rejected> rejected) {
    /** One entry that was not taken; its code is that of a single upload, or says why it was not even looked at. */
    record Rejected(String name, String code, String detail) {}
}
