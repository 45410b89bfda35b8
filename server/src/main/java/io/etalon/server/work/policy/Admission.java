package io.etalon.server.work.policy;

import io.etalon.server.base.Places;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a person may be given a task: qualification, caps, language, country, in this order. Pure. */
public final class Admission {
    private Admission() {}

    /**
     * What is known of who asks.
     *
     * @param country null when nobody has said it
     */
    public record Person(
            Set<String> qualifications,
            Set<String> languages,
            @Nullable String country) {}

    /**
     * What was taken.
     *
     * @param taken answers given and in work by this person
     * @param tasks of the project
     */
    public record Taken(long taken, long tasks) {}

    /** The first rule that refuses. */
    public static Optional<Refusal> refusal(QueuePolicy policy, Person person, Taken taken) {
        return qualification(policy, person)
                .or(() -> cap(policy, taken))
                .or(() -> language(policy, person))
                .or(() -> country(policy, person));
    }

    /** The first rule on whom the work is for that refuses. */
    public static Optional<Refusal> unfit(QueuePolicy policy, Person person) {
        return qualification(policy, person).or(() -> language(policy, person)).or(() -> country(policy, person));
    }

    /** The rule on how much one person may take. */
    public static Optional<Refusal> cap(QueuePolicy policy, Taken taken) {
        if (policy.caps() == null) {
            return Optional.empty();
        }
        var most = policy.caps().most(taken.tasks());
        return taken.taken() < most ? Optional.empty() : Optional.of(Refusal.cap(most));
    }

    private static Optional<Refusal> qualification(QueuePolicy policy, Person person) {
        if (policy.audience() == null) {
            return Optional.empty();
        }
        var missing = new TreeSet<>(policy.audience().qualifications());
        missing.removeAll(person.qualifications());
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Reason.QUALIFICATION,
                        "You lack a qualification that is asked for here: " + String.join(", ", missing) + "."));
    }

    private static Optional<Refusal> language(QueuePolicy policy, Person person) {
        if (policy.audience() == null || policy.audience().languages().isEmpty()) {
            return Optional.empty();
        }
        var wanted = policy.audience().languages();
        return wanted.stream().anyMatch(tag -> Places.speaks(person.languages(), tag))
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Reason.LANGUAGE,
                        "The work asks for one of these languages: " + String.join(", ", wanted)
                                + ". Your profile names the ones you speak."));
    }

    private static Optional<Refusal> country(QueuePolicy policy, Person person) {
        if (policy.audience() == null || policy.audience().countries().isEmpty()) {
            return Optional.empty();
        }
        var wanted = policy.audience().countries();
        return person.country() != null && wanted.contains(person.country())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        Refusal.Reason.COUNTRY,
                        "The work is for people in: " + String.join(", ", wanted)
                                + ". Your workforce's manager sets your country."));
    }
}
