package io.etalon.server.identity.scim;

import org.jspecify.annotations.Nullable;

/** A refusal in SCIM's own words (RFC 7644, section 3.12). */
final class ScimFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String type;

    private ScimFault(int status, @Nullable String type, String detail) {
        super(detail);
        this.status = status;
        this.type = type;
    }

    static ScimFault invalidValue(String detail) {
        return new ScimFault(400, "invalidValue", detail);
    }

    static ScimFault invalidSyntax(String detail) {
        return new ScimFault(400, "invalidSyntax", detail);
    }

    static ScimFault invalidFilter(String detail) {
        return new ScimFault(400, "invalidFilter", detail);
    }

    static ScimFault invalidPath(String detail) {
        return new ScimFault(400, "invalidPath", detail);
    }

    static ScimFault noTarget(String detail) {
        return new ScimFault(400, "noTarget", detail);
    }

    static ScimFault mutability(String detail) {
        return new ScimFault(400, "mutability", detail);
    }

    static ScimFault uniqueness(String detail) {
        return new ScimFault(409, "uniqueness", detail);
    }

    static ScimFault precondition() {
        return new ScimFault(412, null, "The resource has changed; read it again.");
    }

    static ScimFault notFound() {
        return new ScimFault(404, null, "There is no such resource for this token.");
    }

    static ScimFault unauthenticated() {
        return new ScimFault(401, null, "The token is missing, unknown, revoked or expired.");
    }

    static ScimFault of(int status, String detail) {
        return new ScimFault(status, null, detail);
    }

    int status() {
        return status;
    }

    @Nullable
    String type() {
        return type;
    }
}
