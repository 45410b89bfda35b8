package io.etalon.server.exit;

import io.etalon.server.access.Allow;
import io.etalon.server.access.ClientCaller;
import io.etalon.server.access.Role;
import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.exit.Sightings.Outgoing;
import io.etalon.server.exit.Sightings.Sighting;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An auditor's questions to the log. */
@RestController
@RequestMapping("/api/v1/clients/{client}/audit")
@Tag(name = "Audit")
class SightingController {
    private static final int MOST_PEOPLE = 1_000;

    private static final Pattern PSEUDONYM = Pattern.compile("p-[0-9a-f]{16}");

    private final Sightings sightings;
    private final ExposureReports reports;
    private final AuditLog log;

    SightingController(Sightings sightings, ExposureReports reports, AuditLog log) {
        this.sightings = sightings;
        this.reports = reports;
        this.log = log;
    }

    /** Who met this asset: one item a person. {@code next} is the index to go on from. */
    @GetMapping("/assets/{asset}/people")
    @Allow({Role.AUDITOR, Role.REQUESTER})
    Page<Sighting> people(
            ClientCaller caller, @PathVariable UUID asset, @RequestParam(required = false) @Nullable Long from) {
        return sightings.ofAsset(caller.client().id(), asset.toString(), index(from));
    }

    /** What this person met: one item an asset. The person is named by his pseudonym in this log. */
    @GetMapping("/people/{pseudonym}/assets")
    @Allow({Role.AUDITOR, Role.REQUESTER})
    Page<Sighting> assets(
            ClientCaller caller, @PathVariable String pseudonym, @RequestParam(required = false) @Nullable Long from) {
        if (!PSEUDONYM.matcher(pseudonym).matches()) {
            throw EtalonException.notFound();
        }
        return sightings.ofPerson(caller.client().id(), pseudonym, index(from));
    }

    /** What left the installation, and with whom: releases, exports, archives. */
    @GetMapping("/outgoing")
    @Allow({Role.AUDITOR, Role.REQUESTER})
    Page<Outgoing> outgoing(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Integer limit) {
        return sightings.outgoing(caller.client().id(), index(from), Page.limit(limit));
    }

    /**
     * The exposure report of a workforce, or of single people: a zip with all that they did and met, complete against the
     * log's signed root; `etalon verify` checks it offline.
     */
    @GetMapping(path = "/exposure", produces = "application/zip")
    @Allow({Role.AUDITOR, Role.REQUESTER})
    void exposure(
            ClientCaller caller,
            @RequestParam(required = false) @Nullable UUID workforce,
            @RequestParam(required = false) @Nullable List<String> person,
            HttpServletResponse response)
            throws IOException {
        var people = person == null ? Set.<String>of() : Set.copyOf(person);
        if ((workforce == null && people.isEmpty()) || people.size() > MOST_PEOPLE) {
            throw EtalonException.invalid("Name a workforce, or 1 to 1,000 people by their pseudonyms as person.");
        }
        log.commit(
                caller.client().id(),
                AuditEvent.of(AuditOp.EXPORT, caller.person(), caller.via(), null)
                        .with("what", "exposure report")
                        .with("workforce", workforce == null ? "" : workforce.toString())
                        .with("people", people.size()));
        response.setContentType("application/zip");
        response.setHeader("Content-Disposition", "attachment; filename=\"exposure.zip\"");
        response.setHeader("Cache-Control", "private, no-store");
        try (var out = new BufferedOutputStream(response.getOutputStream(), 1 << 16)) {
            reports.write(caller.client(), workforce, people, out);
        }
    }

    private static long index(@Nullable Long from) {
        if (from != null && from < 0) {
            throw EtalonException.invalid("from is " + from + "; it must be an index from 0 on");
        }
        return from == null ? 0 : from;
    }
}
