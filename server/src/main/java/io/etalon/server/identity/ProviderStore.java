package io.etalon.server.identity;

import io.etalon.server.access.Role;
import io.etalon.server.base.ClientId;
import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.ObjectMapper;

/** The control tables {@code identity_provider} and {@code group_rule}. */
final class ProviderStore {
    private static final String COLUMNS =
            "select id, kind, name, settings::text as settings, enabled, created_at from identity_provider ";

    private final ObjectMapper json;

    ProviderStore(ObjectMapper json) {
        this.json = json;
    }

    List<Provider> all(Tx tx) {
        return tx.db()
                .sql(COLUMNS + "order by name")
                .query((row, n) -> provider(row))
                .list();
    }

    Optional<Provider> find(Tx tx, UUID id) {
        return tx.db()
                .sql(COLUMNS + "where id = ?")
                .param(id)
                .query((row, n) -> provider(row))
                .optional();
    }

    boolean isTaken(Tx tx, String name, UUID except) {
        return tx.db()
                .sql("select exists (select from identity_provider where name = ? and id <> ?)")
                .params(name, except)
                .query(Boolean.class)
                .single();
    }

    void insert(Tx tx, Provider provider, byte @Nullable [] secret) {
        tx.db()
                .sql("""
                        insert into identity_provider (id, kind, name, settings, secret, enabled, created_at)
                        values (?, ?, ?, ?::jsonb, ?, ?, ?)
                        """)
                .param(provider.id())
                .param(provider.kind().text())
                .param(provider.name())
                .param(json.writeValueAsString(provider.settings()))
                .param(secret)
                .param(provider.enabled())
                .param(provider.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** A secret of null leaves the one that is there. */
    void update(Tx tx, Provider provider, byte @Nullable [] secret) {
        tx.db()
                .sql("update identity_provider set name = ?, settings = ?::jsonb, enabled = ?,"
                        + " secret = coalesce(?, secret) where id = ?")
                .param(provider.name())
                .param(json.writeValueAsString(provider.settings()))
                .param(provider.enabled())
                .param(secret)
                .param(provider.id())
                .update();
    }

    boolean delete(Tx tx, UUID id) {
        return tx.db()
                        .sql("delete from identity_provider where id = ?")
                        .param(id)
                        .update()
                == 1;
    }

    Optional<byte[]> secret(Tx tx, UUID id) {
        return tx.db()
                .sql("select secret from identity_provider where id = ?")
                .param(id)
                .query((row, n) -> Optional.ofNullable(row.getBytes("secret")))
                .optional()
                .flatMap(found -> found);
    }

    List<GroupRule> rules(Tx tx, UUID provider) {
        return tx.db()
                .sql("select group_name, client, role, workforce from group_rule where provider = ?"
                        + " order by group_name, client, role")
                .param(provider)
                .query((row, n) -> new GroupRule(
                        row.getString("group_name"),
                        new ClientId(row.getObject("client", UUID.class)),
                        Role.of(row.getString("role")),
                        row.getObject("workforce", UUID.class)))
                .list();
    }

    /** Who agreed to what of a provider, by client. */
    Map<ClientId, Consent> consents(Tx tx, UUID provider) {
        var found = new HashMap<ClientId, Consent>();
        tx.db()
                .sql("select client, fingerprint, consented_by, consented_at from provider_consent where provider = ?")
                .param(provider)
                .query(row -> {
                    found.put(
                            new ClientId(row.getObject("client", UUID.class)),
                            new Consent(
                                    row.getString("fingerprint"),
                                    new PersonId(row.getObject("consented_by", UUID.class)),
                                    row.getObject("consented_at", OffsetDateTime.class)
                                            .toInstant()));
                });
        return found;
    }

    void consent(Tx tx, UUID provider, ClientId client, Consent consent) {
        tx.db()
                .sql("""
                        insert into provider_consent (provider, client, fingerprint, consented_by, consented_at)
                        values (?, ?, ?, ?, ?)
                        on conflict (provider, client) do update set fingerprint = excluded.fingerprint,
                            consented_by = excluded.consented_by, consented_at = excluded.consented_at
                        """)
                .param(provider)
                .param(client.value())
                .param(consent.fingerprint())
                .param(consent.by().value())
                .param(consent.at().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean withdraw(Tx tx, UUID provider, ClientId client) {
        return tx.db()
                        .sql("delete from provider_consent where provider = ? and client = ?")
                        .params(provider, client.value())
                        .update()
                == 1;
    }

    void setRules(Tx tx, UUID provider, List<GroupRule> rules) {
        tx.db().sql("delete from group_rule where provider = ?").param(provider).update();
        for (var rule : rules) {
            tx.db()
                    .sql("insert into group_rule (provider, group_name, client, role, workforce)"
                            + " values (?, ?, ?, ?, ?) on conflict do nothing")
                    .param(provider)
                    .param(rule.group())
                    .param(rule.client().value())
                    .param(rule.role().text())
                    .param(rule.workforce())
                    .update();
        }
    }

    private Provider provider(ResultSet row) throws SQLException {
        return new Provider(
                row.getObject("id", UUID.class),
                ProviderKind.of(row.getString("kind")),
                row.getString("name"),
                json.readValue(row.getString("settings"), Provider.Settings.class),
                row.getBoolean("enabled"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
