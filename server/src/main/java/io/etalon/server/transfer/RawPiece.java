package io.etalon.server.transfer;

import java.util.List;

/**
 * Lines of a file that are taken in together.
 *
 * @param number from 0, without a gap
 * @param bytes in which the lines lie
 * @param end how many bytes of the file lie up to the end of the piece
 */
record RawPiece(int number, byte[] bytes, List<Line> lines, long end) {

    /**
     * A line that is one JSON value, or was too broken to become one.
     *
     * @param number from 1
     * @param fault why it cannot be read; empty when it can
     */
    record Line(long number, int from, int to, String fault) {}
}
