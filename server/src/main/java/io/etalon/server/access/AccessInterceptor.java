package io.etalon.server.access;

import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.tenant.Clients;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The one place where a request is let in or refused. Deny is the default: a handler without a rule is not reached. Who
 * may not know of a client gets the very answer of an address that does not exist. Thread-safe.
 */
@Component
final class AccessInterceptor implements HandlerInterceptor {
    static final ErrorCode SESSION_REQUIRED =
            ErrorCode.of("session-required", ErrorKind.FORBIDDEN, "A key may not do this");
    private static final String CLIENT_CALLER = ClientCaller.class.getName();
    private static final String PROJECT = "project";
    private static final String DOCUMENTATION = "org.springdoc.";

    private final Clients clients;
    private final Rights rights;
    private final Grants grants;
    private final ObjectProvider<ClientGate> gate;
    /** Annotations never change, and reading them takes longer than the rule. */
    private final ConcurrentMap<Method, Rule> rules = new ConcurrentHashMap<>();

    AccessInterceptor(Clients clients, Rights rights, Grants grants, ObjectProvider<ClientGate> gate) {
        this.clients = clients;
        this.rights = rights;
        this.grants = grants;
        this.gate = gate;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getDispatcherType() == DispatcherType.ERROR || !(handler instanceof HandlerMethod method)) {
            // A static file of the web application, or the report of an error.
            return true;
        }
        if (method.getBeanType().getName().startsWith(DOCUMENTATION)) {
            return true;
        }
        var known = rules.get(method.getMethod());
        enforce(known == null ? read(method) : known, request);
        return true;
    }

    private Rule read(HandlerMethod method) {
        var rule = RuleCheck.isOurs(method) ? Rule.of(method.getMethod()) : null;
        if (rule == null) {
            throw EtalonException.notFound();
        }
        rules.put(method.getMethod(), rule);
        return rule;
    }

    private void enforce(Rule rule, HttpServletRequest request) {
        switch (rule) {
            case Rule.Anyone() -> {}
            case Rule.SignedIn(var sessionOnly) -> {
                if (required(request).key() != null && sessionOnly) {
                    throw new EtalonException(SESSION_REQUIRED, "Sign in to do this.");
                }
            }
            case Rule.Operator() -> {
                if (!rights.isOperator(required(request))) {
                    throw new EtalonException(ErrorCode.FORBIDDEN, "Operators of this installation may do this.");
                }
            }
            case Rule.Member member -> {
                var caller = caller(member, required(request), variable(request, "client"));
                if (!member.behindWalls() && !caller.is(Role.OPERATOR)) {
                    pass(caller, variable(request, PROJECT));
                }
                request.setAttribute(CLIENT_CALLER, caller);
            }
        }
    }

    private static Credential required(HttpServletRequest request) {
        var credential = Credential.of(request);
        if (credential == null) {
            throw new EtalonException(
                    CredentialFilter.UNAUTHENTICATED, "Sign in, or send a key as “Authorization: Bearer etk_…”.");
        }
        return credential;
    }

    private static String variable(HttpServletRequest request, String name) {
        var variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return variables instanceof Map<?, ?> map && map.get(name) instanceof String text ? text : "";
    }

    private void pass(ClientCaller caller, String project) {
        var standing = gate.getIfAvailable();
        if (standing == null) {
            return;
        }
        var visitor = new ClientGate.Visitor(caller.person(), caller.workforce(), caller.via());
        var door = project.isEmpty() ? ClientGate.Door.CLIENT : ClientGate.Door.PROJECT;
        var refusal = standing.refusal(caller.client().id(), visitor, door, project(project));
        if (refusal.isPresent()) {
            throw refusal.get();
        }
    }

    /** Null for what is no id: the handler will not find it either. */
    private static @Nullable ProjectId project(String text) {
        try {
            return new ProjectId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private ClientCaller caller(Rule.Member rule, Credential credential, String slug) {
        var client = clients.find(slug).orElseThrow(EtalonException::notFound);
        var caller = credential.caller();
        var operator = rule.operatorToo() && rights.isOperator(credential);
        if (!operator && !rights.isMember(credential, client)) {
            throw EtalonException.notFound();
        }
        var roles = rights.at(credential, client);
        if (operator) {
            roles.add(Role.OPERATOR);
        }
        if (!operator && !rule.roles().isEmpty() && rule.roles().stream().noneMatch(roles::contains)) {
            throw new EtalonException(
                    ErrorCode.FORBIDDEN,
                    "This needs one of the roles " + String.join(", ", Sql.names(rule.roles())) + ".");
        }
        var workforce = grants.workforceAt(caller.person(), client.id());
        return new ClientCaller(client, caller.person(), caller.via(), caller.session(), roles, workforce);
    }

    static @Nullable ClientCaller clientCaller(HttpServletRequest request) {
        return request.getAttribute(CLIENT_CALLER) instanceof ClientCaller caller ? caller : null;
    }
}
