package io.etalon.server.transfer;

import io.etalon.annotation.AssetExtent;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.work.prelabel.OfferReader;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Lines that name an asset which is there: found, and given a task when they have none. */
final class References {
    private final ImportStore store;
    private final ProjectId project;
    private final OfferReader offers;

    References(ImportStore store, ProjectId project, OfferReader offers) {
        this.store = store;
        this.project = project;
        this.offers = offers;
    }

    void settle(Tx tx, List<ParsedLine.Existing> lines, Settled piece) throws SQLException {
        if (lines.isEmpty()) {
            return;
        }
        store.hold(tx, project);
        var ids = lines.stream()
                .map(ParsedLine.Existing::asset)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        List<ContentHash> hashes = lines.stream()
                .map(ParsedLine.Existing::hash)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        var there = store.assets(tx, project, ids);
        var byHash = store.assetsOf(tx, project, hashes);
        var named = new HashSet<UUID>(there);
        named.addAll(byHash.values());
        var taken = store.planned(tx, project, named);
        var extents = store.extents(
                tx, project, lines.stream().allMatch(line -> line.preLabels().isEmpty()) ? Set.of() : named);
        for (var line : lines) {
            var asset = line.asset() != null ? line.asset() : byHash.get(line.hash());
            if (asset == null || !named.contains(asset)) {
                piece.reject(line.line(), "names an asset that the project does not have; upload it first");
                continue;
            }
            var faults = PreLabelPart.faults(
                    offers, line.preLabels(), extents.getOrDefault(asset, new AssetExtent.NoExtent()));
            if (!faults.isEmpty()) {
                piece.reject(line.line(), PreLabelPart.told(faults));
            } else if (!taken.add(asset)) {
                piece.duplicate(line.line(), Settled.HAS_TASK);
            } else {
                piece.plan(asset, line.priority(), line.preLabels());
            }
        }
    }
}
