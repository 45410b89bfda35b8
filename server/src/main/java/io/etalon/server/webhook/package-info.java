/**
 * Webhooks: a client's own programs are told of changes, as Standard Webhooks 1.0.0 says. What is sent names things and holds
 * no content, so that whoever wants more asks the API, where his rights are checked and his look is logged.
 *
 * <p>Owns the cell's tables {@code webhook_endpoint}, {@code webhook_delivery} and {@code webhook_attempt}. Hears every event
 * of the outbox and sends none; writes WEBHOOK into the audit log. Imports {@code base}, {@code egress}, {@code audit},
 * {@code tenant}, {@code keys}, {@code event} and {@code access}.
 */
@NullMarked
package io.etalon.server.webhook;

import org.jspecify.annotations.NullMarked;
