package io.etalon.server.wall;

import io.etalon.server.base.ClientId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/** The control tables {@code wall_rule} and {@code wall_epoch}; reads what else walls are decided from. */
final class WallStore {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NEWEST =
            "select distinct on (client, id) * from wall_rule %s order by client, id, version desc";

    /** What a snapshot is good for: the epoch, and the day since stakes begin and end with days. */
    record Mark(long epoch, LocalDate day) {}

    Mark mark(Tx tx) {
        return tx.db()
                .sql("select epoch, (clock_timestamp() at time zone 'UTC')::date as day from wall_epoch")
                .query((row, n) -> new Mark(row.getLong("epoch"), row.getObject("day", LocalDate.class)))
                .single();
    }

    void insert(Tx tx, ClientId client, WallRule rule) {
        tx.db()
                .sql("""
                insert into wall_rule (client, id, version, kind, terms, in_force, set_by, set_at)
                values (?, ?, ?, ?, ?::jsonb, ?, ?, ?)
                """)
                .params(client.value(), rule.id(), rule.version(), rule.terms().kind())
                .params(JSON.writeValueAsString(RuleBody.of(rule.terms())), rule.inForce(), rule.setBy())
                .param(rule.setAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The newest version of each rule of a client, in force or not, oldest rule first. */
    List<WallRule> newest(Tx tx, ClientId client) {
        return tx.db()
                .sql(String.format(Locale.ROOT, NEWEST, "where client = ?"))
                .param(client.value())
                .query((row, n) -> rule(row))
                .list();
    }

    Optional<WallRule> newest(Tx tx, ClientId client, UUID rule) {
        return versions(tx, client, rule).stream().findFirst();
    }

    /** All versions of a rule, newest first. */
    List<WallRule> versions(Tx tx, ClientId client, UUID rule) {
        return tx.db()
                .sql("select * from wall_rule where client = ? and id = ? order by version desc")
                .params(client.value(), rule)
                .query((row, n) -> rule(row))
                .list();
    }

    private record Owned(ClientId client, WallRule rule) {}

    /** The rules in force by client. */
    Map<ClientId, List<WallRule>> inForce(Tx tx) {
        var all = new HashMap<ClientId, List<WallRule>>();
        tx
                .db()
                .sql(String.format(Locale.ROOT, NEWEST, ""))
                .query((row, n) -> new Owned(new ClientId(row.getObject("client", UUID.class)), rule(row)))
                .list()
                .stream()
                .filter(owned -> owned.rule().inForce())
                .forEach(owned -> all.computeIfAbsent(owned.client(), id -> new ArrayList<>())
                        .add(owned.rule()));
        return all;
    }

    /** Which organisation each client is, where that is known. */
    Map<ClientId, UUID> organisations(Tx tx) {
        var all = new HashMap<ClientId, UUID>();
        tx.db()
                .sql("select id, organisation from client where organisation is not null")
                .query(row -> {
                    all.put(new ClientId(row.getObject("id", UUID.class)), row.getObject("organisation", UUID.class));
                });
        return all;
    }

    private static WallRule rule(ResultSet row) throws SQLException {
        return new WallRule(
                row.getObject("id", UUID.class),
                row.getInt("version"),
                JSON.readValue(row.getString("terms"), RuleBody.class).terms(""),
                row.getBoolean("in_force"),
                row.getObject("set_by", UUID.class),
                row.getObject("set_at", OffsetDateTime.class).toInstant());
    }
}
