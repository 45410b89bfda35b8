package io.etalon.server.exit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * An encrypted object that rows of the cell stand for: an asset's bytes, a release's archive, the file of an import that is
 * not done.
 *
 * @param file its path in the archive
 * @param context what binds its bytes
 * @param nameFrom what its name is a keyed hash of
 */
record CarriedObject(ProjectId project, String file, String context, byte[] nameFrom) {
    private static final int PAGE = 512;

    CarriedObject {
        nameFrom = nameFrom.clone();
    }

    @Override
    public byte[] nameFrom() {
        return nameFrom.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CarriedObject o && file.equals(o.file) && Arrays.equals(nameFrom, o.nameFrom);
    }

    @Override
    public int hashCode() {
        return file.hashCode();
    }

    private static CarriedObject named(ProjectId project, String file, String context) {
        return new CarriedObject(project, file, context, context.getBytes(UTF_8));
    }

    /** Tells all of a cell, in the order of the archive; a page of rows at a time. */
    static void each(Tx tx, Consumer<CarriedObject> consumer) {
        assets(tx, consumer);
        tx.db()
                .sql("select project, number from release where state = 'ready' order by project, number")
                .query((row, n) -> {
                    var project = new ProjectId(row.getObject("project", UUID.class));
                    var number = row.getInt("number");
                    return named(project, "objects/releases/" + project + "/" + number + ".zip", "release " + number);
                })
                .list()
                .forEach(consumer);
        tx.db()
                .sql("select project, id from job where kind = 'import' and state in ('queued', 'running') order by id")
                .query((row, n) -> {
                    var id = row.getObject("id", UUID.class);
                    return named(
                            new ProjectId(row.getObject("project", UUID.class)),
                            "objects/imports/" + id,
                            "file of job " + id);
                })
                .list()
                .forEach(consumer);
    }

    private static void assets(Tx tx, Consumer<CarriedObject> consumer) {
        var last = new UUID(0, 0);
        var lastProject = new UUID(0, 0);
        List<CarriedObject> page;
        do {
            page = tx.db()
                    .sql("""
                            select project, id, sha256 from asset
                            where pack is null and (project, id) > (?, ?) order by project, id limit 512""")
                    .params(lastProject, last)
                    .query((row, n) -> {
                        var project = new ProjectId(row.getObject("project", UUID.class));
                        var id = row.getObject("id", UUID.class);
                        return new CarriedObject(
                                project, "objects/assets/" + project + "/" + id, "asset " + id, row.getBytes("sha256"));
                    })
                    .list();
            page.forEach(consumer);
            if (!page.isEmpty()) {
                lastProject = page.getLast().project().value();
                last = page.getLast().asset();
            }
        } while (page.size() == PAGE);
    }

    private UUID asset() {
        return UUID.fromString(file.substring(file.lastIndexOf('/') + 1));
    }

    /** For messages: an asset's digest, or words. */
    @Override
    public String toString() {
        return file + " " + HexFormat.of().formatHex(nameFrom);
    }
}
