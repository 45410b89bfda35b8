package io.etalon.server.wall;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What goes in and out at the addresses of walls. */
final class WallBodies {
    private WallBodies() {}

    /**
     * A rule as a client sets it.
     *
     * @param kind {@code owner}, {@code rival}, {@code country}, {@code licence} or {@code two_persons}
     * @param inForce absent for in force
     */
    record WallBody(
            @Nullable String kind,
            @Nullable List<@Nullable UUID> competitors,
            @Nullable BigDecimal percent,
            @Nullable Integer days,
            @Nullable List<@Nullable String> countries,
            @Nullable List<@Nullable String> qualifications,
            @Nullable Boolean inForce) {
        Terms terms(String at) {
            return new RuleBody(kind, competitors, percent, days, countries, qualifications).terms(at);
        }

        boolean isInForce() {
            return inForce == null || inForce;
        }
    }

    /**
     * @param names of the competitors, in their order; absent where a rule names none
     * @param sentence what the rule says, in English
     * @param sha256 of what stands in the table now; the log's entry of this version bears the one that was set
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WallView(
            UUID id,
            int version,
            String kind,
            @Nullable List<@Nullable UUID> competitors,
            @Nullable List<String> names,
            @Nullable BigDecimal percent,
            @Nullable Integer days,
            @Nullable List<@Nullable String> countries,
            @Nullable List<@Nullable String> qualifications,
            boolean inForce,
            String sentence,
            String sha256,
            UUID setBy,
            Instant setAt) {
        static WallView of(WallRule rule, Map<UUID, String> names) {
            var terms = RuleBody.of(rule.terms());
            return new WallView(
                    rule.id(),
                    rule.version(),
                    rule.terms().kind(),
                    terms.competitors(),
                    named(terms.competitors(), names),
                    terms.percent(),
                    terms.days(),
                    terms.countries(),
                    terms.qualifications(),
                    rule.inForce(),
                    Sentences.of(rule.terms(), names),
                    RuleDigest.of(rule),
                    rule.setBy(),
                    rule.setAt());
        }
    }

    private static @Nullable List<String> named(@Nullable List<@Nullable UUID> competitors, Map<UUID, String> names) {
        return competitors == null
                ? null
                : competitors.stream()
                        .map(id -> names.getOrDefault(id, String.valueOf(id)))
                        .toList();
    }

    record WallVersions(List<WallView> items) {}

    /**
     * That a wall closed or opened.
     *
     * @param subject the workforce or the person, by {@code kind}
     * @param people how many it shut out
     * @param leases how many open leases were fenced; absent while that goes on
     * @param returns how many returned answers went to others
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ClosingView(
            long id,
            Instant at,
            UUID subject,
            String kind,
            UUID rule,
            int version,
            boolean opened,
            int people,
            @Nullable Integer leases,
            @Nullable Integer returns,
            @Nullable Instant fencedAt) {
        static ClosingView of(ClosingStore.Closing closing) {
            return new ClosingView(
                    closing.id(),
                    closing.at(),
                    closing.subject(),
                    closing.kind(),
                    closing.rule(),
                    closing.version(),
                    closing.opened(),
                    closing.people(),
                    closing.leases(),
                    closing.returns(),
                    closing.fencedAt());
        }
    }

    /** A stake that is only supposed. */
    record Supposed(
            @Nullable UUID owner,
            @Nullable UUID held,
            @Nullable BigDecimal percent,
            @Nullable Boolean voting) {}

    /** What is supposed: rules in force besides those that are, and a stake. */
    record WhatIfBody(
            @Nullable List<@Nullable WallBody> rules,
            @Nullable Supposed stake) {}

    /** Who would be stopped: a workforce or a person, by {@code kind}. */
    record StoppedView(UUID subject, String kind, int people) {}

    /** @param remaining workforces of the project that are not stopped; all the project's, when none is */
    record ProjectLoad(UUID project, String name, int openLeases, long waiting, int workforces, int remaining) {}

    record WhatIfView(List<StoppedView> stopped, int people, int openLeases, List<ProjectLoad> projects) {}

    record NamedOrganisation(UUID id, String name) {}

    record OrganisationsFound(List<NamedOrganisation> items) {}

    /** A vendor's workforce of this client. */
    record VendorTeam(UUID workforce, String name, UUID organisation) {}

    /**
     * Who holds how much of a vendor, directly or through others.
     *
     * @param controls whether the owner and what it controls hold more than half of the votes
     */
    record HoldingView(UUID owner, UUID vendor, BigDecimal percent, boolean controls) {}
}
