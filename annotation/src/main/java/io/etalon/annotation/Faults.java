package io.etalon.annotation;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects faults in the order in which they are found, so that a person can mend all of them at once. Keeps the first
 * {@value #LIMIT}: a hostile document must not turn into a larger answer. Not thread-safe.
 */
public final class Faults {
    /** How many faults are kept. */
    public static final int LIMIT = 1_000;

    private final List<Fault> found = new ArrayList<>();
    private int leftOut;

    public void add(Pointer where, String message) {
        if (found.size() < LIMIT) {
            found.add(new Fault(where.text(), message));
        } else {
            leftOut++;
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** The faults so far; when some were left out, a last entry says how many. */
    public List<Fault> toList() {
        if (leftOut == 0) {
            return List.copyOf(found);
        }
        var all = new ArrayList<>(found);
        all.add(new Fault("", leftOut + " more faults are left out; mend the ones above first"));
        return List.copyOf(all);
    }
}
