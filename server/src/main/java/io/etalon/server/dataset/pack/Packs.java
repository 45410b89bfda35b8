package io.etalon.server.dataset.pack;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import io.etalon.server.keys.ClientKeys;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/** Small texts of assets in sealed rows. Thread-safe. */
public final class Packs {
    /** A text of more bytes becomes an object outside the database when it is uploaded by itself. */
    public static final int SMALL = 32 << 10;

    /**
     * At most so many bytes share a seal, a longer text being sealed alone: sealed, with the row's other columns, they fill
     * one page of the table, so that no row of many texts is cut into chunks beside it.
     */
    static final int TARGET = 7_900;

    private static final ErrorCode CHANGED =
            ErrorCode.of("asset-bytes-unreadable", ErrorKind.INTERNAL, "The bytes of an asset cannot be read");

    private record Row(long id, byte[] sealed) {}

    private final ClientKeys keys;

    public Packs(ClientKeys keys) {
        this.keys = keys;
    }

    /**
     * Keeps one text in a pack of its own.
     *
     * @return the pack's number, to be written into the asset's row in the same transaction
     */
    public long keep(Tx tx, ClientId client, ProjectId project, UUID asset, byte[] text) {
        var writer = new PackWriter();
        writer.add(asset, text, new byte[0]);
        var id =
                tx.db().sql("select nextval('asset_pack_id')").query(Long.class).single();
        tx.db()
                .sql("insert into asset_pack (id, project, sealed) values (?, ?, ?)")
                .params(id, project.value(), seal(client, project, id, writer.take()))
                .update();
        return id;
    }

    byte[] seal(ClientId client, ProjectId project, long id, byte[] pack) {
        return keys.seal(client, project, context(id), pack);
    }

    /** Takes the texts out of a pack that belong to no asset any more; an empty one goes. */
    public void thin(Tx tx, ClientId client, ProjectId project, long id) throws SQLException {
        var found = tx.db()
                .sql("select sealed from asset_pack where project = ? and id = ? for update")
                .params(project.value(), id)
                .query(byte[].class)
                .optional();
        if (found.isEmpty()) {
            return;
        }
        var pack = keys.open(client, project, context(id), found.get());
        var held = PackWriter.assets(pack);
        var there = tx.db()
                .sql("select id from asset where project = ? and pack = ? and id = any(?)")
                .params(project.value(), id, tx.connection().createArrayOf("uuid", held.toArray()))
                .query(UUID.class)
                .set();
        if (there.isEmpty()) {
            tx.db().sql("delete from asset_pack where id = ?").param(id).update();
            return;
        }
        var thinner = new PackWriter();
        for (var asset : held) {
            if (there.contains(asset)) {
                var entry = PackWriter.find(pack, asset).orElseThrow();
                thinner.add(asset, entry.text(), entry.extra());
            }
        }
        tx.db()
                .sql("update asset_pack set sealed = ? where id = ?")
                .params(seal(client, project, id, thinner.take()), id)
                .update();
    }

    private static String context(long id) {
        return "pack " + id;
    }

    /**
     * What is kept of an asset; empty when its bytes are an object.
     *
     * @throws EtalonException internal, when the pack was changed or is another asset's
     */
    public Optional<PackEntry> find(Tx tx, ClientId client, ProjectId project, UUID asset) {
        return tx.db()
                .sql("""
                        select p.id, p.sealed from asset a join asset_pack p on p.id = a.pack
                        where a.project = ? and a.id = ?""")
                .params(project.value(), asset)
                .query((row, n) -> new Row(row.getLong("id"), row.getBytes("sealed")))
                .optional()
                .map(row -> PackWriter.find(keys.open(client, project, context(row.id()), row.sealed()), asset)
                        .orElseThrow(() ->
                                new EtalonException(CHANGED, "The bytes of asset " + asset + " are not in its pack.")));
    }
}
