package io.etalon.quality.truth;

/** What a method has learnt that describes each worker by one number. Immutable. */
public final class SkillFit {
    private final Consensus consensus;
    private final double[] skills;
    private final int iterations;
    private final boolean converged;

    /** Takes ownership of {@code skills}. */
    SkillFit(Consensus consensus, double[] skills, int iterations, boolean converged) {
        this.consensus = consensus;
        this.skills = skills;
        this.iterations = iterations;
        this.converged = converged;
    }

    /** Class probabilities of every task. */
    public Consensus consensus() {
        return consensus;
    }

    /** The number of a worker (by index); what it means stands with the method. */
    public double skill(int worker) {
        return skills[worker];
    }

    /** Number of iterations made. */
    public int iterations() {
        return iterations;
    }

    /** Whether the probabilities came to rest before the limit on iterations. */
    public boolean converged() {
        return converged;
    }
}
