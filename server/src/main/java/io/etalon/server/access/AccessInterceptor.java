package io.etalon.server.access;

import io.etalon.server.audit.AuditEvent;
import io.etalon.server.audit.AuditLog;
import io.etalon.server.audit.AuditOp;
import io.etalon.server.base.ErrorCode;
import io.etalon.server.base.ErrorKind;
import io.etalon.server.base.EtalonException;
import io.etalon.server.base.ProjectId;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(AccessInterceptor.class);
    private static final String CLIENT_CALLER = ClientCaller.class.getName();
    private static final String PROJECT = "project";
    /** What an operator is at a client whose content he may look into. */
    private static final Set<Role> THROUGH_GLASS = Set.of(Role.REQUESTER, Role.AUDITOR);

    private static final String DOCUMENTATION = "org.springdoc.";

    private final Clients clients;
    private final Rights rights;
    private final Grants grants;
    private final ClientKeys keys;
    private final Doors doors;
    private final AuditLog log;
    /** Annotations never change, and reading them takes longer than the rule. */
    private final ConcurrentMap<Method, Rule> rules = new ConcurrentHashMap<>();

    /** Whether a handler may be called while the client's key is away. */
    private final ConcurrentMap<Method, Boolean> withoutKey = new ConcurrentHashMap<>();

    /** What features above this one keep closed, or open. */
    @Component
    record Doors(Gates gates, ObjectProvider<GlassDoor> glass, SecondFactor factor, Sight sight) {}

    AccessInterceptor(Clients clients, Rights rights, Grants grants, ClientKeys keys, Doors doors, AuditLog log) {
        this.clients = clients;
        this.rights = rights;
        this.grants = grants;
        this.keys = keys;
        this.doors = doors;
        this.log = log;
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
        try {
            enforce(known == null ? read(method) : known, request);
        } catch (EtalonException e) {
            if (e.code().kind() == ErrorKind.FORBIDDEN) {
                var caller = CredentialFilter.callerOf(request);
                LOG.info(
                        "denied code={} person={} handler={}",
                        e.code().name(),
                        caller.map(one -> one.person().toString()).orElse("-"),
                        method.getShortLogMessage());
            }
            throw e;
        }
        var caller = clientCaller(request);
        if (caller != null && !isServedWithoutKey(method)) {
            keys.require(caller.client().id());
        }
        return true;
    }

    private boolean isServedWithoutKey(HandlerMethod method) {
        return withoutKey.computeIfAbsent(
                method.getMethod(),
                one -> method.hasMethodAnnotation(EvenWithoutKey.class)
                        || method.getBeanType().isAnnotationPresent(EvenWithoutKey.class));
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
            case Rule.SignedIn(var sessionOnly, var weakToo) -> {
                var credential = required(request);
                if (credential.key() != null && sessionOnly) {
                    throw new EtalonException(SESSION_REQUIRED, "Sign in to do this.");
                }
                if (!weakToo) {
                    doors.factor().requireWhereBound(credential);
                }
            }
            case Rule.Operator() -> {
                var credential = required(request);
                if (!rights.isOperator(credential)) {
                    throw new EtalonException(ErrorCode.FORBIDDEN, "Operators of this installation may do this.");
                }
                doors.factor().requireOfOperator(credential);
            }
            case Rule.Member member -> {
                var caller = caller(member, required(request), request);
                pass(caller, ClientGate.Door.SERVING, request);
                if (!member.behindWalls() && !caller.is(Role.OPERATOR)) {
                    var inside = !variable(request, PROJECT).isEmpty();
                    pass(caller, inside ? ClientGate.Door.PROJECT : ClientGate.Door.CLIENT, request);
                }
                pass(caller, ClientGate.Door.PRESENCE, request);
                if (member.ownPeopleOnly()) {
                    doors.sight().requireAll(caller);
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

    private void pass(ClientCaller caller, ClientGate.Door door, HttpServletRequest request) {
        var visitor =
                new ClientGate.Visitor(caller.person(), caller.workforce(), caller.via(), request.getRemoteAddr());
        var refusal = doors.gates().refusal(caller.client().id(), visitor, door, project(variable(request, PROJECT)));
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

    private ClientCaller caller(Rule.Member rule, Credential credential, HttpServletRequest request) {
        var client = clients.find(variable(request, "client")).orElseThrow(EtalonException::notFound);
        var caller = credential.caller();
        var operator = rule.operatorToo() && rights.isOperator(credential);
        if (!operator && !rights.isMember(credential, client)) {
            return throughTheGlass(rule, credential, client, request);
        }
        doors.factor().require(credential, client.id());
        var roles = rights.at(credential, client);
        if (operator) {
            doors.factor().requireOfOperator(credential);
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

    /**
     * An operator who is no member, and reads under a grant that the client sees: what he asks for stands in the client's log
     * before he gets it. He changes nothing, and keys may not do this.
     */
    private ClientCaller throughTheGlass(
            Rule.Member rule, Credential credential, Client client, HttpServletRequest request) {
        var door = doors.glass().getIfAvailable();
        var reads = "GET".equals(request.getMethod())
                && (rule.roles().isEmpty() || !Collections.disjoint(rule.roles(), THROUGH_GLASS));
        if (door == null || !reads || credential.key() != null || !rights.isOperator(credential)) {
            throw EtalonException.notFound();
        }
        var caller = credential.caller();
        var grant = door.grant(caller.person(), client.id());
        if (grant == null) {
            throw EtalonException.notFound();
        }
        doors.factor().requireOfOperator(credential);
        doors.factor().require(credential, client.id());
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        log.commit(
                client.id(),
                AuditEvent.of(
                                AuditOp.ADMIN_READ,
                                caller.person(),
                                ClientCaller.VIA_BREAK_GLASS,
                                project(variable(request, PROJECT)))
                        .with("grant", grant.toString())
                        .with("address", String.valueOf(pattern)));
        return new ClientCaller(
                client, caller.person(), ClientCaller.VIA_BREAK_GLASS, caller.session(), THROUGH_GLASS, null);
    }

    static @Nullable ClientCaller clientCaller(HttpServletRequest request) {
        return request.getAttribute(CLIENT_CALLER) instanceof ClientCaller caller ? caller : null;
    }
}
