package io.etalon.ledger;

import java.util.List;

/** The answer about a release bundle: everything holds, or the first thing that does not. */
public sealed interface Verification {
    /** What is checked, in this order. */
    enum Check {
        /** The zip is byte for byte canonical and has the files of a release in their order. */
        ARCHIVE("the archive"),
        /** SHA256SUMS has exactly the content files, with their digests. */
        SUMS("the checksums"),
        /** manifest.txt is well-formed and sorted. */
        MANIFEST("the manifest"),
        /** annotations.jsonl has exactly the manifest's lines in the manifest's order. */
        ANNOTATIONS("the annotations"),
        /** The log entry is canonical and binds manifest.txt and SHA256SUMS. */
        ENTRY("the log entry"),
        /** The entry is in the tree of the checkpoint. */
        INCLUSION("the inclusion in the log"),
        /** The checkpoint is signed by the key: the trusted one, if the caller has given one. */
        SIGNATURE("the checkpoint's signature");

        private final String title;

        Check(String title) {
            this.title = title;
        }

        /** In words, for people. */
        public String title() {
            return title;
        }
    }

    /**
     * A check that held.
     *
     * @param check which
     * @param proved what is now known, one sentence
     * @param count how many things were compared
     */
    record Passed(Check check, String proved, long count) {}

    /** The checks that held, in their order. */
    List<Passed> passed();

    /**
     * Everything holds.
     *
     * @param passed one for each {@link Check}
     * @param leaf what the log says of the release
     * @param checkpoint the log head that contains it
     * @param key the key that signed the log head
     * @param trusted whether the caller vouched for the key; if not, whoever made the archive may have made the key
     */
    record Verified(List<Passed> passed, ReleaseLeaf leaf, Checkpoint checkpoint, VerifierKey key, boolean trusted)
            implements Verification {
        public Verified {
            passed = List.copyOf(passed);
        }
    }

    /**
     * The first thing that does not hold. Nothing after it was looked at.
     *
     * @param passed the checks before it
     * @param check which failed
     * @param where file, line, record or byte
     * @param expected what would be right
     * @param found what is there
     */
    record Refused(List<Passed> passed, Check check, String where, String expected, String found)
            implements Verification {
        public Refused {
            passed = List.copyOf(passed);
        }

        /** One sentence with everything. */
        public String message() {
            return check.title() + ": " + where + ": expected " + expected + ", found " + found;
        }
    }
}
