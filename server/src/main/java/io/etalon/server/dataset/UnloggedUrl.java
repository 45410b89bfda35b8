package io.etalon.server.dataset;

import io.etalon.server.audit.AuditEvent;

/**
 * A signed address whose entry is not committed yet: it must not leave before that.
 *
 * @param view the entry
 */
public record UnloggedUrl(SignedUrl address, AuditEvent view) {}
