package io.etalon.ledger;

/** Hears how far a verification has come. Called on the verifying thread, about once a 64 KiB block. */
@FunctionalInterface
public interface Progress {
    /** {@code done} of {@code total} bytes are read; {@code done} never falls. */
    void at(long done, long total);

    /** Hears nothing. */
    static Progress none() {
        return (done, total) -> {};
    }
}
