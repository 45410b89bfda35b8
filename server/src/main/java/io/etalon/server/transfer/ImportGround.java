package io.etalon.server.transfer;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.Ids;
import io.etalon.server.dataset.pack.Packs;
import io.etalon.server.tenant.TenantScope;
import io.etalon.server.work.Tasks;
import io.etalon.server.work.prelabel.PreLabels;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** What an import stands on. */
@Component
record ImportGround(
        TenantScope scope, Tasks tasks, Packs packs, AuditLog audit, Ids ids, Clock clock, PreLabels preLabels) {}
