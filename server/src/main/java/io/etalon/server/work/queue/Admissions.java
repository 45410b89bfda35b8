package io.etalon.server.work.queue;

import io.etalon.server.access.ClientCaller;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.work.engine.WorkQueue;
import io.etalon.server.work.gold.GoldSource;
import io.etalon.server.work.policy.Admission;
import io.etalon.server.work.policy.QueuePolicy;
import io.etalon.server.work.policy.Refusal;
import io.etalon.server.workforce.Profiles;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Whether the rules of a queue let somebody have a task of it. Thread-safe. */
@Component
public final class Admissions {
    private final Engines engines;
    private final Profiles profiles;
    private final Qualifications qualifications;
    private final ObjectProvider<GoldSource> gold;

    Admissions(Engines engines, Profiles profiles, Qualifications qualifications, ObjectProvider<GoldSource> gold) {
        this.engines = engines;
        this.profiles = profiles;
        this.qualifications = qualifications;
        this.gold = gold;
    }

    /**
     * The first rule that refuses this person a new task: qualification, caps, language, country, in this order. Without
     * rules it costs a look into memory.
     */
    public Optional<Refusal> refusal(ClientCaller caller, ProjectId project) {
        var client = caller.client().id();
        var engine = engines.of(client);
        var policy = engine.with(project, WorkQueue::policy);
        var audience = policy.audience();
        if (audience == null) {
            return policy.caps() == null
                    ? Optional.empty()
                    : Admission.cap(policy, engine.with(project, queue -> queue.taken(caller.person())));
        }
        return Admission.refusal(
                policy,
                person(client, caller.person(), project, audience),
                engine.with(project, queue -> queue.taken(caller.person())));
    }

    /** The rule on whom the work is for that refuses this person, however much he has taken. */
    public Optional<Refusal> unfit(ClientId client, PersonId person, ProjectId project) {
        var policy = engines.of(client).with(project, WorkQueue::policy);
        var audience = policy.audience();
        return audience == null ? Optional.empty() : Admission.unfit(policy, person(client, person, project, audience));
    }

    private Admission.Person person(
            ClientId client, PersonId person, ProjectId project, QueuePolicy.Audience audience) {
        var profile = profiles.of(client, person);
        var held = audience.qualifications().isEmpty() || sitsExam(client, project, person)
                ? Set.copyOf(audience.qualifications())
                : qualifications.of(client, person);
        return new Admission.Person(held, Set.copyOf(profile.languages()), profile.country());
    }

    /** Who sits the entry exam is given its tasks alone, and is to earn by them what other tasks ask for. */
    private boolean sitsExam(ClientId client, ProjectId project, PersonId person) {
        return gold.getIfAvailable(() -> GoldSource.NONE).exam(client, project, person) != null;
    }

    /** Why somebody whom {@link #refusal} does not refuse got nothing: the budget, or nothing is left. */
    public Refusal emptyHanded(ClientCaller caller, ProjectId project) {
        return engines.of(caller.client().id())
                .with(project, queue -> queue.refusal(caller.person(), caller.workforce()))
                .orElseGet(Refusal::nothingLeft);
    }
}
