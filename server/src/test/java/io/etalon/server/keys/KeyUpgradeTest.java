package io.etalon.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.streamingaead.PredefinedStreamingAeadParameters;
import io.etalon.ledger.SignerKey;
import io.etalon.server.app.TestDatabase;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Client;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A client of an installation whose keys had no versions, after its upgrade. */
final class KeyUpgradeTest {
    private final ProjectId project = new ProjectId(new UUID(11, 12));

    @Test
    void opensWhatWasSealedBeforeAndSignsUnderTheSameName() throws Exception {
        try (var vault = new TestVault()) {
            var client = vault.newCell();
            var folder = new KeysetFolder(vault.folders.keys().resolve("clients"), TestDatabase.SECRET);
            folder.create(client.id());
            var keyset = folder.read(client.id()).orElseThrow();
            var kek = keyset.getPrimitive(RegistryConfiguration.get(), Aead.class);
            var columns = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
            var bytes = KeysetHandle.generateNew(PredefinedStreamingAeadParameters.AES256_GCM_HKDF_1MB);
            var label = client.id() + "|" + project + "|";
            var sealed = columns.getPrimitive(RegistryConfiguration.get(), Aead.class)
                    .encrypt("of old".getBytes(UTF_8), (label + "x").getBytes(UTF_8));
            var signer = SignerKey.ofSeed("etalon/" + client.id(), new byte[32]);

            var admin = TestDatabase.shared();
            var url = vault.scope()
                    .client(client.id(), tx -> tx.connection().getMetaData().getURL());
            String role = vault.scope()
                    .client(
                            client.id(),
                            tx -> tx.db()
                                    .sql("select current_user")
                                    .query(String.class)
                                    .single());
            try (var connection = DriverManager.getConnection(url, admin.user(), admin.password())) {
                run(connection, "drop table data_key, client_key, key_state, log_key, broken_object");
                migrate(connection, role, "V20__keys.sql");
                insert(
                        connection,
                        "insert into client_key (key_id, made_at) values (?, now())",
                        keyset.getPrimary().getId());
                insert(
                        connection,
                        "insert into data_key (project, columns, bytes, names, made_at) values (?, ?, ?, ?, now())",
                        project.value(),
                        wrapped(columns, kek, label + "key columns"),
                        wrapped(bytes, kek, label + "key bytes"),
                        wrapped(ProjectKeys.freshNames(), kek, label + "key names"));
                insert(
                        connection,
                        "insert into log_key (sealed, made_at) values (?, now())",
                        kek.encrypt(signer.secretText().getBytes(UTF_8), ("log key " + client.id()).getBytes(UTF_8)));
                migrate(connection, role, "V84__key_versions.sql");
            }

            opens(vault, client, sealed, signer);
            vault.care.rotate(client.id(), client.slug(), KeyActor.SYSTEM, "local");
            vault.restart();
            opens(vault, client, sealed, signer);
        }
    }

    private void opens(TestVault vault, Client client, byte[] sealed, SignerKey signer) throws Exception {
        vault.open(client);
        assertThat(vault.keys.open(client.id(), project, "x", sealed))
                .asString(UTF_8)
                .isEqualTo("of old");
        assertThat(vault.log.verifierKey(client.id()))
                .isEqualTo(signer.verifier().toString());
    }

    private static byte[] wrapped(KeysetHandle keyset, Aead kek, String label) throws Exception {
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(keyset, kek, label.getBytes(UTF_8));
    }

    private static void migrate(Connection connection, String role, String name) throws Exception {
        try (var in = KeyUpgradeTest.class.getResourceAsStream("/db/client/" + name)) {
            run(connection, new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).replace("${role}", role));
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void insert(Connection connection, String sql, Object... values) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
