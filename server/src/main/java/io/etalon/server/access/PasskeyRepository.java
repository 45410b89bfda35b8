package io.etalon.server.access;

import io.etalon.server.base.Ids;
import io.etalon.server.base.PersonId;
import io.etalon.server.tenant.TenantScope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.api.CredentialRecord;
import org.springframework.security.web.webauthn.api.ImmutablePublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.api.PublicKeyCredentialUserEntity;
import org.springframework.security.web.webauthn.management.PublicKeyCredentialUserEntityRepository;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;

/** What Spring Security's WebAuthn operations read and write, on the control database. Its user name is our person id. */
final class PasskeyRepository implements UserCredentialRepository, PublicKeyCredentialUserEntityRepository {
    private final TenantScope scope;
    private final Ids ids;
    private final PasskeyStore passkeys = new PasskeyStore();
    private final PersonStore people = new PersonStore();

    PasskeyRepository(TenantScope scope, Ids ids) {
        this.scope = scope;
        this.ids = ids;
    }

    @Override
    public void save(CredentialRecord credential) {
        scope.controlDo(tx -> {
            if (passkeys.update(tx, credential) == 0) {
                passkeys.insert(tx, ids.next(), UserHandle.person(credential.getUserEntityUserId()), credential);
            }
        });
    }

    @Override
    public @Nullable CredentialRecord findByCredentialId(Bytes credentialId) {
        return scope.control(tx -> passkeys.find(tx, credentialId.getBytes())).orElse(null);
    }

    @Override
    public List<CredentialRecord> findByUserId(Bytes userId) {
        return scope.control(tx -> passkeys.credentials(tx, UserHandle.person(userId)));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findById(Bytes id) {
        return entity(UserHandle.person(id));
    }

    @Override
    public @Nullable PublicKeyCredentialUserEntity findByUsername(String personId) {
        return entity(new PersonId(java.util.UUID.fromString(personId)));
    }

    private @Nullable PublicKeyCredentialUserEntity entity(PersonId id) {
        return scope.control(tx -> people.find(tx, id))
                .map(person -> ImmutablePublicKeyCredentialUserEntity.builder()
                        .id(UserHandle.of(id))
                        .name(person.email())
                        .displayName(person.name())
                        .build())
                .orElse(null);
    }

    @Override
    public void save(PublicKeyCredentialUserEntity entity) {
        throw new UnsupportedOperationException("people are made by invitation only");
    }

    @Override
    public void delete(Bytes id) {
        throw new UnsupportedOperationException("a passkey is deleted by its owner, by id");
    }
}
