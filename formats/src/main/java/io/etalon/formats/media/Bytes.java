package io.etalon.formats.media;

/** A prefix of a file, read as unsigned numbers. Reading behind its end throws {@link EndOfPrefix}. */
record Bytes(byte[] content, int length) {
    /** Signals that the prefix ended before the header did. Without a stack trace: it is an ordinary outcome. */
    static final class EndOfPrefix extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EndOfPrefix() {
            super("the prefix ends before the header does", null, false, false);
        }
    }

    int u8(long at) {
        if (at < 0 || at >= length) {
            throw new EndOfPrefix();
        }
        return content[(int) at] & 0xff;
    }

    int u16be(long at) {
        return u8(at) << 8 | u8(at + 1);
    }

    int u16le(long at) {
        return u8(at) | u8(at + 1) << 8;
    }

    int u24le(long at) {
        return u16le(at) | u8(at + 2) << 16;
    }

    long u32be(long at) {
        return (long) u16be(at) << 16 | u16be(at + 2);
    }

    long u32le(long at) {
        return u16le(at) | (long) u16le(at + 2) << 16;
    }

    /** Whether these Latin-1 characters stand here, wholly within the prefix. */
    boolean startsWith(long at, String latin1) {
        if (at < 0 || at + latin1.length() > length) {
            return false;
        }
        for (var i = 0; i < latin1.length(); i++) {
            if (u8(at + i) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
