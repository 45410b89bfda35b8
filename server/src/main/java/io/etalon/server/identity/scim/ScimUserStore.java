package io.etalon.server.identity.scim;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ObjectNode;

/** The control table {@code scim_user}; every statement names the provider, so that none sees another's. */
final class ScimUserStore {
    static final Map<String, String> FILTERS = Map.of(
            "id", "u.id::text",
            "username", "u.user_name",
            "externalid", "u.external_id",
            "active", "u.active::text",
            "displayname", "u.attributes->>'displayName'",
            "name.familyname", "u.attributes->'name'->>'familyName'",
            "name.givenname", "u.attributes->'name'->>'givenName'",
            "emails",
                    "(select e->>'value' from jsonb_array_elements(u.attributes->'emails') e"
                            + " order by (e->>'primary') = 'true' desc nulls last limit 1)",
            "emails.value",
                    "(select e->>'value' from jsonb_array_elements(u.attributes->'emails') e"
                            + " order by (e->>'primary') = 'true' desc nulls last limit 1)");
    private static final String COLUMNS = "select u.id, u.person, u.user_name, u.external_id, u.active, u.made,"
            + " u.attributes::text as attributes, u.version, u.created_at, u.changed_at from scim_user u"
            + " where u.provider = ?";

    private final ObjectMapper json;

    ScimUserStore(ObjectMapper json) {
        this.json = json;
    }

    Optional<ScimUser> find(Tx tx, UUID provider, UUID id) {
        return tx.db()
                .sql(COLUMNS + " and u.id = ?")
                .params(provider, id)
                .query((row, n) -> user(row))
                .optional();
    }

    /** The same, until the transaction's end nobody else's to change. */
    Optional<ScimUser> lock(Tx tx, UUID provider, UUID id) {
        return tx.db()
                .sql(COLUMNS + " and u.id = ? for update")
                .params(provider, id)
                .query((row, n) -> user(row))
                .optional();
    }

    boolean isTaken(Tx tx, UUID provider, String userName, UUID except) {
        return tx.db()
                .sql("select exists (select from scim_user where provider = ? and lower(user_name) = lower(?)"
                        + " and id <> ?)")
                .params(provider, userName, except)
                .query(Boolean.class)
                .single();
    }

    boolean holds(Tx tx, UUID provider, PersonId person) {
        return tx.db()
                .sql("select exists (select from scim_user where provider = ? and person = ?)")
                .params(provider, person.value())
                .query(Boolean.class)
                .single();
    }

    int count(Tx tx, UUID provider, Filter.Condition where) {
        return tx.db()
                .sql("select count(*) from scim_user u where u.provider = ? and " + where.sql())
                .params(parameters(provider, where))
                .query(Integer.class)
                .single();
    }

    List<ScimUser> page(Tx tx, UUID provider, Filter.Condition where, int offset, int limit) {
        var parameters = parameters(provider, where);
        parameters.add(limit);
        parameters.add(offset);
        return tx.db()
                .sql(COLUMNS + " and " + where.sql() + " order by u.created_at, u.id limit ? offset ?")
                .params(parameters)
                .query((row, n) -> user(row))
                .list();
    }

    static List<Object> parameters(UUID provider, Filter.Condition where) {
        var all = new ArrayList<Object>();
        all.add(provider);
        all.addAll(where.parameters());
        return all;
    }

    void insert(Tx tx, UUID provider, ScimUser user) {
        tx.db()
                .sql("""
                        insert into scim_user (id, provider, person, user_name, external_id, active, made, attributes, version,
                            created_at, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                        """)
                .param(user.id())
                .param(provider)
                .param(user.person().value())
                .param(user.userName())
                .param(user.externalId())
                .param(user.active())
                .param(user.made())
                .param(json.writeValueAsString(user.attributes()))
                .param(user.version())
                .param(user.createdAt().atOffset(ZoneOffset.UTC))
                .param(user.changedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    void update(Tx tx, ScimUser user) {
        tx.db()
                .sql(
                        "update scim_user set user_name = ?, external_id = ?, active = ?, attributes = ?::jsonb, version = ?,"
                                + " changed_at = ? where id = ?")
                .param(user.userName())
                .param(user.externalId())
                .param(user.active())
                .param(json.writeValueAsString(user.attributes()))
                .param(user.version())
                .param(user.changedAt().atOffset(ZoneOffset.UTC))
                .param(user.id())
                .update();
    }

    void delete(Tx tx, UUID id) {
        tx.db().sql("delete from scim_user where id = ?").param(id).update();
    }

    private ScimUser user(ResultSet row) throws SQLException {
        return new ScimUser(
                row.getObject("id", UUID.class),
                new PersonId(row.getObject("person", UUID.class)),
                row.getString("user_name"),
                row.getString("external_id"),
                row.getBoolean("active"),
                row.getBoolean("made"),
                (ObjectNode) json.readTree(row.getString("attributes")),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
