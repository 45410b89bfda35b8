package io.etalon.server.identity.scim;

import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import java.util.LinkedHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Failures below {@code /scim/v2} in SCIM's form (RFC 7644, section 3.12); nothing of ours shows beside its sentence.
 * A controller's own handlers come before the ones that all share.
 */
abstract class ScimFaults {
    private static final Logger LOG = LoggerFactory.getLogger(ScimFaults.class);

    @ExceptionHandler
    ResponseEntity<Object> said(ScimFault fault) {
        return answer(fault);
    }

    @ExceptionHandler
    ResponseEntity<Object> ours(EtalonException e) {
        var detail = String.valueOf(e.getMessage());
        return answer(
                e.code().kind() == ErrorKind.CONFLICT
                        ? ScimFault.uniqueness(detail)
                        : e.code().kind() == ErrorKind.INVALID
                                ? ScimFault.invalidValue(detail)
                                : ScimFault.of(e.code().status(), e.code().title()));
    }

    @ExceptionHandler
    ResponseEntity<Object> unreadable(HttpMessageNotReadableException e) {
        return answer(ScimFault.invalidSyntax("The body cannot be read as JSON, or is too large."));
    }

    /** Two requests at once took the same name. */
    @ExceptionHandler
    ResponseEntity<Object> twice(DuplicateKeyException e) {
        return answer(ScimFault.uniqueness("Another resource has this name."));
    }

    @ExceptionHandler
    ResponseEntity<Object> other(Exception e) {
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(ScimFault.of(known.getStatusCode().value(), "The request was not understood."));
        }
        LOG.error("scim failed exception={}", e.getClass().getName());
        return answer(ScimFault.of(500, "Something went wrong on the server."));
    }

    private static ResponseEntity<Object> answer(ScimFault fault) {
        var body = new LinkedHashMap<String, Object>();
        body.put("schemas", List.of(Schemas.ERROR));
        body.put("status", String.valueOf(fault.status()));
        if (fault.type() != null) {
            body.put("scimType", fault.type());
        }
        body.put("detail", String.valueOf(fault.getMessage()));
        var response = ResponseEntity.status(fault.status()).contentType(ScimController.SCIM);
        if (fault.status() == 401) {
            response.header("WWW-Authenticate", "Bearer realm=\"etalon scim\"");
        }
        return response.body(body);
    }
}
