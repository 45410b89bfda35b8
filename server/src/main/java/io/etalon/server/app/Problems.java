package io.etalon.server.app;

import io.etalon.annotation.Fault;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.Ids;
import jakarta.servlet.http.HttpServletRequest;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * The one mapping from exceptions to problem documents (RFC 9457). What nobody foresaw becomes a 500 with an id that the
 * log has too, and nothing else: no stack, no content.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    static final ErrorCode NOT_ALLOWED = ErrorCode.of(
                    "method-not-allowed", ErrorKind.INVALID, "This address does not take this method")
            .withStatus(405);
    static final ErrorCode NOT_ACCEPTABLE = ErrorCode.of("not-acceptable", ErrorKind.INVALID, "No such representation")
            .withStatus(406);
    static final ErrorCode UNSUPPORTED = ErrorCode.of(
                    "unsupported-type", ErrorKind.INVALID, "This content type is not read here")
            .withStatus(415);
    static final ErrorCode TOO_LARGE = ErrorCode.of("too-large", ErrorKind.INVALID, "The body is too large")
            .withStatus(413);

    private final Ids ids;

    Problems(Ids ids) {
        this.ids = ids;
    }

    @ExceptionHandler
    ResponseEntity<Problem> ours(EtalonException e) {
        if (isUnstorableText(e)) {
            return unstorable();
        }
        if (e.code().kind() == ErrorKind.INTERNAL) {
            return internal(e.code(), e);
        }
        var headers = new HttpHeaders();
        var wait = e.retryAfter();
        if (wait != null) {
            headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(Math.max(1, wait.toSeconds())));
        } else if (e.code().kind() == ErrorKind.EXHAUSTED) {
            headers.set(HttpHeaders.RETRY_AFTER, "5");
            LOG.warn("refused code={} cause={}", e.code().name(), causeOf(e));
        }
        if (e.code().status() == HttpStatus.UNAUTHORIZED.value()) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"etalon\"");
        }
        return answer(
                Problem.of(e.code(), e.getMessage() == null ? "" : e.getMessage(), e.faults())
                        .allowing(e.allowed()),
                headers);
    }

    @ExceptionHandler
    ResponseEntity<Problem> unreadable(HttpMessageNotReadableException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof EtalonException ours) {
                return ours(JsonFaults.placed(ours, e.getCause()));
            }
            if (cause instanceof BodyLimits.TooLarge) {
                return answer(Problem.of(TOO_LARGE, "A JSON body has at most " + BodyLimits.MAX_JSON + " bytes."));
            }
        }
        var fault = JsonFaults.of(e.getCause());
        return answer(Problem.of(ErrorCode.INVALID, fault.toString(), List.of(fault)));
    }

    /** A path variable that cannot be an id names nothing; a parameter that cannot be read is a mistake. */
    @ExceptionHandler
    ResponseEntity<Problem> mismatch(MethodArgumentTypeMismatchException e) {
        if (e.getParameter().hasParameterAnnotation(PathVariable.class)) {
            return ours(EtalonException.notFound());
        }
        return parameter(e.getName(), "has a value that cannot be read");
    }

    @ExceptionHandler
    ResponseEntity<Problem> missing(MissingServletRequestParameterException e) {
        return parameter(e.getParameterName(), "is missing");
    }

    /** A query parameter's place is its name, as a member's of a body is. */
    private static ResponseEntity<Problem> parameter(String name, String message) {
        return answer(Problem.of(
                ErrorCode.INVALID,
                "The query parameter “" + name + "” " + message + ".",
                List.of(new Fault("/" + name, message))));
    }

    @ExceptionHandler({NoHandlerFoundException.class, NoResourceFoundException.class})
    ResponseEntity<Problem> nothingHere() {
        return ours(EtalonException.notFound());
    }

    @ExceptionHandler
    ResponseEntity<Problem> method(HttpRequestMethodNotSupportedException e) {
        var headers = new HttpHeaders();
        var allowed = e.getSupportedHttpMethods();
        if (allowed != null) {
            headers.setAllow(allowed);
        }
        return answer(Problem.of(NOT_ALLOWED, "The header Allow lists the methods of this address."), headers);
    }

    /** The address, the method or a parameter has characters that no honest one has. */
    @ExceptionHandler
    ResponseEntity<Problem> rejected(RequestRejectedException e) {
        return answer(
                Problem.of(ErrorCode.INVALID, "The method, the address or a parameter is not one that is taken."));
    }

    /** The caller has gone: nothing can be answered, and nothing is wrong here. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException e) {
        LOG.debug("client gone cause={}", causeOf(e));
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Problem> other(Exception e, HttpServletRequest request) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getSimpleName().equals("ClientAbortException")) {
                return null;
            }
            if (cause instanceof BodyLimits.TooLarge) {
                return answer(Problem.of(TOO_LARGE, "A JSON body has at most " + BodyLimits.MAX_JSON + " bytes."));
            }
        }
        if (isUnstorableText(e)) {
            return unstorable();
        }
        if (e instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
            return answer(Problem.of(codeOf(known.getStatusCode().value()), "The request was not understood."));
        }
        LOG.error(
                "failed method={} exception={}",
                request.getMethod(),
                e.getClass().getName());
        return internal(ErrorCode.INTERNAL, e);
    }

    /** SQLSTATE 22021: of all that JSON and Unicode allow, PostgreSQL keeps everything but U+0000. */
    private static boolean isUnstorableText(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && "22021".equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static ResponseEntity<Problem> unstorable() {
        var fault = new Fault("", "a text holds the character U+0000");
        return answer(
                Problem.of(ErrorCode.INVALID, "A text of the request holds the character U+0000.", List.of(fault)));
    }

    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.NOT_FOUND;
            case 405 -> NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> TOO_LARGE;
            case 415 -> UNSUPPORTED;
            default -> status < 500 ? ErrorCode.INVALID : ErrorCode.INTERNAL;
        };
    }

    /** The log gets classes and places, not messages: a database's message can quote a client's content. */
    private ResponseEntity<Problem> internal(ErrorCode code, Exception e) {
        var id = ids.next().toString();
        LOG.error("internal id={} code={} cause={}\n{}", id, code.name(), causeOf(e), places(e));
        return answer(Problem.of(code, "The log of the server tells more under this id.")
                .under(id));
    }

    private static String causeOf(Throwable e) {
        var chain = new StringBuilder(e.getClass().getName());
        for (var cause = e.getCause(); cause != null; cause = cause.getCause()) {
            chain.append(" < ").append(cause.getClass().getName());
            if (cause instanceof SQLException sql) {
                chain.append(" sqlstate=").append(sql.getSQLState());
            }
        }
        return chain.toString();
    }

    private static String places(Throwable e) {
        var lines = new StringBuilder();
        for (var cause = e; cause != null; cause = cause.getCause()) {
            for (var frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("io.etalon.")) {
                    lines.append("  at ").append(frame).append('\n');
                }
            }
        }
        return lines.toString();
    }

    private static ResponseEntity<Problem> answer(Problem problem) {
        return answer(problem, new HttpHeaders());
    }

    private static ResponseEntity<Problem> answer(Problem problem, HttpHeaders headers) {
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(problem.status()).headers(headers).body(problem);
    }
}
