package io.etalon.server.vendor;

import io.etalon.quality.Estimate;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.ProjectId;
import io.etalon.server.gold.GoldTruths;
import io.etalon.server.project.Project;
import io.etalon.server.quality.Qualities;
import io.etalon.server.vendor.score.Clustered;
import io.etalon.server.vendor.score.Scores;
import io.etalon.server.work.Crews;
import io.etalon.server.work.Output;
import io.etalon.server.work.Tasks;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.stereotype.Service;

/** Workforces measured on the same work. What was computed serves until the work moves on. Thread-safe. */
@Service
public final class Measures {
    private final Qualities qualities;
    private final GoldTruths gold;
    private final Parties parties;
    private final Tasks work;
    private final Crews crews;
    private final Vendors vendors;
    private final ConcurrentMap<Place, Computed> computed = new ConcurrentHashMap<>();

    Measures(Qualities qualities, GoldTruths gold, Parties parties, Tasks work, Crews crews, Vendors vendors) {
        this.qualities = qualities;
        this.gold = gold;
        this.parties = parties;
        this.work = work;
        this.crews = crews;
        this.vendors = vendors;
    }

    private record Place(ClientId client, ProjectId project) {}

    /**
     * What serves until the work moves on.
     *
     * @param parties the findings with each workforce's party in its place
     */
    private record Computed(
            long version, int marks, Findings findings, Scores scores, Findings parties, Scores partyScores) {}

    /**
     * What a workforce did in a project.
     *
     * @param people who handed something in
     * @param days on which anybody did
     * @param rework share of the decided answers that were mended, sent back or rejected
     * @param pace answers in an hour of active work
     * @param held seconds from lease to answer
     * @param waited seconds from planning to answer; all three resample people and need two of them
     * @param spent at the contracts of those days, by currency; sums of two currencies are not added up
     */
    record Flow(
            int people,
            int days,
            long answers,
            long revisions,
            long decided,
            long activeSeconds,
            long heldSeconds,
            long waitedSeconds,
            Optional<Estimate> rework,
            Optional<Estimate> pace,
            Optional<Estimate> held,
            Optional<Estimate> waited,
            SortedMap<String, Spent> spent) {
        /** Of who has done nothing. */
        static final Flow NONE = new Sum().flow();

        /** Answers in an hour of active work. */
        double perHour() {
            return activeSeconds == 0 ? 0 : 3_600.0 * answers / activeSeconds;
        }

        /** What was spent, where it was in one currency alone. */
        Optional<Spent> only() {
            return spent.size() == 1 ? Optional.of(spent.firstEntry().getValue()) : Optional.empty();
        }

        /** The currency of all that was spent; empty where there is none, or several. */
        String currency() {
            return spent.size() == 1 ? spent.firstKey() : "";
        }

        /** What one answer costs in a currency; nothing where none was paid in it. */
        Optional<Double> each(String in) {
            return Optional.ofNullable(spent.get(in))
                    .filter(one -> one.answers() > 0)
                    .map(Spent::each);
        }

        double mean(long seconds) {
            return answers == 0 ? 0 : (double) seconds / answers;
        }
    }

    /** What was paid in one currency, for so many answers. */
    record Spent(BigDecimal cost, long answers) {
        double each() {
            return cost.doubleValue() / answers;
        }

        Spent plus(Spent other) {
            return new Spent(cost.add(other.cost), answers + other.answers);
        }
    }

    /** All of a project's workforces, or of the parties behind them. */
    record Report(Findings findings, Scores scores, SortedMap<UUID, Estimate> agreement, SortedMap<UUID, Flow> flows) {
        /** By how much a right answer costs more with the one; empty where it is not paid in one currency. */
        Optional<Estimate> costs(Scores.Difference between) {
            var one = flows.getOrDefault(between.one(), Flow.NONE);
            var other = flows.getOrDefault(between.other(), Flow.NONE);
            var currency = one.currency();
            if (currency.isEmpty() || !currency.equals(other.currency())) {
                return Optional.empty();
            }
            var prices = new TreeMap<UUID, Double>();
            one.each(currency).ifPresent(price -> prices.put(between.one(), price));
            other.each(currency).ifPresent(price -> prices.put(between.other(), price));
            return Scores.costs(findings.observations(), between, prices);
        }
    }

    /** What is known of each answer's being right. */
    Findings findings(ClientId client, ProjectId project) {
        return computed(client, project).findings();
    }

    Scores scores(ClientId client, ProjectId project) {
        return computed(client, project).scores();
    }

    private Computed computed(ClientId client, ProjectId project) {
        // Before the answers: what comes in between is newer than the version says.
        var version = work.version(client, project);
        var marks = gold.marks(client, project);
        return computed.compute(new Place(client, project), (place, old) -> {
            if (old != null && old.version() == version && old.marks() == marks.size()) {
                return old;
            }
            var findings = Findings.of(
                    qualities.evidence(client, project), gold.known(client, project), marks, parties.register(client));
            var owners = owners(client);
            var same = owners.entrySet().stream().allMatch(one -> one.getKey().equals(one.getValue()));
            var scores = Scores.of(findings.observations());
            var byParty = same ? findings : findings.by(owners);
            return new Computed(
                    version,
                    marks.size(),
                    findings,
                    scores,
                    byParty,
                    same ? scores : Scores.of(byParty.observations()));
        });
    }

    Report report(ClientId client, Project project) {
        var now = computed(client, project.id());
        return new Report(
                now.findings(), now.scores(), Scores.agreement(now.findings().votes()), flows(client, project));
    }

    /** The same with all workforces of a vendor taken together. */
    Report parties(ClientId client, Project project) {
        var now = computed(client, project.id());
        return new Report(
                now.parties(),
                now.partyScores(),
                Scores.agreement(now.parties().votes()),
                flows(client, project, owners(client)));
    }

    /** The party behind each workforce. */
    private Map<UUID, UUID> owners(ClientId client) {
        var owners = new TreeMap<UUID, UUID>();
        vendors.all(client).forEach(vendor -> vendor.workforces().forEach(one -> owners.put(one.id(), vendor.id())));
        return owners;
    }

    /** What each workforce did in a project, with its cost. */
    SortedMap<UUID, Flow> flows(ClientId client, Project project) {
        return flows(client, project, Map.of());
    }

    private SortedMap<UUID, Flow> flows(ClientId client, Project project, Map<UUID, UUID> group) {
        var register = parties.register(client);
        var contracts = vendors.contracts(client);
        var owner = owners(client);
        var byWorkforce = new TreeMap<UUID, Sum>();
        for (var output : crews.outputs(client, project.id())) {
            var workforce = register.at(
                    output.person(),
                    output.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
            if (workforce != null) {
                byWorkforce
                        .computeIfAbsent(group.getOrDefault(workforce, workforce), id -> new Sum())
                        .add(output, project.template(), contracts, owner.getOrDefault(workforce, workforce));
            }
        }
        var flows = new TreeMap<UUID, Flow>();
        byWorkforce.forEach((workforce, sum) -> flows.put(workforce, sum.flow()));
        return flows;
    }

    private static final class Sum {
        private final HashSet<LocalDate> days = new HashSet<>();
        private final Map<PersonId, Clustered.Part> reworked = new java.util.HashMap<>();
        private final Map<PersonId, Clustered.Part> paces = new java.util.HashMap<>();
        private final Map<PersonId, Clustered.Part> holds = new java.util.HashMap<>();
        private final Map<PersonId, Clustered.Part> waits = new java.util.HashMap<>();
        private final HashSet<PersonId> people = new HashSet<>();
        private Output all = new Output(new PersonId(new UUID(0, 0)), LocalDate.EPOCH, 0, 0, 0, 0, 0, 0, 0, 0, 0);
        private final TreeMap<String, Spent> spent = new TreeMap<>();

        void add(Output more, String taskType, List<Vendors.Agreed> contracts, UUID party) {
            days.add(more.day());
            people.add(more.person());
            all = new Output(
                    all.person(),
                    all.day(),
                    all.answers() + more.answers(),
                    all.revisions() + more.revisions(),
                    all.items() + more.items(),
                    all.activeSeconds() + more.activeSeconds(),
                    all.heldSeconds() + more.heldSeconds(),
                    all.waitedSeconds() + more.waitedSeconds(),
                    all.decided() + more.decided(),
                    all.fixed() + more.fixed(),
                    all.refused() + more.refused());
            paces.merge(
                    more.person(),
                    new Clustered.Part(more.answers(), more.activeSeconds() / 3_600.0),
                    Clustered.Part::plus);
            holds.merge(more.person(), new Clustered.Part(more.heldSeconds(), more.answers()), Clustered.Part::plus);
            waits.merge(more.person(), new Clustered.Part(more.waitedSeconds(), more.answers()), Clustered.Part::plus);
            if (more.decided() > 0) {
                reworked.merge(
                        more.person(),
                        new Clustered.Part((double) more.fixed() + more.refused(), more.decided()),
                        Clustered.Part::plus);
            }
            Vendors.inForce(contracts, party, more.day()).ifPresent(contract -> {
                spent.merge(
                        String.valueOf(contract.currency()),
                        new Spent(contract.cost(taskType, more), more.answers()),
                        Spent::plus);
            });
        }

        Flow flow() {
            return new Flow(
                    people.size(),
                    days.size(),
                    all.answers(),
                    all.revisions(),
                    all.decided(),
                    all.activeSeconds(),
                    all.heldSeconds(),
                    all.waitedSeconds(),
                    Clustered.share(reworked.values()),
                    Clustered.mean(paces.values()),
                    Clustered.mean(holds.values()),
                    Clustered.mean(waits.values()),
                    spent);
        }
    }
}
