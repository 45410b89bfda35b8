package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import io.etalon.server.base.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.AuthenticatorTransport;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutableCredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCose;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialType;

/** The control table {@code passkey}. */
final class PasskeyStore {
    /**
     * A passkey as its owner sees it.
     *
     * @param lastUsedAt when it last signed him in; null until it has
     */
    record Passkey(
            UUID id, String label, Instant createdAt, @Nullable Instant lastUsedAt) {}

    void insert(Tx tx, UUID id, PersonId person, CredentialRecord credential) {
        var transports = credential.getTransports().stream()
                .map(AuthenticatorTransport::getValue)
                .toArray(String[]::new);
        tx.db()
                .sql("""
                        insert into passkey (id, credential_id, person, label, public_key, signature_count, user_verified,
                                             transports, backup_eligible, backed_up, attestation, client_data,
                                             created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .param(id)
                .param(credential.getCredentialId().getBytes())
                .param(person.value())
                .param(credential.getLabel())
                .param(credential.getPublicKey().getBytes())
                .param(credential.getSignatureCount())
                .param(credential.isUvInitialized())
                .param(transports)
                .param(credential.isBackupEligible())
                .param(credential.isBackupState())
                .param(bytes(credential.getAttestationObject()))
                .param(bytes(credential.getAttestationClientDataJSON()))
                .param(Sql.time(credential.getCreated()))
                .update();
    }

    /** Keeps what a sign-in changes: the counter, by which a cloned authenticator shows, and the time. */
    int update(Tx tx, CredentialRecord credential) {
        return tx.db()
                .sql("""
                        update passkey set signature_count = ?, backed_up = ?, user_verified = ?, last_used_at = ?
                        where credential_id = ?
                        """)
                .param(credential.getSignatureCount())
                .param(credential.isBackupState())
                .param(credential.isUvInitialized())
                .param(Sql.time(credential.getLastUsed()))
                .param(credential.getCredentialId().getBytes())
                .update();
    }

    Optional<CredentialRecord> find(Tx tx, byte[] credentialId) {
        return tx.db()
                .sql("select * from passkey where credential_id = ?")
                .param(credentialId)
                .query((row, n) -> credential(row))
                .optional();
    }

    List<CredentialRecord> credentials(Tx tx, PersonId person) {
        return tx.db()
                .sql("select * from passkey where person = ? order by created_at, id")
                .param(person.value())
                .query((row, n) -> credential(row))
                .list();
    }

    List<Passkey> of(Tx tx, PersonId person) {
        return tx.db()
                .sql("select id, label, created_at, last_used_at from passkey where person = ? order by created_at, id")
                .param(person.value())
                .query((row, n) -> new Passkey(
                        row.getObject("id", UUID.class),
                        row.getString("label"),
                        Sql.instant(row, "created_at"),
                        lastUsed(row)))
                .list();
    }

    boolean delete(Tx tx, PersonId person, UUID id) {
        return tx.db()
                        .sql("delete from passkey where person = ? and id = ?")
                        .params(person.value(), id)
                        .update()
                == 1;
    }

    private static CredentialRecord credential(ResultSet row) throws SQLException {
        var transports = new HashSet<AuthenticatorTransport>();
        for (var name : Sql.texts(row, "transports")) {
            transports.add(AuthenticatorTransport.valueOf(name));
        }
        return ImmutableCredentialRecord.builder()
                .credentialType(PublicKeyCredentialType.PUBLIC_KEY)
                .credentialId(new Bytes(row.getBytes("credential_id")))
                .userEntityUserId(UserHandle.of(new PersonId(row.getObject("person", UUID.class))))
                .publicKey(new ImmutablePublicKeyCose(row.getBytes("public_key")))
                .signatureCount(row.getLong("signature_count"))
                .uvInitialized(row.getBoolean("user_verified"))
                .transports(transports)
                .backupEligible(row.getBoolean("backup_eligible"))
                .backupState(row.getBoolean("backed_up"))
                .attestationObject(new Bytes(row.getBytes("attestation")))
                .attestationClientDataJSON(new Bytes(row.getBytes("client_data")))
                .created(Sql.instant(row, "created_at"))
                // The library knows no passkey that was never used.
                .lastUsed(Objects.requireNonNullElse(lastUsed(row), Sql.instant(row, "created_at")))
                .label(row.getString("label"))
                .build();
    }

    private static @Nullable Instant lastUsed(ResultSet row) throws SQLException {
        return row.getObject("last_used_at") == null ? null : Sql.instant(row, "last_used_at");
    }

    private static byte[] bytes(@Nullable Bytes bytes) {
        return bytes == null ? new byte[0] : bytes.getBytes();
    }
}
