package io.etalon.server.dataset;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.keys.ClientKeys;
import io.etalon.server.tenant.TenantScope;
import java.io.IOException;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the feature's inner parts together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IngestLimits.class)
class DatasetConfiguration {
    @Bean
    AssetBytes assetBytes(DataFolders folders) throws IOException {
        return new FileAssetBytes(folders.objects(), folders.temporary());
    }

    @Bean
    ContentTokens contentTokens(InstallationSecret secret, Ids ids) {
        return new ContentTokens(secret, ids);
    }

    @Bean
    Ingest ingest(
            TenantScope scope,
            ClientKeys keys,
            AuditLog log,
            AssetBytes objects,
            ProjectDoor door,
            IngestLimits limits,
            Ids ids,
            Clock clock) {
        return new Ingest(scope, keys, log, objects, door, limits, ids, clock);
    }
}
