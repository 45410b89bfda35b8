/**
 * SCIM 2.0 (RFC 7643, RFC 7644): an organisation's directory adds people, says which groups they are in, and ends them.
 *
 * <p>Owns the control tables {@code scim_token}, {@code scim_user}, {@code scim_group} and {@code scim_member}. A token opens
 * {@code /scim/v2} for one identity provider: it sees whom that provider's directory named and nobody else, and acts through
 * {@link io.etalon.server.identity.Provisioning}. Tokens are shown once and stored hashed. Imports {@code base}, {@code
 * tenant}, {@code access} and {@code identity}.
 */
@NullMarked
package io.etalon.server.identity.scim;

import org.jspecify.annotations.NullMarked;
