package io.etalon.formats.media;

/**
 * Checks a stream of bytes for well-formed UTF-8 (Unicode 16, table 3-7) and counts its code points. Fed with chunks cut
 * anywhere; holds no bytes. Not thread-safe.
 */
public final class Utf8Check {
    private long position;
    private long codePoints;
    private long faultOffset = -1;
    private long sequenceStart;
    private int missing;
    /** The range of the next byte while a sequence is open. */
    private int lowest = 0x80;

    private int highest = 0xbf;

    /** Takes the next bytes; what follows a fault is ignored. */
    public void feed(byte[] bytes, int offset, int length) {
        var end = offset + length;
        for (var i = offset; i < end && faultOffset < 0; i++) {
            var b = bytes[i];
            if (missing == 0 && b >= 0) {
                codePoints++;
            } else if (missing == 0) {
                begin(b & 0xff, position + i - offset);
            } else {
                go(b & 0xff);
            }
        }
        position += length;
    }

    /** Tells that the stream has ended: a sequence cut short is a fault. */
    public void finish() {
        if (missing > 0 && faultOffset < 0) {
            faultOffset = sequenceStart;
        }
    }

    /** Whether all bytes so far are well-formed. */
    public boolean isSound() {
        return faultOffset < 0;
    }

    /** Offset from 0 of the first byte of the first ill-formed sequence; -1 when there is none. */
    public long faultOffset() {
        return faultOffset;
    }

    /** How many whole code points came before the end or the first fault. */
    public long codePoints() {
        return codePoints;
    }

    private void begin(int lead, long at) {
        sequenceStart = at;
        lowest = 0x80;
        highest = 0xbf;
        if (lead >= 0xc2 && lead <= 0xdf) {
            missing = 1;
        } else if (lead >= 0xe0 && lead <= 0xef) {
            missing = 2;
            lowest = lead == 0xe0 ? 0xa0 : 0x80;
            highest = lead == 0xed ? 0x9f : 0xbf;
        } else if (lead >= 0xf0 && lead <= 0xf4) {
            missing = 3;
            lowest = lead == 0xf0 ? 0x90 : 0x80;
            highest = lead == 0xf4 ? 0x8f : 0xbf;
        } else {
            faultOffset = at;
        }
    }

    private void go(int next) {
        if (next < lowest || next > highest) {
            faultOffset = sequenceStart;
            return;
        }
        lowest = 0x80;
        highest = 0xbf;
        if (--missing == 0) {
            codePoints++;
        }
    }
}
