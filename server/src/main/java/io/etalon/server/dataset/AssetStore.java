package io.etalon.server.dataset;

import io.etalon.annotation.AssetExtent;
import io.etalon.annotation.AssetExtent.ImageExtent;
import io.etalon.annotation.AssetExtent.NoExtent;
import io.etalon.annotation.AssetExtent.TextExtent;
import io.etalon.server.base.Cursor;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Page;
import io.etalon.server.base.ProjectId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The cell's table {@code asset}. */
final class AssetStore {
    private static final String COLUMNS =
            "select id, project, name, sha256, type, size, width, height, code_points, created_at from asset ";

    /** @return false, when the project has these bytes already; waits for a transaction that is adding them */
    boolean insertIfNew(Tx tx, Asset asset, int orientation) {
        var image = asset.extent() instanceof ImageExtent extent ? extent : null;
        return tx.db()
                        .sql("""
                                insert into asset (id, project, name, sha256, type, size, width, height, orientation,
                                  code_points, created_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (project, sha256) do nothing""")
                        .param(asset.id())
                        .param(asset.project().value())
                        .param(asset.name())
                        .param(asset.sha256())
                        .param(asset.type())
                        .param(asset.size())
                        .param(image == null ? null : image.width())
                        .param(image == null ? null : image.height())
                        .param(image == null ? null : orientation)
                        .param(asset.extent() instanceof TextExtent text ? text.codePoints() : null)
                        .param(asset.createdAt().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Asset> find(Tx tx, ProjectId project, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ?")
                .params(project.value(), id)
                .query(AssetStore::asset)
                .optional();
    }

    Optional<Asset> findByHash(Tx tx, ProjectId project, String sha256) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and sha256 = ?")
                .params(project.value(), sha256)
                .query(AssetStore::asset)
                .optional();
    }

    List<Asset> findAll(Tx tx, ProjectId project, Collection<UUID> ids) throws SQLException {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = any(?)")
                .params(project.value(), tx.connection().createArrayOf("uuid", ids.toArray()))
                .query(AssetStore::asset)
                .list();
    }

    long count(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select count(*) from asset where project = ?")
                .param(project.value())
                .query(Long.class)
                .single();
    }

    /** All ids of a project in the order they came in. */
    List<UUID> ids(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select id from asset where project = ? order by created_at, id")
                .param(project.value())
                .query(UUID.class)
                .list();
    }

    /** Tells project and hash of every asset in the cell, as a stream. */
    void eachHash(Tx tx, BiConsumer<ProjectId, String> reader) throws SQLException {
        try (var statement = tx.connection().prepareStatement("select project, sha256 from asset")) {
            statement.setFetchSize(5_000);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.accept(new ProjectId(rows.getObject(1, UUID.class)), rows.getString(2));
                }
            }
        }
    }

    Page<Asset> list(Tx tx, ProjectId project, AssetQuery query) {
        var column = query.sort().column();
        var comparison = query.descending() ? "<" : ">";
        var direction = query.descending() ? " desc" : "";
        var sql = COLUMNS + "where project = :project"
                + " and (:type::text is null or type = :type) and (:prefix::text is null or name ^@ :prefix)";
        var cursor = query.cursor() == null ? null : Cursor.decode(query.cursor(), 2);
        if (cursor != null) {
            sql += " and (" + column + ", id) " + comparison + " (:key, :id)";
        }
        sql += " order by " + column + direction + ", id" + direction + " limit :limit";
        var statement = tx.db()
                .sql(sql)
                .param("project", project.value())
                .param("type", query.type())
                .param("prefix", query.namePrefix())
                .param("limit", query.limit() + 1);
        if (cursor != null) {
            statement = statement.param("key", key(query.sort(), cursor)).param("id", id(cursor));
        }
        var fetched = statement.query(AssetStore::asset).list();
        return Page.cut(
                fetched,
                query.limit(),
                last -> Cursor.of(
                        switch (query.sort()) {
                            case NAME -> last.name();
                            case CREATED_AT -> last.createdAt();
                        },
                        last.id()));
    }

    private static Object key(AssetQuery.Sort sort, Cursor cursor) {
        try {
            return switch (sort) {
                case NAME -> cursor.key(0);
                case CREATED_AT -> Instant.parse(cursor.key(0)).atOffset(ZoneOffset.UTC);
            };
        } catch (DateTimeException e) {
            throw new EtalonException(ErrorCode.INVALID, "cursor is not one that this list gave out", e);
        }
    }

    private static UUID id(Cursor cursor) {
        try {
            return UUID.fromString(cursor.key(1));
        } catch (IllegalArgumentException e) {
            throw new EtalonException(ErrorCode.INVALID, "cursor is not one that this list gave out", e);
        }
    }

    private static Asset asset(ResultSet row, int number) throws SQLException {
        return new Asset(
                row.getObject("id", UUID.class),
                new ProjectId(row.getObject("project", UUID.class)),
                row.getString("name"),
                row.getString("sha256"),
                row.getString("type"),
                row.getLong("size"),
                extent(
                        row.getObject("width", Integer.class),
                        row.getObject("height", Integer.class),
                        row.getObject("code_points", Long.class)),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static AssetExtent extent(@Nullable Integer width, @Nullable Integer height, @Nullable Long codePoints) {
        if (width != null && height != null) {
            return new ImageExtent(width, height);
        }
        return codePoints == null ? new NoExtent() : new TextExtent(codePoints);
    }
}
