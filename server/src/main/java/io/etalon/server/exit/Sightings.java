package io.etalon.server.exit;

import io.etalon.server.access.Grants;
import io.etalon.server.access.Membership;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.audit.LogEntry;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.Page;
import io.etalon.server.tenant.TenantScope;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the log answers to an auditor: who met this asset, what did this person meet, what left. Thread-safe. */
@Component
final class Sightings {
    /** Entries that one answer looks at. */
    static final int SCANNED = 5_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditLog log;
    private final Grants grants;
    private final TenantScope scope;

    Sightings(AuditLog log, Grants grants, TenantScope scope) {
        this.log = log;
        this.grants = grants;
        this.scope = scope;
    }

    /**
     * Somebody who met an asset, or an asset that somebody met.
     *
     * @param actor the pseudonym; null for the installation itself
     * @param name the name of who is a member now; null for everybody else
     * @param project of what is no asset, or of the act on it
     * @param what that was met besides assets, such as {@code guidelines 3}; null for an asset
     * @param operations how often he did what
     * @param firstIndex the first entry about it, from which a proof can be had
     */
    record Sighting(
            @Nullable String actor,
            @Nullable String name,
            @Nullable UUID workforce,
            @Nullable String asset,
            @Nullable String project,
            @Nullable String what,
            Map<String, Integer> operations,
            String first,
            String last,
            long firstIndex,
            long lastIndex) {}

    /** By person, those who come first first; a page looks at {@value #SCANNED} entries. */
    Page<Sighting> ofAsset(ClientId client, String asset, long from) {
        var entries = log.entries(client, new EntryFilter(null, asset, null, null), from, SCANNED + 1);
        return gathered(client, entries, "actor");
    }

    /** By asset; a page looks at {@value #SCANNED} entries. */
    Page<Sighting> ofPerson(ClientId client, String pseudonym, long from) {
        var entries = log.entries(client, new EntryFilter(null, null, pseudonym, null), from, SCANNED + 1);
        return gathered(client, entries, "asset");
    }

    /** Everything that left: releases, exports, archives, each entry with the name of who took it. */
    Page<Outgoing> outgoing(ClientId client, long from, int limit) {
        var names = members(client);
        var found = log.entries(client, new EntryFilter(null, null, null, AuditOp.EXPORT), from, limit + 1);
        var items = found.stream()
                .limit(limit)
                .map(entry -> {
                    var json = JSON.readTree(entry.entry());
                    var member = names.get(json.path("actor").asString(""));
                    return new Outgoing(
                            entry.index(),
                            json.path("time").asString(""),
                            text(json, "actor"),
                            member == null ? null : member.person().name(),
                            text(json, "project"),
                            details(json));
                })
                .toList();
        return new Page<>(
                items, found.size() > limit ? Long.toString(found.get(limit).index()) : null);
    }

    /**
     * Something that left.
     *
     * @param what the entry's own members: which release, job or archive, and digests
     */
    record Outgoing(
            long index,
            String time,
            @Nullable String actor,
            @Nullable String name,
            @Nullable String project,
            Map<String, String> what) {}

    private static Map<String, String> details(JsonNode entry) {
        var details = new TreeMap<String, String>();
        entry.properties().forEach(member -> {
            if (!List.of("v", "time", "actor", "via", "op", "project", "salt").contains(member.getKey())
                    && !member.getValue().isNull()) {
                details.put(member.getKey(), member.getValue().asString(""));
            }
        });
        return details;
    }

    private Page<Sighting> gathered(ClientId client, List<LogEntry> entries, String by) {
        var names = members(client);
        var found = new LinkedHashMap<String, Sighting>();
        for (var entry : entries.subList(0, Math.min(SCANNED, entries.size()))) {
            var json = JSON.readTree(entry.entry());
            var key = text(json, by);
            if (key == null && by.equals("asset")) {
                key = text(json, "project") + " " + said(json);
                if (said(json) == null) {
                    continue;
                }
            }
            found.merge(String.valueOf(key), one(entry, json, names), Sightings::and);
        }
        var next = entries.size() > SCANNED ? Long.toString(entries.get(SCANNED).index()) : null;
        return new Page<>(List.copyOf(found.values()), next);
    }

    private static Sighting one(LogEntry entry, JsonNode json, Map<String, Membership> names) {
        var time = json.path("time").asString("");
        var actor = text(json, "actor");
        var member = actor == null ? null : names.get(actor);
        return new Sighting(
                actor,
                member == null ? null : member.person().name(),
                member == null ? null : member.workforce(),
                text(json, "asset"),
                text(json, "project"),
                said(json),
                Map.of(json.path("op").asString(""), 1),
                time,
                time,
                entry.index(),
                entry.index());
    }

    /** What besides an asset was shown or handed out: the guidelines of a version, an ontology, a task, an archive. */
    private static @Nullable String said(JsonNode json) {
        var op = json.path("op").asString("");
        if (json.hasNonNull("asset") || !(op.equals("READ") || op.equals("EXPORT") || op.equals("RELEASE"))) {
            return null;
        }
        for (var member : List.of("guidelines", "ontology", "task", "release", "job", "archive", "what")) {
            if (json.hasNonNull(member)) {
                return member + " " + json.path(member).asString("");
            }
        }
        return op;
    }

    private static Sighting and(Sighting before, Sighting next) {
        var operations = new TreeMap<>(before.operations());
        next.operations().forEach((op, count) -> operations.merge(op, count, Integer::sum));
        return new Sighting(
                before.actor(),
                before.name(),
                before.workforce(),
                before.asset(),
                before.project(),
                before.what(),
                operations,
                before.first(),
                next.last(),
                before.firstIndex(),
                next.lastIndex());
    }

    /** Members by their pseudonyms: a client may know the names of its own. */
    private Map<String, Membership> members(ClientId client) {
        var members = grants.members(client);
        return scope.client(client, tx -> {
            var names = new HashMap<String, Membership>();
            members.forEach(
                    member -> names.put(log.pseudonym(tx, member.person().id()), member));
            return names;
        });
    }

    private static @Nullable String text(JsonNode json, String name) {
        var value = json.get(name);
        return value == null || value.isNull() ? null : value.asString();
    }
}
