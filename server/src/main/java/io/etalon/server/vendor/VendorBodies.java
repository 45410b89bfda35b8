package io.etalon.server.vendor;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.etalon.quality.Estimate;
import io.etalon.server.vendor.score.Concentration;
import io.etalon.server.vendor.score.DryRun;
import io.etalon.server.vendor.score.RoutingPolicy;
import io.etalon.server.vendor.score.Scores;
import io.etalon.server.work.engine.WorkQueue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the addresses of vendors take and give. */
final class VendorBodies {
    private VendorBodies() {}

    /** @param drained whether it may take nothing any more */
    @Schema(name = "VendorWorkforce")
    record Team(UUID id, String name, int people, boolean drained) {}

    /**
     * A vendor, or an in-house team.
     *
     * @param contract the newest version; absent when there is none, or it is not the caller's business
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Vendor")
    record VendorView(
            UUID id,
            String name,
            String kind,
            @Nullable String country,
            List<Team> workforces,
            @Nullable ContractView contract) {}

    /** @param version to send as If-Match */
    @Schema(name = "VendorContract")
    record ContractView(int version, Contract contract, Instant setAt) {
        static ContractView of(Vendors.Agreed agreed) {
            return new ContractView(agreed.version(), agreed.contract(), agreed.at());
        }
    }

    /** @param reason for the log and the report, 1 to 500 characters */
    @Schema(name = "DrainRequest")
    record DrainRequest(@Nullable String reason) {}

    /** A number with its 95 % interval, over so many people. */
    @Schema(name = "VendorEstimate")
    record Measure(double value, double low, double high, int people) {
        static @Nullable Measure of(Optional<Estimate> estimate) {
            return estimate.map(Measure::of).orElse(null);
        }

        static Measure of(Estimate estimate) {
            return new Measure(
                    estimate.value(),
                    estimate.interval().low(),
                    estimate.interval().high(),
                    estimate.units());
        }
    }

    /**
     * What one workforce's work is worth.
     *
     * @param accuracy share of right answers; absent where nothing tells
     * @param agreement with people of other workforces on the same tasks
     * @param drift accuracy of the later half minus the earlier half
     * @param rework share of the decided answers that were mended, sent back or rejected
     * @param answersPerHour of active work
     * @param pace the same with its interval; absent of fewer than two people, as the next two are
     * @param held seconds from lease to answer, with the interval
     * @param waited seconds from planning to answer, with the interval
     * @param secondsHeld from lease to answer, on average
     * @param secondsWaited from planning to answer, on average
     * @param cost of all answers; absent without a contract, and where it is in several currencies
     * @param costs of all answers by currency
     * @param costPerCorrect of one right answer, with its interval; absent without a contract or an accuracy
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkforceMeasures")
    record WorkforceLine(
            UUID workforce,
            String name,
            UUID vendor,
            int people,
            long answers,
            long revisions,
            int judged,
            @Nullable Measure accuracy,
            @Nullable Measure agreement,
            @Nullable Measure drift,
            @Nullable Measure rework,
            double answersPerHour,
            double secondsHeld,
            double secondsWaited,
            @Nullable Measure pace,
            @Nullable Measure held,
            @Nullable Measure waited,
            @Nullable String cost,
            @Nullable String currency,
            SortedMap<String, String> costs,
            @Nullable Measure costPerCorrect) {}

    /**
     * Two workforces on the same tasks.
     *
     * @param sharedTasks that both answered
     * @param accuracy of the one minus the other, with its interval; absent where too little is shared
     * @param tells whether the interval leaves out zero
     * @param costPerCorrect what a right answer costs more with the one, on these tasks; absent where prices are not in one currency
     * @param currency of that
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "WorkforceDifference")
    record DifferenceLine(
            UUID one,
            UUID other,
            int sharedTasks,
            @Nullable Measure accuracy,
            boolean tells,
            @Nullable Measure costPerCorrect,
            @Nullable String currency) {
        static DifferenceLine of(Measures.Report report, Scores.Difference difference) {
            var costs = Measure.of(report.costs(difference));
            var flow = report.flows().get(difference.one());
            return new DifferenceLine(
                    difference.one(),
                    difference.other(),
                    difference.shared(),
                    Measure.of(difference.accuracy()),
                    difference.tells(),
                    costs,
                    costs == null || flow == null ? null : flow.currency());
        }
    }

    /**
     * A project's workforces, in the order of their ids: there is no ranking, but differences with intervals.
     *
     * @param vendors all workforces of a vendor taken together, under the vendor's id; of who sees all of them
     * @param vendorDifferences the same between vendors
     * @param method how it is known what is right
     * @param calibrated whether known answers stood behind the probabilities
     */
    @Schema(name = "WorkforceReport")
    record MeasuresView(
            List<WorkforceLine> workforces,
            List<DifferenceLine> differences,
            List<WorkforceLine> vendors,
            List<DifferenceLine> vendorDifferences,
            String method,
            boolean calibrated) {}

    /**
     * How far a workforce is.
     *
     * @param part its share of what waits
     * @param quota answers that it may give under this decision, taken ones included
     * @param refused claims that were refused since for want of quota
     */
    @Schema(name = "RoutingPortion")
    record PortionLine(UUID workforce, double part, long quota, long taken, long refused) {}

    /**
     * How a project's work is divided.
     *
     * @param version to send as If-Match; 0 when no policy was ever set
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Routing")
    record RoutingView(
            int version,
            @Nullable RoutingPolicy policy,
            @Nullable Instant setAt,
            @Nullable DecisionView decision,
            long waiting,
            long inWork,
            List<PortionLine> portions) {
        static List<PortionLine> lines(WorkQueue.Portions portions) {
            return portions.workforces().entrySet().stream()
                    .map(one -> new PortionLine(
                            one.getKey(),
                            one.getValue().part(),
                            one.getValue().quota(),
                            one.getValue().taken(),
                            one.getValue().refused()))
                    .toList();
        }
    }

    /**
     * A shift of shares with its reasons.
     *
     * @param cause what made it be taken: {@code policy}, {@code due}, {@code asked}, {@code drain} and others
     * @param by who asked for it; absent when it came by itself
     * @param waiting answers that were divided
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RoutingDecision")
    record DecisionView(
            long id,
            int policy,
            SortedMap<UUID, Double> parts,
            List<String> reasons,
            String cause,
            long waiting,
            @Nullable UUID by,
            Instant at) {
        static DecisionView of(Routings.Decision decision) {
            return new DecisionView(
                    decision.id(),
                    decision.policy(),
                    decision.parts(),
                    decision.reasons(),
                    decision.cause(),
                    decision.waiting(),
                    decision.by(),
                    decision.at());
        }
    }

    /** @param decision absent when the shares stay as they are */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RoutingReconsidered")
    record Reconsidered(boolean shifted, @Nullable DecisionView decision) {}

    /**
     * A policy to try on the past.
     *
     * @param steps into which the past is cut, 1 to 100; 10 without
     */
    @Schema(name = "RoutingPreviewRequest")
    record PreviewRequest(
            @Nullable RoutingPolicy policy, @Nullable Integer steps) {}

    @Schema(name = "RoutingPreviewOutcome")
    record OutcomeView(double answers, double cost, double correct, double costPerCorrect) {
        static OutcomeView of(DryRun.Outcome outcome) {
            return new OutcomeView(outcome.answers(), outcome.cost(), outcome.correct(), outcome.costPerCorrect());
        }
    }

    /** @param happened the share that each workforce really had */
    @Schema(name = "RoutingPreviewStep")
    record StepView(
            Instant at,
            int answers,
            SortedMap<UUID, Double> shares,
            SortedMap<UUID, Double> happened,
            List<String> reasons) {}

    /** What was done, and what the policy would have done with the same answers. */
    @Schema(name = "RoutingPreview")
    record PreviewView(OutcomeView happened, OutcomeView wouldHave, List<StepView> steps) {
        static PreviewView of(DryRun run) {
            return new PreviewView(
                    OutcomeView.of(run.before()),
                    OutcomeView.of(run.after()),
                    run.steps().stream()
                            .map(step -> new StepView(
                                    step.at(), step.answers(), step.shares(), step.happened(), step.reasons()))
                            .toList());
        }
    }

    /**
     * How much hangs on few.
     *
     * @param shares by vendor, adding up to 1
     * @param index Herfindahl and Hirschman's, 0 to 1
     * @param effective how many equal vendors would have this index
     */
    @Schema(name = "VendorShares")
    record SharesView(SortedMap<UUID, Double> shares, double index, double effective) {
        static SharesView of(Concentration concentration) {
            var shares = new TreeMap<UUID, Double>();
            concentration.shares().forEach((vendor, share) -> shares.put(UUID.fromString(vendor), share));
            return new SharesView(shares, concentration.index(), concentration.effective());
        }
    }

    /** Of all answers, of each project's, and of those who hold each qualification. */
    @Schema(name = "VendorConcentration")
    record ConcentrationView(
            Map<UUID, String> names,
            SharesView client,
            SortedMap<UUID, SharesView> projects,
            SortedMap<String, SharesView> skills) {
        static ConcentrationView of(Dependence.Report report) {
            var projects = new TreeMap<UUID, SharesView>();
            report.projects().forEach((project, one) -> projects.put(project, SharesView.of(one)));
            var skills = new TreeMap<String, SharesView>();
            report.skills().forEach((skill, one) -> skills.put(skill, SharesView.of(one)));
            return new ConcentrationView(
                    new TreeMap<>(report.names()), SharesView.of(report.client()), projects, skills);
        }
    }

    /**
     * One project if a vendor stops tomorrow.
     *
     * @param daysNow in which all together do what waits; absent where nobody works
     * @param daysAfter in which the others do it; absent where they do not work
     * @param peopleShort how many more qualified people are needed to keep the pace
     * @param qualifiedOthers people of others to whom all that is asked before a lease would give a task
     * @param costDifference what the rest costs more with the others; absent where prices are not known or not in one currency
     * @param currency of the difference; empty where there is none
     * @param currencies in which the work so far was paid; amounts of several are not compared
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "VendorStopProject")
    record StopLine(
            UUID project,
            String name,
            long waiting,
            double perDay,
            double othersPerDay,
            @Nullable Double daysNow,
            @Nullable Double daysAfter,
            int qualifiedOthers,
            int peopleShort,
            @Nullable Double costDifference,
            String currency,
            SortedSet<String> currencies) {
        static StopLine of(Dependence.ProjectLine line) {
            return new StopLine(
                    line.project().id().value(),
                    line.project().name(),
                    line.waiting(),
                    line.perDay(),
                    line.othersPerDay(),
                    line.daysNow(),
                    line.daysAfter(),
                    line.qualifiedOthers(),
                    line.peopleShort(),
                    line.costDifference(),
                    line.currencies().size() == 1 ? line.currencies().first() : "",
                    line.currencies());
        }
    }

    /**
     * What was promised beside what was measured.
     *
     * @param name {@code turn_round_hours} (at most, on average) or {@code acceptance} (at least)
     * @param measured absent where nothing was
     * @param broken whether what was measured misses the promise; {@code sure} whether its whole interval does
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "VendorServiceLevel")
    record LevelLine(String name, double promised, @Nullable Measure measured, boolean broken, boolean sure) {
        static LevelLine of(ServiceRecord.Level level) {
            var sure = level.broken()
                    && level.measured()
                            .filter(one -> !one.interval().contains(level.promised()))
                            .isPresent();
            return new LevelLine(level.name(), level.promised(), Measure.of(level.measured()), level.broken(), sure);
        }
    }

    /** @param readiness the share of the pace that is kept, 0 to 1, over projects by what waits there */
    @Schema(name = "VendorStop")
    record StopView(double readiness, List<StopLine> projects) {}

    /** How one client was left, for the operator: counts alone. */
    @Schema(name = "VendorDrainedAtClient")
    record DrainedView(String client, int workforces, int people, int leasesEnded) {}
}
