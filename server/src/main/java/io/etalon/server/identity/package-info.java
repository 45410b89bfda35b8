/**
 * Sign-in by an organisation's own identity provider: OpenID Connect (code flow with PKCE) and SAML 2. A provider vouches for a
 * subject; the link from (provider, subject) to a person is made here under stated rules, never by an e-mail address alone.
 * Groups stand for roles at clients as an operator has configured, and roles go when groups go. Sessions are {@code access}'s.
 *
 * <p>Owns the control tables {@code identity_provider}, {@code group_rule}, {@code identity_link}, {@code identity_grant},
 * {@code identity_session} and {@code saml_answer}. Grants and revocations go into the clients' audit logs by way of {@link
 * io.etalon.server.access.Directories}. Secrets of providers are sealed under a key of the installation. Imports {@code base},
 * {@code egress}, {@code tenant}, {@code access} and {@code identity.saml}.
 */
@NullMarked
package io.etalon.server.identity;

import org.jspecify.annotations.NullMarked;
