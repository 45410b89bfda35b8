package io.etalon.server.app;

import io.etalon.server.access.CredentialFilter;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.EtalonException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Spring Security around everything: headers on every answer, no HTTP session, no forms. Who may call a handler is decided
 * by its own rule; here stand only the addresses that no handler of ours serves.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChain {
    /** Assigned characters that control nothing, and in values also tabs: the rules of {@link StrictHttpFirewall}. */
    private static final Pattern HEADER_NAME = Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*");

    private static final List<String> FORWARDED =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    /** Requests are measured as a whole; an observation for each of the chain's filters cost more than the filters. */
    @Bean
    SecurityObservationSettings securityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * The framework's firewall, which looks at the name and the value of each header whenever somebody reads it. What is
     * plain ASCII fits its rule at a glance.
     */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(
                name -> isPlain(name) || HEADER_NAME.matcher(name).matches());
        firewall.setAllowedHeaderValues(
                value -> isPlain(value) || HEADER_VALUE.matcher(value).matches());
        return firewall;
    }

    private static boolean isPlain(String value) {
        for (var i = 0; i < value.length(); i++) {
            if (value.charAt(i) < ' ' || value.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * The API's door. Its handlers' rules alone decide who comes in, so that behind the firewall stand only the two checks of
     * ours: what the framework prepares for rules of its own took a tenth of a small request. {@link ApiHeaders} come before.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(
            CredentialFilter credentials,
            ContentOrigin origin,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return new DefaultSecurityFilterChain(ApiHeaders::isApi, new OriginWall(origin, problems), credentials);
    }

    @Bean
    @Order(2)
    SecurityFilterChain chain(
            HttpSecurity http,
            CredentialFilter credentials,
            ContentOrigin origin,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        RequestMatcher overHttps = request -> ApiHeaders.isOverHttps(request, origin);
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new OriginWall(origin, problems), AuthorizationFilter.class)
                .addFilterBefore(credentials, AuthorizationFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/metrics")
                        .access((who, context) -> new AuthorizationDecision(mayMeasure(context.getRequest())))
                        .anyRequest()
                        .permitAll())
                // To whom the measurements are closed, they do not exist.
                .exceptionHandling(refusals -> refusals.accessDeniedHandler((request, response, e) ->
                                problems.resolveException(request, response, null, EtalonException.notFound()))
                        .authenticationEntryPoint((request, response, e) ->
                                problems.resolveException(request, response, null, EtalonException.notFound())))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy(origin)))
                        .httpStrictTransportSecurity(hsts -> hsts.requestMatcher(overHttps)
                                .includeSubDomains(false)
                                .maxAgeInSeconds(ApiHeaders.A_YEAR))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                        .crossOriginOpenerPolicy(coop -> coop.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .frameOptions(frames -> frames.deny()))
                .build();
    }

    /** The chain runs this filter; the servlet container must not run it a second time. */
    @Bean
    FilterRegistrationBean<CredentialFilter> notOutsideTheChain(CredentialFilter filter) {
        var registration = new FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    /** What the firewall keeps out (an odd method, a hidden control character) is answered like any other refusal. */
    @Bean
    RequestRejectedHandler rejections(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, e) -> problems.resolveException(request, response, null, e);
    }

    static String policy(ContentOrigin origin) {
        return policy(origin, "style-src 'self'");
    }

    /** The policy of the page that runs the application, whose style elements carry a nonce. */
    static String policy(ContentOrigin origin, String styles) {
        return "default-src 'none'; script-src 'self'; " + styles + "; img-src 'self' blob: data:;"
                + " connect-src 'self' " + origin.baseUrl() + "; font-src 'self'; frame-ancestors 'none';"
                + " base-uri 'none'; form-action 'self'";
    }

    /** An operator's key, or this very machine with nobody in between. */
    private static boolean mayMeasure(HttpServletRequest request) {
        if (CredentialFilter.isOperatorKey(request)) {
            return true;
        }
        if (FORWARDED.stream().anyMatch(header -> request.getHeader(header) != null)) {
            return false;
        }
        try {
            return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
