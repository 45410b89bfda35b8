package io.etalon.server.vendor;

import io.etalon.quality.Estimate;
import io.etalon.quality.Interval;
import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.base.ProjectId;
import io.etalon.server.project.Projects;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** A project's workforces, measured on the same work. */
@RestController
@RequestMapping("/api/v1/clients/{client}/projects/{project}/vendors")
@Tag(name = "Vendors")
final class MeasureController {
    private final Measures measures;
    private final Vendors vendors;
    private final Projects projects;

    MeasureController(Measures measures, Vendors vendors, Projects projects) {
        this.measures = measures;
        this.vendors = vendors;
        this.projects = projects;
    }

    /** Each workforce with intervals, and the differences of every two; a manager sees his own workforce alone. */
    @GetMapping
    @Allow({Role.REQUESTER, Role.QUALITY_LEAD, Role.AUDITOR, Role.WORKFORCE_MANAGER})
    VendorBodies.MeasuresView measures(ClientCaller caller, @PathVariable ProjectId project) {
        var client = caller.client().id();
        var report = measures.report(client, projects.get(client, project));
        var all = Vendors.seesAll(caller);
        var lines = new ArrayList<VendorBodies.WorkforceLine>();
        for (var vendor : vendors.all(client)) {
            for (var workforce : vendor.workforces()) {
                var known = new TreeSet<UUID>(report.flows().keySet());
                known.addAll(report.scores().workforces().keySet());
                if (known.contains(workforce.id()) && (all || workforce.id().equals(caller.workforce()))) {
                    lines.add(line(report, vendor, workforce.id(), workforce.name()));
                }
            }
        }
        var together = measures.parties(client, projects.get(client, project));
        return new VendorBodies.MeasuresView(
                lines,
                all ? differences(report) : List.of(),
                all ? together(together, vendors.all(client)) : List.of(),
                all ? differences(together) : List.of(),
                report.findings().method(),
                report.findings().calibrated());
    }

    private static List<VendorBodies.WorkforceLine> together(Measures.Report report, List<Vendor> vendors) {
        return vendors.stream()
                .filter(vendor -> report.flows().containsKey(vendor.id())
                        || report.scores().workforces().containsKey(vendor.id()))
                .map(vendor -> line(report, vendor, vendor.id(), vendor.name()))
                .toList();
    }

    private static List<VendorBodies.DifferenceLine> differences(Measures.Report report) {
        return report.scores().differences().stream()
                .map(difference -> VendorBodies.DifferenceLine.of(report, difference))
                .toList();
    }

    private static VendorBodies.WorkforceLine line(Measures.Report report, Vendor vendor, UUID id, String name) {
        var score = Optional.ofNullable(report.scores().workforces().get(id));
        var flow = Optional.ofNullable(report.flows().get(id)).orElse(Measures.Flow.NONE);
        var accuracy = score.flatMap(one -> one.accuracy());
        var spent = flow.only();
        return new VendorBodies.WorkforceLine(
                id,
                name,
                vendor.id(),
                Math.max(flow.people(), score.map(one -> one.people()).orElse(0)),
                flow.answers(),
                flow.revisions(),
                score.map(one -> one.answers()).orElse(0),
                VendorBodies.Measure.of(accuracy),
                VendorBodies.Measure.of(Optional.ofNullable(report.agreement().get(id))),
                VendorBodies.Measure.of(score.flatMap(one -> one.drift())),
                VendorBodies.Measure.of(flow.rework()),
                flow.perHour(),
                flow.mean(flow.heldSeconds()),
                flow.mean(flow.waitedSeconds()),
                VendorBodies.Measure.of(flow.pace()),
                VendorBodies.Measure.of(flow.held()),
                VendorBodies.Measure.of(flow.waited()),
                spent.map(one -> one.cost().toPlainString()).orElse(null),
                spent.map(one -> flow.currency()).orElse(null),
                Drains.amounts(flow.spent()),
                flow.each(flow.currency())
                        .map(each -> perCorrect(each, accuracy))
                        .orElse(null));
    }

    /** The price is known; what is not known is how many are right. */
    private static VendorBodies.@Nullable Measure perCorrect(double each, Optional<Estimate> accuracy) {
        return accuracy.filter(known -> known.interval().low() > 0)
                .map(known -> VendorBodies.Measure.of(new Estimate(
                        each / known.value(),
                        new Interval(
                                each / known.interval().high(),
                                each / known.interval().low()),
                        known.units(),
                        known.undefined())))
                .orElse(null);
    }
}
