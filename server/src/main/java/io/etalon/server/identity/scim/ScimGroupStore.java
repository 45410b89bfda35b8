package io.etalon.server.identity.scim;

import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The control tables {@code scim_group} and {@code scim_member}; every statement names the provider. */
final class ScimGroupStore {
    static final Map<String, String> FILTERS = Map.of(
            "id", "u.id::text",
            "displayname", "u.display_name",
            "externalid", "u.external_id",
            "members", memberText(),
            "members.value", memberText());
    private static final String COLUMNS = "select u.id, u.display_name, u.external_id, u.version, u.created_at,"
            + " u.changed_at from scim_group u where u.provider = ?";

    /** A group of which a user is a member. */
    record Named(UUID id, String name) {}

    private static String memberText() {
        return "(select min(m.scim_user::text) from scim_member m where m.scim_group = u.id)";
    }

    Optional<ScimGroup> find(Tx tx, UUID provider, UUID id) {
        return tx.db()
                .sql(COLUMNS + " and u.id = ?")
                .params(provider, id)
                .query((row, n) -> group(tx, row))
                .optional();
    }

    Optional<ScimGroup> lock(Tx tx, UUID provider, UUID id) {
        tx.db()
                .sql("select 1 from scim_group where provider = ? and id = ? for update")
                .params(provider, id)
                .query(Integer.class)
                .optional();
        return find(tx, provider, id);
    }

    boolean isTaken(Tx tx, UUID provider, String name, UUID except) {
        return tx.db()
                .sql("select exists (select from scim_group where provider = ? and display_name = ? and id <> ?)")
                .params(provider, name, except)
                .query(Boolean.class)
                .single();
    }

    int count(Tx tx, UUID provider, Filter.Condition where) {
        return tx.db()
                .sql("select count(*) from scim_group u where u.provider = ? and " + where.sql())
                .params(ScimUserStore.parameters(provider, where))
                .query(Integer.class)
                .single();
    }

    List<ScimGroup> page(Tx tx, UUID provider, Filter.Condition where, int offset, int limit) {
        var parameters = ScimUserStore.parameters(provider, where);
        parameters.add(limit);
        parameters.add(offset);
        return tx.db()
                .sql(COLUMNS + " and " + where.sql() + " order by u.created_at, u.id limit ? offset ?")
                .params(parameters)
                .query((row, n) -> group(tx, row))
                .list();
    }

    void insert(Tx tx, UUID provider, ScimGroup group) {
        tx.db()
                .sql("insert into scim_group (id, provider, display_name, external_id, version, created_at, changed_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)")
                .param(group.id())
                .param(provider)
                .param(group.displayName())
                .param(group.externalId())
                .param(group.version())
                .param(group.createdAt().atOffset(ZoneOffset.UTC))
                .param(group.changedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(Tx tx, ScimGroup group) {
        tx.db()
                .sql(
                        "update scim_group set display_name = ?, external_id = ?, version = ?, changed_at = ? where id = ?")
                .param(group.displayName())
                .param(group.externalId())
                .param(group.version())
                .param(group.changedAt().atOffset(ZoneOffset.UTC))
                .param(group.id())
                .update();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from scim_group where id = ?").param(id).update();
    }

    /** Sets who is in a group; users of another provider are none. */
    void setMembers(Tx tx, UUID provider, UUID group, Collection<UUID> users) {
        tx.db().sql("delete from scim_member where scim_group = ?").param(group).update();
        tx.db()
                .sql("insert into scim_member (scim_group, scim_user) select ?, u.id from scim_user u"
                        + " where u.provider = ? and u.id = any (?)")
                .params(group, provider, users.toArray(UUID[]::new))
                .update();
    }

    /** The groups of a user, by name. */
    List<Named> of(Tx tx, UUID user) {
        return tx.db()
                .sql("select g.id, g.display_name from scim_member m join scim_group g on g.id = m.scim_group"
                        + " where m.scim_user = ? order by g.display_name")
                .param(user)
                .query((row, n) -> new Named(row.getObject("id", UUID.class), row.getString("display_name")))
                .list();
    }

    private static ScimGroup group(Tx tx, ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var members = tx.db()
                .sql("select u.id, u.user_name from scim_member m join scim_user u on u.id = m.scim_user"
                        + " where m.scim_group = ? order by u.created_at, u.id")
                .param(id)
                .query((one, n) -> new ScimGroup.Member(one.getObject("id", UUID.class), one.getString("user_name")))
                .list();
        return new ScimGroup(
                id,
                row.getString("display_name"),
                row.getString("external_id"),
                members,
                row.getLong("version"),
                time(row, "created_at"),
                time(row, "changed_at"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
