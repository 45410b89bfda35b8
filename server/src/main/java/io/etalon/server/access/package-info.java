/**
 * Who is calling and what he may do: people, credentials, sessions, API keys, invitations, roles, and the one interceptor
 * that enforces them.
 *
 * <p>Owns the control tables {@code person}, {@code grant_of_role}, {@code session}, {@code one_time_link},
 * {@code invitation}, {@code api_key}, {@code passkey}, {@code second_factor_rule}, {@code account_notice} and {@code
 * idempotent_reply}. Every HTTP handler carries
 * exactly one rule ({@link Allow}, {@link AllowSignedIn}, {@link AllowOperator}, {@link AllowAnyone}); one without a rule
 * stops the start. Grants and revocations go into the client's audit log. Secrets are stored hashed only. Imports
 * {@code base}, {@code audit}, {@code tenant} and {@code keys}.
 */
@NullMarked
package io.etalon.server.access;

import org.jspecify.annotations.NullMarked;
