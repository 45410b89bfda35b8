package io.etalon.server.access;

import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Hands {@link Caller}, {@link ClientCaller} and {@link Attempt} to handlers that ask for them. */
final class CallerArguments implements HandlerMethodArgumentResolver {
    private static final Set<Class<?>> TYPES = Set.of(Caller.class, ClientCaller.class, Attempt.class);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,100}");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return TYPES.contains(parameter.getParameterType());
    }

    @Override
    public @Nullable Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var request = web.getNativeRequest(HttpServletRequest.class);
        var response = web.getNativeResponse(HttpServletResponse.class);
        if (request == null || response == null) {
            throw new IllegalStateException("not a servlet request");
        }
        var credential = Credential.of(request);
        if (parameter.getParameterType() == ClientCaller.class) {
            return AccessInterceptor.clientCaller(request);
        }
        if (credential == null) {
            // A handler for anyone; every other rule has refused before.
            return null;
        }
        return parameter.getParameterType() == Caller.class
                ? credential.caller()
                : attempt(request, response, credential.caller());
    }

    private static Attempt attempt(HttpServletRequest request, HttpServletResponse response, Caller caller) {
        var key = request.getHeader("Idempotency-Key");
        if (key != null && !KEY.matcher(key).matches()) {
            throw EtalonException.invalid("The header Idempotency-Key must have 1 to 100 visible ASCII characters.");
        }
        return new Attempt(caller.person(), request.getMethod() + " " + request.getRequestURI(), key, response);
    }
}
