package io.etalon.server.identity;

import io.etalon.server.access.Checks;
import io.etalon.server.access.Role;
import io.etalon.server.access.WorkforceNames;
import io.etalon.server.base.EtalonException;
import io.etalon.server.identity.ProviderBodies.GroupRuleBody;
import io.etalon.server.identity.ProviderBodies.ProviderSetting;
import io.etalon.server.identity.ProviderBodies.SamlBody;
import io.etalon.server.identity.saml.Certificates;
import io.etalon.server.identity.saml.SamlPeer;
import io.etalon.server.tenant.Client;
import io.etalon.server.tenant.Clients;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads and checks what an operator sets; each refusal points at its member. */
@Component
final class ProviderReading {
    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,200}");
    private static final int MOST = 500;

    private final Clients clients;
    private final ObjectProvider<WorkforceNames> workforces;
    private final OidcClient oidc;

    ProviderReading(Clients clients, ObjectProvider<WorkforceNames> workforces, OidcClient oidc) {
        this.clients = clients;
        this.workforces = workforces;
        this.oidc = oidc;
    }

    Providers.Setting read(ProviderSetting body) {
        var kind = Checks.required(body.kind(), "/kind");
        var name = Checks.text(body.name(), "/name", 60);
        var serves = body.serves() == null ? null : served(body.serves());
        var rules = rules(body.groups() == null ? List.of() : body.groups(), serves);
        var domains = domains(body.domains() == null ? List.of() : body.domains());
        var creates = Boolean.TRUE.equals(body.createsPeople());
        if (creates && domains.isEmpty()) {
            throw Checks.fault("/domains", "must name a domain for a provider that adds people");
        }
        var claim = body.groupsClaim() == null ? null : Checks.text(body.groupsClaim(), "/groupsClaim", 200);
        var secret = body.secret() == null ? null : Checks.text(body.secret(), "/secret", 1_000);
        var scopes = kind == ProviderKind.OIDC ? scopes(body.scopes()) : List.<String>of();
        var issuer = kind == ProviderKind.DIRECTORY ? "" : Checks.text(body.issuer(), "/issuer", 1_000);
        var settings = new Provider.Settings(
                issuer,
                kind == ProviderKind.OIDC ? Checks.text(body.clientId(), "/clientId", 300) : null,
                scopes,
                claim,
                domains,
                serves,
                creates,
                kind == ProviderKind.OIDC ? oidc.discover(issuer) : null,
                kind == ProviderKind.SAML ? saml(body.saml()) : null,
                strong(body.strong() == null ? List.of() : body.strong()));
        return new Providers.Setting(kind, name, settings, !Boolean.FALSE.equals(body.enabled()), secret, rules);
    }

    private List<UUID> served(List<String> slugs) {
        if (slugs.isEmpty() || slugs.size() > MOST) {
            throw Checks.fault("/serves", "must name 1 to " + MOST + " clients, or be left out for all");
        }
        var ids = new ArrayList<UUID>();
        for (var i = 0; i < slugs.size(); i++) {
            ids.add(client(slugs.get(i), "/serves/" + i).id().value());
        }
        return List.copyOf(ids);
    }

    private Client client(@Nullable String slug, String pointer) {
        return clients.find(Checks.text(slug, pointer, 32))
                .orElseThrow(() -> Checks.fault(pointer, "names no client of this installation"));
    }

    private List<GroupRule> rules(List<GroupRuleBody> bodies, @Nullable List<UUID> serves) {
        if (bodies.size() > MOST) {
            throw Checks.fault("/groups", "has more than " + MOST + " rules");
        }
        var rules = new ArrayList<GroupRule>();
        for (var i = 0; i < bodies.size(); i++) {
            var at = "/groups/" + i;
            var body = bodies.get(i);
            var client = client(body.client(), at + "/client").id();
            var role = Checks.required(body.role(), at + "/role");
            if (role == Role.OPERATOR) {
                throw Checks.fault(at + "/role", "is operator, which no group stands for");
            }
            if (serves != null && !serves.contains(client.value())) {
                throw Checks.fault(at + "/client", "is not among the clients that this provider serves");
            }
            var workforce = body.workforce();
            var names = workforces.getIfAvailable();
            if (workforce != null
                    && (names == null || names.name(client, workforce).isEmpty())) {
                throw Checks.fault(at + "/workforce", "names no workforce of this client");
            }
            rules.add(new GroupRule(Checks.text(body.group(), at + "/group", 300), client, role, workforce));
        }
        return List.copyOf(rules);
    }

    private static List<String> domains(List<String> given) {
        if (given.size() > MOST) {
            throw Checks.fault("/domains", "has more than " + MOST + " entries");
        }
        var domains = new ArrayList<String>();
        for (var i = 0; i < given.size(); i++) {
            var domain = given.get(i).strip().toLowerCase(Locale.ROOT);
            if (domain.length() > 180 || !DOMAIN.matcher(domain).matches()) {
                throw Checks.fault("/domains/" + i, "must look like example.org");
            }
            domains.add(domain);
        }
        return List.copyOf(domains);
    }

    private static List<String> scopes(@Nullable List<String> given) {
        if (given == null) {
            return List.of("email", "profile");
        }
        for (var i = 0; i < given.size(); i++) {
            if (!SCOPE.matcher(given.get(i)).matches() || i >= MOST) {
                throw Checks.fault("/scopes/" + i, "is no scope (RFC 6749, section 3.3)");
            }
        }
        return List.copyOf(given);
    }

    private static List<String> strong(List<String> given) {
        if (given.size() > 50) {
            throw Checks.fault("/strong", "has more than 50 entries");
        }
        for (var i = 0; i < given.size(); i++) {
            if (!SCOPE.matcher(given.get(i)).matches()) {
                throw Checks.fault("/strong/" + i, "must be a context or methods such as otp+pwd, without blanks");
            }
        }
        return List.copyOf(given);
    }

    private static SamlPeer saml(@Nullable SamlBody given) {
        var body = Checks.required(given, "/saml");
        var url = Checks.text(body.signOnUrl(), "/saml/signOnUrl", 1_000);
        try {
            var uri = URI.create(url);
            var isWeb = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (!isWeb || uri.getHost() == null || uri.getRawFragment() != null) {
                throw Checks.fault("/saml/signOnUrl", "must be a web address");
            }
        } catch (IllegalArgumentException e) {
            throw Checks.fault("/saml/signOnUrl", "must be a web address");
        }
        var texts = Checks.required(body.certificates(), "/saml/certificates");
        if (texts.isEmpty() || texts.size() > 10) {
            throw Checks.fault("/saml/certificates", "must hold 1 to 10 certificates");
        }
        var certificates = new ArrayList<String>();
        for (var i = 0; i < texts.size(); i++) {
            var at = "/saml/certificates/" + i;
            certificates.add(Certificates.normal(texts.get(i))
                    .orElseThrow(() -> EtalonException.invalidAt(
                            at, "must be an X.509 certificate of RSA with 2048 bits or more, or of EC")));
        }
        var attribute =
                body.emailAttribute() == null ? "" : body.emailAttribute().strip();
        if (attribute.length() > 300) {
            throw Checks.fault("/saml/emailAttribute", "has more than 300 characters");
        }
        return new SamlPeer(url, List.copyOf(certificates), attribute);
    }
}
