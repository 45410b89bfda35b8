package io.etalon.server.dataset;

import static java.util.stream.Collectors.joining;

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
import io.etalon.server.dataset.AssetQuery.Sort;
import io.etalon.server.dataset.pack.AssetCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
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
    /** What is deleted is kept, and found by nobody. */
    private static final String THERE =
            " and not exists (select from deleted_asset g where g.project = asset.project and g.asset = asset.id)";

    private static final String COLUMNS =
            "select id, project, name, encode(sha256, 'hex') as sha256, type, size, width, height, code_points,"
                    + " created_at from asset ";

    /**
     * @param pack where its bytes lie; null when they are an object
     * @return false, when the project has these bytes already; waits for a transaction that is adding them
     */
    boolean insertIfNew(Tx tx, Asset asset, int orientation, @Nullable Long pack) {
        var image = asset.extent() instanceof ImageExtent extent ? extent : null;
        var isNew = tx.db()
                        .sql("""
                                insert into asset (id, project, name, sha256, type, size, width, height, orientation,
                                  code_points, created_at, pack)
                                values (?, ?, ?, decode(?, 'hex'), ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (content) do nothing""")
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
                        .param(pack)
                        .update()
                == 1;
        if (isNew) {
            AssetCounts.add(tx, asset.project(), 1);
        }
        return isNew;
    }

    Optional<Asset> find(Tx tx, ProjectId project, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = ?" + THERE)
                .params(project.value(), id)
                .query(AssetStore::asset)
                .optional();
    }

    Optional<Asset> findByHash(Tx tx, ProjectId project, String sha256) {
        return tx.db()
                .sql(COLUMNS + "where content = asset_content(?, decode(?, 'hex'))")
                .params(project.value(), sha256)
                .query(AssetStore::asset)
                .optional();
    }

    /** Whether an asset is deleted and can be brought back. */
    boolean isDeleted(Tx tx, Asset asset) {
        return tx.db()
                .sql("select exists (select from deleted_asset where project = ? and asset = ?)")
                .params(asset.project().value(), asset.id())
                .query(Boolean.class)
                .single();
    }

    List<Asset> findAll(Tx tx, ProjectId project, Collection<UUID> ids) throws SQLException {
        return tx.db()
                .sql(COLUMNS + "where project = ? and id = any(?)" + THERE)
                .params(project.value(), tx.connection().createArrayOf("uuid", ids.toArray()))
                .query(AssetStore::asset)
                .list();
    }

    /** All ids of a project in the order they came in. */
    List<UUID> ids(Tx tx, ProjectId project) {
        return tx.db()
                .sql("select id from asset where project = ?" + THERE + " order by id")
                .param(project.value())
                .query(UUID.class)
                .list();
    }

    /** Tells project and hash of every asset in the cell whose bytes are an object, as a stream. */
    void eachHash(Tx tx, BiConsumer<ProjectId, String> reader) throws SQLException {
        try (var statement = tx.connection()
                .prepareStatement("select project, encode(sha256, 'hex') from asset where pack is null")) {
            statement.setFetchSize(5_000);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.accept(new ProjectId(rows.getObject(1, UUID.class)), rows.getString(2));
                }
            }
        }
    }

    /** Tells id and hash of every asset of a project whose bytes are an object, in the order they came in. */
    void eachObject(Tx tx, ProjectId project, BiConsumer<UUID, byte[]> reader) throws SQLException {
        try (var statement = tx.connection()
                .prepareStatement("select id, sha256 from asset where project = ? and pack is null order by id")) {
            statement.setFetchSize(5_000);
            statement.setObject(1, project.value());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    reader.accept(rows.getObject(1, UUID.class), rows.getBytes(2));
                }
            }
        }
    }

    Page<Asset> list(Tx tx, ProjectId project, AssetQuery query) {
        var keys = switch (query.sort()) {
            case NAME -> List.of("name", "id");
            case CREATED_AT -> List.of("id");
        };
        var direction = query.descending() ? " desc" : "";
        var sql = COLUMNS + "where project = :project"
                + " and (:type::text is null or type = :type) and (:prefix::text is null or name ^@ :prefix)" + THERE;
        var cursor = query.cursor() == null ? null : Cursor.decode(query.cursor(), 2);
        if (cursor != null) {
            var values = keys.stream().map(key -> ":" + key).collect(joining(", "));
            sql += " and (" + String.join(", ", keys) + ") " + (query.descending() ? "<" : ">") + " (" + values + ")";
        }
        sql += " order by " + keys.stream().map(key -> key + direction).collect(joining(", ")) + " limit :limit";
        var statement = tx.db()
                .sql(sql)
                .param("project", project.value())
                .param("type", query.type())
                .param("prefix", query.namePrefix())
                .param("limit", query.limit() + 1);
        if (cursor != null) {
            statement = statement.param("id", id(cursor));
            statement = keys.size() == 1 ? statement : statement.param("name", cursor.key(0));
        }
        var fetched = statement.query(AssetStore::asset).list();
        return Page.cut(
                fetched, query.limit(), last -> Cursor.of(query.sort() == Sort.NAME ? last.name() : "", last.id()));
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
