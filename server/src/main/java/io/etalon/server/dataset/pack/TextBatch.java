package io.etalon.server.dataset.pack;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ContentHash;
import io.etalon.server.base.CopyRows;
import io.etalon.server.base.Ids;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Texts on their way in as assets, thousands at a time, by two COPY commands: packs and assets. Sealed and encoded before
 * a transaction begins, so that it holds nobody up. No audit entry is written; the caller tells the log of the batch.
 */
public final class TextBatch {
    /** From the sequence of packs, which counts in these steps. */
    public static final int NUMBERS_A_BLOCK = 1_000;

    private static final byte[] TYPE = {'t', 'e', 'x', 't', '/', 'p', 'l', 'a', 'i', 'n'};
    private static final int ROW_BYTES = 220;
    private static final int PACK_BYTES = 1 << 12;
    private static final int ENTRY_BYTES = 32;

    /** Where a batch goes. */
    public record Place(ClientId client, ProjectId project) {}

    private final CopyRows packs;
    private final CopyRows assets;
    private final List<UUID> ids;

    /**
     * Seals and encodes.
     *
     * @param first of a {@linkplain Ids#block block} of ids, one a line
     * @param lines no two with one hash
     * @param numbers of packs, none of them used before
     */
    public TextBatch(Packs packs, Place place, UUID first, List<TextLine> lines, LongSupplier numbers, Instant now) {
        ids = new ArrayList<>(lines.size());
        for (var id = first; ids.size() < lines.size(); id = Ids.after(id)) {
            ids.add(id);
        }
        this.packs = new CopyRows(lines.stream().mapToInt(TextBatch::bytes).sum() + PACK_BYTES);
        var packOf = sealed(packs, place, lines, numbers);
        assets = new CopyRows(ROW_BYTES * lines.size());
        // In the order of ids and names: three of four indexes grow at their right edge.
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            assets.row(9)
                    .uuid(ids.get(i))
                    .uuid(place.project().value())
                    .text(line.name())
                    .bytes(line.hash().bytes())
                    .bytes(TYPE)
                    .number(line.text().length)
                    .number(line.codePoints())
                    .time(now)
                    .number(packOf[i]);
        }
    }

    private long[] sealed(Packs sealer, Place place, List<TextLine> lines, LongSupplier numbers) {
        var packOf = new long[lines.size()];
        var writer = new PackWriter();
        var number = 0L;
        for (var i = 0; i < packOf.length; i++) {
            var line = lines.get(i);
            if (writer.isFullFor(line.text().length + line.extra().length, Packs.TARGET)) {
                pack(number, place, sealer.seal(place.client(), place.project(), number, writer.take()));
            }
            number = writer.isEmpty() ? numbers.getAsLong() : number;
            writer.add(ids.get(i), line.text(), line.extra());
            packOf[i] = number;
        }
        if (!writer.isEmpty()) {
            pack(number, place, sealer.seal(place.client(), place.project(), number, writer.take()));
        }
        return packOf;
    }

    private static int bytes(TextLine line) {
        return line.text().length + line.extra().length + ENTRY_BYTES;
    }

    private void pack(long number, Place place, byte[] sealed) {
        packs.row(3).number(number).uuid(place.project().value()).bytes(sealed);
    }

    /** The ids of the lines' assets, in the order of the lines. */
    public List<UUID> ids() {
        return List.copyOf(ids);
    }

    /**
     * Writes the texts.
     *
     * @throws SQLException with state 23505, when the project has one of them already; the transaction is lost then
     */
    public void copy(Tx tx) throws SQLException {
        packs.copy(tx.connection(), "asset_pack (id, project, sealed)");
        assets.copy(tx.connection(), "asset (id, project, name, sha256, type, size, code_points, created_at, pack)");
    }

    /** The first of a block of pack numbers. */
    public static long block(Tx tx) {
        return tx.db().sql("select nextval('asset_pack_id')").query(Long.class).single();
    }

    /** Those of the hashes that the project has already. */
    public static Set<ContentHash> known(Tx tx, ProjectId project, Collection<ContentHash> hashes) throws SQLException {
        var known = new HashSet<ContentHash>();
        try (var statement = tx.connection().prepareStatement("""
                select sha256 from asset where content in (select asset_content(?, h) from unnest(?) h)""")) {
            statement.setObject(1, project.value());
            var bytes = hashes.stream().sorted().map(ContentHash::bytes).toArray(byte[][]::new);
            statement.setArray(2, tx.connection().createArrayOf("bytea", bytes));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    known.add(ContentHash.of(rows.getBytes(1)));
                }
            }
        }
        return known;
    }
}
