package io.etalon.server.vendor;

import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.project.Projects;
import io.etalon.server.vendor.score.Clustered;
import io.etalon.server.work.Crews;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a vendor promised in the contract in force beside what was measured over the last days. Thread-safe. */
@Component
final class ServiceRecord {
    /** Days that count, today's included. */
    static final int WINDOW = 28;

    private static final double HOUR = 3_600;

    private final Vendors vendors;
    private final Parties parties;
    private final Projects projects;
    private final Crews crews;
    private final Clock clock;

    ServiceRecord(Vendors vendors, Parties parties, Projects projects, Crews crews, Clock clock) {
        this.vendors = vendors;
        this.parties = parties;
        this.projects = projects;
        this.crews = crews;
        this.clock = clock;
    }

    /**
     * One promise.
     *
     * @param name {@code turn_round_hours}: from planning to answer, at most, on average; {@code acceptance}: the share of
     *     reviewed answers that need no mending, at least
     * @param measured resampled by person; empty where nothing was measured
     * @param broken whether what was measured misses what was promised
     */
    record Level(String name, double promised, Optional<Estimate> measured, boolean broken) {}

    /** In a fixed order; empty where no contract in force promises anything. */
    List<Level> of(ClientId client, Vendor vendor) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var contract = Vendors.inForce(vendors.contracts(client), vendor.id(), today);
        var levels = new ArrayList<Level>();
        var promised = contract.isEmpty() ? null : contract.get().serviceLevels();
        if (promised == null) {
            return levels;
        }
        var waits = new HashMap<PersonId, Clustered.Part>();
        var accepted = new HashMap<PersonId, Clustered.Part>();
        gather(client, vendor, today.minusDays(WINDOW), waits, accepted);
        if (promised.turnRoundHours() != null) {
            double most = promised.turnRoundHours();
            var measured = mean(waits);
            levels.add(new Level(
                    "turn_round_hours",
                    most,
                    measured,
                    measured.filter(one -> one.value() > most).isPresent()));
        }
        if (promised.acceptance() != null) {
            double least = promised.acceptance();
            var measured = Clustered.share(accepted.values());
            levels.add(new Level(
                    "acceptance",
                    least,
                    measured,
                    measured.filter(one -> one.value() < least).isPresent()));
        }
        return levels;
    }

    private void gather(
            ClientId client,
            Vendor vendor,
            LocalDate after,
            Map<PersonId, Clustered.Part> waits,
            Map<PersonId, Clustered.Part> accepted) {
        var register = parties.register(client);
        for (var project : projects.all(client)) {
            for (var output : crews.outputs(client, project.id())) {
                var by = register.at(
                        output.person(),
                        output.day().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
                if (vendor.has(by) && output.day().isAfter(after)) {
                    if (output.answers() > 0) {
                        var hours = new Clustered.Part(output.waitedSeconds() / HOUR, output.answers());
                        waits.merge(output.person(), hours, Clustered.Part::plus);
                    }
                    if (output.decided() > 0) {
                        var good = output.decided() - output.fixed() - output.refused();
                        accepted.merge(
                                output.person(), new Clustered.Part(good, output.decided()), Clustered.Part::plus);
                    }
                }
            }
        }
    }

    /** Of one person the mean alone is known, without a spread. */
    private static Optional<Estimate> mean(Map<PersonId, Clustered.Part> people) {
        if (people.size() == 1) {
            var only = people.values().iterator().next();
            var value = only.sum() / only.count();
            return Optional.of(new Estimate(value, new Interval(value, value), 1, 0));
        }
        return Clustered.mean(people.values());
    }
}
