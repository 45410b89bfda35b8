package io.etalon.server.access;

import io.etalon.server.base.PersonId;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.security.web.webauthn.api.Bytes;

/** A person's id as the 16 bytes that an authenticator keeps (WebAuthn's user handle: opaque, no name in it). */
final class UserHandle {
    private UserHandle() {}

    static Bytes of(PersonId person) {
        var id = person.value();
        return new Bytes(ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array());
    }

    /** The person; for bytes of another length, one who does not exist. */
    static PersonId person(Bytes handle) {
        if (handle.getBytes().length != 16) {
            return new PersonId(new UUID(0, 0));
        }
        var buffer = ByteBuffer.wrap(handle.getBytes());
        return new PersonId(new UUID(buffer.getLong(), buffer.getLong()));
    }
}
