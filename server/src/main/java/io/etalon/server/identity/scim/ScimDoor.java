package io.etalon.server.identity.scim;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The one door to {@code /scim/v2}: a provisioning token, and with it the provider that everything below is held to. */
@Component
final class ScimDoor implements HandlerInterceptor, WebMvcConfigurer {
    static final String PROVIDER = "io.etalon.scim.provider";
    private static final String BEARER = "Bearer ";

    private final ScimTokens tokens;

    ScimDoor(ScimTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/scim/v2/**").order(-1);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        var header = request.getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw ScimFault.unauthenticated();
        }
        UUID provider =
                tokens.provider(header.substring(BEARER.length()).strip()).orElseThrow(ScimFault::unauthenticated);
        request.setAttribute(PROVIDER, provider);
        return true;
    }
}
