package io.etalon.server.webhook;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.Ids;
import io.etalon.server.egress.Egress;
import io.etalon.server.tenant.TenantScope;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What all parts of this feature stand on. */
@Component
record Ground(TenantScope scope, Egress egress, Secrets secrets, AuditLog log, Ids ids, Clock clock) {}
