package io.etalon.server.vendor;

import io.etalon.server.access.Grants;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.project.Project;
import io.etalon.server.project.ProjectState;
import io.etalon.server.project.Projects;
import io.etalon.server.qualification.Qualifications;
import io.etalon.server.vendor.score.Concentration;
import io.etalon.server.work.Crews;
import io.etalon.server.work.Output;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** How much of a client's work hangs on one vendor, and what would follow if it stopped tomorrow. Thread-safe. */
@Service
public final class Dependence {
    /** Days that tell how fast somebody works. */
    private static final int WINDOW = 28;

    private final Vendors vendors;
    private final Crews crews;
    private final Measures measures;
    private final Clock clock;
    private final Ground ground;

    /** What this stands on besides. */
    @org.springframework.stereotype.Component
    record Ground(
            Projects projects, Grants grants, Qualifications qualifications, Candidates candidates, Parties parties) {}

    Dependence(Vendors vendors, Crews crews, Measures measures, Clock clock, Ground ground) {
        this.vendors = vendors;
        this.crews = crews;
        this.measures = measures;
        this.clock = clock;
        this.ground = ground;
    }

    /**
     * Shares by vendor.
     *
     * @param client of all answers
     * @param projects of each data set's answers
     * @param skills of the people who hold each qualification
     */
    record Report(
            Map<UUID, String> names,
            Concentration client,
            TreeMap<UUID, Concentration> projects,
            TreeMap<String, Concentration> skills) {}

    Report concentration(ClientId client) {
        var owner = new HashMap<UUID, UUID>();
        var names = new HashMap<UUID, String>();
        for (var vendor : vendors.all(client)) {
            names.put(vendor.id(), vendor.name());
            vendor.workforces().forEach(one -> owner.put(one.id(), vendor.id()));
        }
        var all = new HashMap<String, Long>();
        var projects = new TreeMap<UUID, Concentration>();
        for (var project : ground.projects().all(client)) {
            var answers = new HashMap<String, Long>();
            measures.flows(client, project)
                    .forEach((workforce, flow) -> answers.merge(
                            owner.getOrDefault(workforce, workforce).toString(), flow.answers(), Long::sum));
            answers.forEach((vendor, count) -> all.merge(vendor, count, Long::sum));
            projects.put(project.id().value(), Concentration.of(answers));
        }
        return new Report(names, Concentration.of(all), projects, skills(client, owner));
    }

    private TreeMap<String, Concentration> skills(ClientId client, Map<UUID, UUID> owner) {
        var holders = new TreeMap<String, Map<String, Long>>();
        for (var member : ground.grants().members(client)) {
            var vendor = owner.get(member.workforce());
            if (vendor != null) {
                ground.qualifications()
                        .of(client, member.person().id())
                        .forEach(key -> holders.computeIfAbsent(key, skill -> new HashMap<>())
                                .merge(vendor.toString(), 1L, Long::sum));
            }
        }
        var skills = new TreeMap<String, Concentration>();
        holders.forEach((key, counts) -> skills.put(key, Concentration.of(counts)));
        return skills;
    }

    /**
     * What follows in one project if a vendor stops.
     *
     * @param waiting answers that are still to be given
     * @param perDay answers on a day, all together, over the last {@value #WINDOW} days on which anybody worked
     * @param othersPerDay of the others
     * @param daysNow in which all together do what waits; null where nobody works
     * @param daysAfter in which the others do it; null where they do not work
     * @param peopleShort how many more qualified people are needed to keep the pace, beyond those whom the others have idle
     * @param qualifiedOthers to whom of the others a task would be given
     * @param costDifference what the rest costs more with the others (or less); null where prices are not known, or not in one
     *     currency
     * @param currencies in which the work so far was paid
     */
    record ProjectLine(
            Project project,
            long waiting,
            double perDay,
            double othersPerDay,
            @Nullable Double daysNow,
            @Nullable Double daysAfter,
            int qualifiedOthers,
            int peopleShort,
            @Nullable Double costDifference,
            SortedSet<String> currencies) {}

    /**
     * What follows for a client.
     *
     * @param readiness the share of the pace that is kept, over projects by what waits there; 1 where the vendor is not needed
     */
    record WhatIf(double readiness, List<ProjectLine> projects) {}

    WhatIf stopped(ClientId client, Vendor vendor) {
        var lines = new ArrayList<ProjectLine>();
        var kept = 0.0;
        var waiting = 0L;
        for (var project : ground.projects().all(client)) {
            if (project.state() == ProjectState.ACTIVE
                    && project.workforces().stream().anyMatch(vendor::has)) {
                var line = line(client, project, vendor);
                lines.add(line);
                kept += line.waiting() * (line.perDay() > 0 ? line.othersPerDay() / line.perDay() : 0);
                waiting += line.waiting();
            }
        }
        return new WhatIf(waiting == 0 ? 1 : kept / waiting, lines);
    }

    /** One side's pace. */
    private record Pace(long answers, Set<PersonId> people) {}

    private ProjectLine line(ClientId client, Project project, Vendor vendor) {
        var register = ground.parties().register(client);
        var from = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(WINDOW);
        var recent = crews.outputs(client, project.id()).stream()
                .filter(output -> output.day().isAfter(from))
                .toList();
        var days = Math.max(1, recent.stream().map(Output::day).distinct().count());
        var theirs = pace(recent, register, vendor, true);
        var others = pace(recent, register, vendor, false);
        var portions = crews.portions(client, project.id());
        var waiting = portions.waiting() + portions.inWork();
        var othersPerDay = (double) others.answers() / days;
        var perDay = othersPerDay + (double) theirs.answers() / days;
        var able = ground.candidates().able(client, project, vendor);
        var flows = measures.flows(client, project);
        var currencies = new TreeSet<String>();
        flows.values().forEach(flow -> currencies.addAll(flow.spent().keySet()));
        // Amounts of two currencies are neither added up nor compared: that is a matter of rates, which nobody gave.
        var currency = currencies.size() == 1 ? currencies.first() : "";
        var now = each(flows, vendor, null, currency);
        var after = each(flows, vendor, false, currency);
        return new ProjectLine(
                project,
                waiting,
                perDay,
                othersPerDay,
                perDay > 0 ? waiting / perDay : null,
                othersPerDay > 0 ? waiting / othersPerDay : null,
                able,
                missing(theirs, others, able),
                now == null || after == null ? null : waiting * (after - now),
                currencies);
    }

    private static Pace pace(List<Output> recent, Parties.Register register, Vendor vendor, boolean theirs) {
        var people = new HashSet<PersonId>();
        var answers = 0L;
        for (var output : recent) {
            if (vendor.has(register.now(output.person())) == theirs) {
                people.add(output.person());
                answers += output.answers();
            }
        }
        return new Pace(answers, people);
    }

    /** People to be found, if a new one works as fast as one of the others, or where nobody works, as one of the vendor's. */
    private static int missing(Pace theirs, Pace others, int able) {
        if (theirs.answers() == 0) {
            return 0;
        }
        var known = others.answers() > 0 ? others : theirs;
        var each = (double) known.answers() / known.people().size();
        var needed = (int) Math.ceil(theirs.answers() / each - 1e-9);
        return Math.max(0, needed - Math.max(0, able - others.people().size()));
    }

    /** The mean price of an answer in a currency, of all or of the others. */
    private static @Nullable Double each(
            Map<UUID, Measures.Flow> flows, Vendor vendor, @Nullable Boolean theirs, String currency) {
        var all = new Measures.Spent(BigDecimal.ZERO, 0);
        for (var flow : flows.entrySet()) {
            var spent = flow.getValue().spent().get(currency);
            if (spent != null && (theirs == null || vendor.has(flow.getKey()) == theirs)) {
                all = all.plus(spent);
            }
        }
        return all.answers() == 0 ? null : all.each();
    }
}
