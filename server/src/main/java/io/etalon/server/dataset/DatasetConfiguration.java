package io.etalon.server.dataset;

import io.etalon.server.audit.AuditLog;
import io.etalon.server.base.ContentOrigin;
import io.etalon.server.base.DataFolders;
import io.etalon.server.base.Ids;
import io.etalon.server.base.InstallationSecret;
import io.etalon.server.dataset.pack.Packs;
import io.etalon.server.event.Events;
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
    /** Releases keep their archives among the assets' objects. */
    @Bean
    AssetBytes assetBytes(DataFolders folders) throws IOException {
        return new FileAssetBytes(folders.objects(), folders.temporary(), folders.archivedObjects());
    }

    @Bean
    SealedObjects sealedObjects(ClientKeys keys, AssetBytes objects, TenantScope scope) {
        return new SealedObjects(keys, objects, scope);
    }

    @Bean
    Packs packs(SealedObjects objects) {
        return objects.packs();
    }

    @Bean
    ObjectOwner assetsObjects(TenantScope scope, SealedObjects objects) {
        return new AssetsObjects(scope, objects);
    }

    @Bean
    ContentTokens contentTokens(InstallationSecret secret, Ids ids, ContentOrigin origin) {
        return new ContentTokens(secret, ids, origin);
    }

    @Bean
    Admission admission(ProjectDoor door, IngestLimits limits) {
        return new Admission(door, limits);
    }

    /** Where it is told that assets came in: to auditors, and to those who follow the project. */
    record Notices(AuditLog log, Events events) {}

    @Bean
    Notices notices(AuditLog log, Events events) {
        return new Notices(log, events);
    }

    @Bean
    Ingest ingest(
            TenantScope scope, Notices notices, SealedObjects objects, Admission admission, Ids ids, Clock clock) {
        return new Ingest(scope, notices.log(), notices.events(), objects, admission, ids, clock);
    }
}
