package io.etalon.server.keys;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.audit.EntryFilter;
import io.etalon.server.audit.LogEntry;
import io.etalon.server.base.ClientId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client's log tells of the uses of its key, and whether its keeper's own log tells the same. Thread-safe. */
@Service
public final class Unwraps {
    /** How many unwrappings one comparison takes in. */
    public static final int MOST = 10_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final AuditLog log;

    Unwraps(AuditLog log) {
        this.log = log;
    }

    /**
     * One unwrapping.
     *
     * @param index of its entry in the client's log
     * @param project whose data key was unwrapped; null when it was only seen whether the key is at hand
     * @param version of the client's key
     * @param unwrap its id, which its keeper was told
     * @param refused the code with which it failed; null when it was unwrapped
     */
    public record Unwrap(
            long index,
            String time,
            @Nullable String project,
            String provider,
            String key,
            int version,
            UUID unwrap,
            @Nullable String refused) {}

    /**
     * Unwrappings in the order of the log.
     *
     * @param opened how many of these were unwrapped
     * @param refused how many were not
     * @param next the index to go on from; null at the end
     */
    public record Page(
            List<Unwrap> items,
            int opened,
            int refused,
            @Nullable Long next) {}

    /**
     * The client's log beside its keeper's.
     *
     * @param both unwrapped as both tell
     * @param refused in the client's log as begun and refused, and not in the keeper's as done
     * @param onlyHere begun and not refused as the client's log tells, which the keeper's does not: the server died between
     *     the entry and the call, or the keeper's log is not whole
     * @param onlyThere done by the keeper, of which the client's log tells nothing: somebody else used the key
     * @param balanced whether nothing is told by one alone
     */
    public record Balance(int both, int refused, List<UUID> onlyHere, List<UUID> onlyThere, boolean balanced) {}

    /** @param from the first index of the client's log to look at */
    public Page page(ClientId client, long from, int limit) {
        var found = read(client, from, limit + 1);
        var items = found.size() > limit ? found.subList(0, limit) : found;
        var refused = (int) items.stream().filter(one -> one.refused() != null).count();
        return new Page(
                List.copyOf(items),
                items.size() - refused,
                refused,
                found.size() > limit ? found.get(limit).index() : null);
    }

    /**
     * Compares with what a keeper wrote.
     *
     * @param provider the keeper's name; what others kept is left out
     * @param from the first index of the client's log to look at; at most {@link #MOST} unwrappings from there on
     * @param keepers ids of the unwrappings that the keeper's log says were done
     */
    public Balance compare(ClientId client, String provider, long from, Collection<UUID> keepers) {
        var there = new HashSet<>(keepers);
        var both = 0;
        var refused = 0;
        var onlyHere = new ArrayList<UUID>();
        for (var here : read(client, from, MOST)) {
            if (!here.provider().equals(provider)) {
                continue;
            }
            if (there.remove(here.unwrap())) {
                both++;
            } else if (here.refused() != null) {
                refused++;
            } else {
                onlyHere.add(here.unwrap());
            }
        }
        return new Balance(
                both, refused, onlyHere, there.stream().sorted().toList(), onlyHere.isEmpty() && there.isEmpty());
    }

    private List<Unwrap> read(ClientId client, long from, int limit) {
        log.flush(client);
        var begun = log.entries(client, of(AuditOp.KEY_UNWRAP), from, limit);
        if (begun.isEmpty()) {
            return List.of();
        }
        Map<String, String> refusals = new HashMap<>();
        // A refusal stands after its beginning; there are never more of them.
        for (var entry :
                log.entries(client, of(AuditOp.KEY_REFUSED), begun.getFirst().index(), limit)) {
            var leaf = JSON.readTree(entry.entry());
            refusals.put(leaf.path("unwrap").asString(), leaf.path("code").asString());
        }
        return begun.stream().map(entry -> unwrap(entry, refusals)).toList();
    }

    private static Unwrap unwrap(LogEntry entry, Map<String, String> refusals) {
        JsonNode leaf = JSON.readTree(entry.entry());
        var id = leaf.path("unwrap").asString("");
        return new Unwrap(
                entry.index(),
                leaf.path("time").asString(),
                leaf.path("project").asString(null),
                leaf.path("provider").asString("local"),
                leaf.path("key").asString(""),
                leaf.path("version").asInt(1),
                // Entries of before keys had versions bear no id.
                id.isEmpty() ? new UUID(0, entry.index()) : UUID.fromString(id),
                refusals.get(id));
    }

    private static EntryFilter of(AuditOp op) {
        return new EntryFilter(null, null, null, op);
    }
}
